# Rules on invites. A run that expects a failure enables one rule, if possible, so that only
# that one can fail.

mock_provider "datastack" {}

# Ada and Grace are in Fivetran. Alan is in groups of both systems. Hedy is in a dbt Cloud
# group, but inactive there. Mary and Lin have a pending invite to dbt Cloud. The provider
# returns null for a system that a person is not in. Terraform cannot mock a null object,
# so here all its attributes are null.
override_data {
  target = data.datastack_identities.all
  values = {
    people = [
      {
        email       = "ada@northwind.example", name = null, systems = ["dbtcloud", "fivetran"]
        dbtcloud    = { id = 1, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = ["Everyone"] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = "a", status = "active", role = "Account Reviewer", last_login = null, teams = null }
      },
      {
        email       = "grace@elsewhere.example", name = null, systems = ["fivetran"]
        dbtcloud    = { id = null, status = null, license_type = null, last_login = null, apitoken_last_used = null, groups = null }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = "g", status = "inactive", role = null, last_login = null, teams = null }
      },
      {
        email       = "alan@northwind.example", name = null, systems = ["dbtcloud", "rudderstack"]
        dbtcloud    = { id = 2, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = ["Everyone", "Engineers"] }
        rudderstack = { id = "r2", status = "active", groups = ["Analysts"] }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "hedy@northwind.example", name = null, systems = ["dbtcloud", "rudderstack"]
        dbtcloud    = { id = 3, status = "inactive", license_type = null, last_login = null, apitoken_last_used = null, groups = ["Former"] }
        rudderstack = { id = "r3", status = "active", groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "mary@northwind.example", name = null, systems = ["dbtcloud"]
        dbtcloud    = { id = null, status = "invited", license_type = "developer", last_login = null, apitoken_last_used = null, groups = null }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "lin@northwind.example", name = null, systems = ["dbtcloud"]
        dbtcloud    = { id = null, status = "invited", license_type = "read_only", last_login = null, apitoken_last_used = null, groups = null }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
    ]
    unmatched = []
  }
}

# One developer seat is available, and one pending invite needs it. No seat of the type
# "it" is available, and one pending invite needs one.
override_data {
  target = data.datastack_dbtcloud_licenses.all
  values = {
    licenses = {
      developer = { total = 3, in_use = 2, available = 1, assigned = 2, limited = true, over_limit = false }
      analyst   = { total = null, in_use = null, available = null, assigned = null, limited = null, over_limit = null }
      it        = { total = 1, in_use = 1, available = 0, assigned = 1, limited = true, over_limit = false }
      read_only = { total = 0, in_use = 9, available = 0, assigned = 9, limited = false, over_limit = false }
    }
  }
}

override_data {
  target = data.datastack_dbtcloud_invites.open
  values = {
    invites = [
      { id = 1, email = "Mary@northwind.example", license_type = "developer", status = "pending", type = "standard", group_ids = [], created_at = "2026-01-01T00:00:00Z", redeemed_at = null },
      { id = 2, email = "lin@northwind.example", license_type = "read_only", status = "pending", type = "standard", group_ids = [], created_at = "2026-01-01T00:00:00Z", redeemed_at = null },
      { id = 3, email = "raj@northwind.example", license_type = "it", status = "pending", type = "standard", group_ids = [], created_at = "2026-01-01T00:00:00Z", redeemed_at = null },
    ]
  }
}

override_data {
  target = data.datastack_dbtcloud_groups.all
  values = {
    groups = [
      { id = 1, name = "Engineers", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 2, name = "Former", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 3, name = "Others", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
    ]
  }
}

override_data {
  target = data.datastack_rudderstack_scim_groups.all
  values = {
    groups = [
      { id = "1", display_name = "Analysts", external_id = null, members = [] },
      { id = "2", display_name = "Engineers", external_id = null, members = [] },
    ]
  }
}

variables {
  invite_administrator = null
  people               = { "alan@northwind.example" = { given_name = "Alan", family_name = "Turing" } }
}

run "no_rule_reads_nothing" {
  command = plan

  assert {
    condition = length(concat(
      data.datastack_identities.all, data.datastack_dbtcloud_invites.open, data.datastack_dbtcloud_licenses.all, data.datastack_fivetran_users.invited,
      data.datastack_dbtcloud_service_tokens.all, data.datastack_dbtcloud_scim_config.now,
    )) == 0
    error_message = "The module read a data source that no rule needs."
  }
  assert {
    condition     = jsonencode(output.people) == jsonencode({ "alan@northwind.example" = { given_name = "Alan", family_name = "Turing", role = null } })
    error_message = "The module did not return people unchanged."
  }
}

run "all_rules_pass" {
  command = plan
  variables {
    people               = { " Alan@Northwind.example" = { given_name = "Alan", family_name = "Turing", role = "Account Reviewer" } }
    invite_domain        = ["northwind.example"]
    invite_administrator = ["Account Administrator"]
    invite_role          = "required"
    allowed_roles        = ["Account Reviewer"]
    invite_in_idp        = ["ALAN@northwind.example ", " alan@Northwind.example"]
    invite_in_group      = { rudderstack = ["Analysts"], dbtcloud = ["Others"] }
    seats                = "developer"
  }

  assert {
    condition     = jsonencode(output.people) == jsonencode({ " Alan@Northwind.example" = { given_name = "Alan", family_name = "Turing", role = "Account Reviewer" } })
    error_message = "The module did not return people unchanged."
  }
  assert {
    condition     = toset(data.datastack_identities.all[0].systems) == toset(["dbtcloud", "fivetran", "rudderstack"])
    error_message = "The module did not read exactly the systems that the rules need."
  }
}

# Users in Fivetran may break a rule on new users: the plan after the invite must not fail.
run "existing_user_is_not_new" {
  command = plan
  variables {
    people          = { "Grace@elsewhere.example" = { given_name = "Grace", family_name = "Hopper" } }
    invite_domain   = ["northwind.example"]
    invite_in_idp   = []
    invite_in_group = { dbtcloud = ["Engineers"] }
    seats           = "it"
  }

  assert {
    condition     = jsonencode(output.people) == jsonencode({ "Grace@elsewhere.example" = { given_name = "Grace", family_name = "Hopper", role = null } })
    error_message = "The module did not return people unchanged."
  }
}

run "no_people" {
  command = plan
  variables {
    people          = {}
    invite_domain   = ["northwind.example"]
    invite_role     = "required"
    invite_in_idp   = []
    invite_in_group = { dbtcloud = [] }
    seats           = "developer"
  }

  assert {
    condition     = length(output.people) == 0
    error_message = "The module returned people who were not in its input."
  }
}

run "other_domain" {
  command = plan
  variables {
    people        = { "eve@elsewhere.example" = { given_name = "Eve", family_name = "Evans" } }
    invite_domain = ["northwind.example"]
  }
  expect_failures = [output.people]
}

run "domain_with_the_same_ending" {
  command = plan
  variables {
    people        = { "eve@evil-northwind.example" = { given_name = "Eve", family_name = "Evans" } }
    invite_domain = ["northwind.example"]
  }
  expect_failures = [output.people]
}

run "other_domain_as_an_exception" {
  command = plan
  variables {
    people        = { "eve@elsewhere.example" = { given_name = "Eve", family_name = "Evans" } }
    invite_domain = ["northwind.example"]
    exceptions    = { invite_domain = ["Eve@elsewhere.example"] }
  }
}

run "administrator" {
  command = plan
  variables {
    people               = { "alan@northwind.example" = { given_name = "Alan", family_name = "Turing", role = "account administrator" } }
    invite_administrator = ["Account Administrator"]
  }
  expect_failures = [output.people]
}

# A change can raise the role of an existing user.
run "existing_user_as_administrator" {
  command = plan
  variables {
    people               = { "ada@northwind.example" = { given_name = "Ada", family_name = "Lovelace", role = "Account Administrator" } }
    invite_administrator = ["Account Administrator"]
    invite_domain        = ["northwind.example"]
  }
  expect_failures = [output.people]
}

run "administrator_as_an_exception" {
  command = plan
  variables {
    people               = { "ada@northwind.example" = { given_name = "Ada", family_name = "Lovelace", role = "Account Administrator" } }
    invite_administrator = ["Account Administrator"]
    exceptions           = { invite_administrator = ["ADA@northwind.example"] }
  }
}

run "exception_to_another_rule" {
  command = plan
  variables {
    people               = { "ada@northwind.example" = { given_name = "Ada", family_name = "Lovelace", role = "Account Administrator" } }
    invite_administrator = ["Account Administrator"]
    exceptions           = { invite_domain = ["ada@northwind.example"] }
  }
  expect_failures = [output.people]
}

run "role_missing" {
  command = plan
  variables {
    invite_role = "required"
  }
  expect_failures = [output.people]
}

run "role_forbidden" {
  command = plan
  variables {
    people      = { "alan@northwind.example" = { given_name = "Alan", family_name = "Turing", role = "Account Reviewer" } }
    invite_role = "forbidden"
  }
  expect_failures = [output.people]
}

run "no_role_where_it_is_forbidden" {
  command = plan
  variables {
    invite_role = "forbidden"
  }
}

run "role_not_allowed" {
  command = plan
  variables {
    people        = { "alan@northwind.example" = { given_name = "Alan", family_name = "Turing", role = "Account Analyst" } }
    allowed_roles = ["Account Reviewer"]
  }
  expect_failures = [output.people]
}

run "no_role_where_some_are_allowed" {
  command = plan
  variables {
    allowed_roles = ["Account Reviewer"]
  }
}

run "not_in_the_idp" {
  command = plan
  variables {
    invite_in_idp = ["ada@northwind.example"]
  }
  expect_failures = [output.people]
}

run "empty_idp" {
  command = plan
  variables {
    invite_in_idp = []
  }
  expect_failures = [output.people]
}

run "in_a_group_of_dbt_cloud" {
  command = plan
  variables {
    invite_in_group = { dbtcloud = ["Engineers"] }
  }
}

run "group_of_another_system" {
  command = plan
  variables {
    invite_in_group = { rudderstack = ["Engineers"] }
  }
  expect_failures = [output.people]
}

run "groups_unknown" {
  command = plan
  variables {
    people          = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    invite_in_group = { rudderstack = ["Analysts"] }
  }
  expect_failures = [output.people]
}

# Hedy is inactive in dbt Cloud, so her groups there do not count.
run "group_of_a_leaver" {
  command = plan
  variables {
    people          = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    invite_in_group = { dbtcloud = ["Former"] }
  }
  expect_failures = [output.people]
}

run "leaver" {
  command = plan
  variables {
    people  = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    leavers = true
  }
  expect_failures = [output.people]
}

run "leaver_as_an_exception" {
  command = plan
  variables {
    people     = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    leavers    = true
    exceptions = { invite_leavers = ["hedy@northwind.example"] }
  }
}

# Hedy is inactive in dbt Cloud, so she needs a seat, as Mary does.
run "no_seat" {
  command = plan
  variables {
    people = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    seats  = "developer"
  }
  expect_failures = [output.people]
}

# Alan has a seat, Mary gets the available one, and Lin needs another type.
run "seat_for_a_pending_invite" {
  command = plan
  variables {
    people = {
      "alan@northwind.example" = { given_name = "Alan", family_name = "Turing" }
      "lin@northwind.example"  = { given_name = "Lin", family_name = "Chen" }
      "mary@northwind.example" = { given_name = "Mary", family_name = "Somerville" }
    }
    seats = "developer"
  }
}

run "seats_without_limit" {
  command = plan
  variables {
    people = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    seats  = "read_only"
  }
}

run "seats_unknown" {
  command = plan
  variables {
    people = { "hedy@northwind.example" = { given_name = "Hedy", family_name = "Lamarr" } }
    seats  = "analyst"
  }
  expect_failures = [output.people]
}

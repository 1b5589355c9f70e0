# Missing data and invalid settings. If the module accepted them, every rule would pass.

mock_provider "datastack" {}

override_data {
  target = data.datastack_dbtcloud_licenses.all
  values = { licenses = { developer = { total = 9, in_use = 1, available = 8, assigned = 1, limited = true, over_limit = false } } }
}

override_data {
  target = data.datastack_dbtcloud_invites.open
  values = { invites = [] }
}

override_data {
  target = data.datastack_dbtcloud_groups.all
  values = {
    groups = [
      { id = 1, name = "Finance", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
    ]
  }
}

variables {
  people = {}
}

run "fivetran_was_not_read" {
  command = plan
  override_data {
    target = data.datastack_identities.all
    values = {
      people    = [{ email = "ada@northwind.example", name = null, systems = ["dbtcloud"], dbtcloud = { id = 1, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = [] }, rudderstack = { id = null, status = null, groups = null }, fivetran = { id = null, status = null, role = null, last_login = null, teams = null } }]
      unmatched = []
    }
  }
  variables {
    leavers = true
  }
  expect_failures = [data.datastack_identities.all]
}

run "dbt_cloud_was_not_read" {
  command = plan
  override_data {
    target = data.datastack_identities.all
    values = {
      people    = [{ email = "ada@northwind.example", name = null, systems = ["fivetran"], dbtcloud = { id = null, status = null, license_type = null, last_login = null, apitoken_last_used = null, groups = null }, rudderstack = { id = null, status = null, groups = null }, fivetran = { id = "a", status = "active", role = null, last_login = null, teams = null } }]
      unmatched = []
    }
  }
  variables {
    developer_seat = ["Finance"]
  }
  expect_failures = [data.datastack_identities.all]
}

run "no_people_found" {
  command = plan
  override_data {
    target = data.datastack_identities.all
    values = { people = [], unmatched = [] }
  }
  variables {
    leavers = true
  }
  expect_failures = [data.datastack_identities.all]
}

# The people are in both services, so that only the license type can be wrong.
run "unknown_license_type" {
  command = plan
  override_data {
    target = data.datastack_identities.all
    values = {
      people    = [{ email = "ada@northwind.example", name = null, systems = ["dbtcloud", "fivetran"], dbtcloud = { id = 1, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = [] }, rudderstack = { id = null, status = null, groups = null }, fivetran = { id = "a", status = "active", role = null, last_login = null, teams = null } }]
      unmatched = []
    }
  }
  variables {
    seats = "developers"
  }
  expect_failures = [data.datastack_dbtcloud_licenses.all]
}

run "owner_is_an_administrator_by_default" {
  command = plan
  variables {
    people = { "alan@northwind.example" = { given_name = "Alan", family_name = "Turing", role = "Owner" } }
  }
  expect_failures = [output.people]
}

run "no_address" {
  command = plan
  variables {
    people = { alan = { given_name = "Alan", family_name = "Turing" } }
  }
  expect_failures = [var.people]
}

run "lookalike_letter" {
  command = plan
  variables {
    people = { "ada@northw\u0130nd.example" = { given_name = "Ada", family_name = "Lovelace" } }
  }
  expect_failures = [var.people]
}

run "one_user_in_two_spellings" {
  command = plan
  variables {
    people = {
      "alan@northwind.example" = { given_name = "Alan", family_name = "Turing" }
      "Alan@northwind.example" = { given_name = "Alan", family_name = "Turing" }
    }
  }
  expect_failures = [var.people]
}

run "exception_to_an_unknown_rule" {
  command = plan
  variables {
    exceptions = { administrators = ["alan@northwind.example"] }
  }
  expect_failures = [var.exceptions]
}

run "invalid_time" {
  command = plan
  variables {
    as_of = "yesterday"
  }
  expect_failures = [var.as_of]
}

run "domain_with_an_at" {
  command = plan
  variables {
    invite_domain = ["@northwind.example"]
  }
  expect_failures = [var.invite_domain]
}

run "no_domain" {
  command = plan
  variables {
    invite_domain = []
  }
  expect_failures = [var.invite_domain]
}

run "administrator_without_a_name" {
  command = plan
  variables {
    invite_administrator = [""]
  }
  expect_failures = [var.invite_administrator]
}

run "misspelled_role" {
  command = plan
  variables {
    invite_role = "require"
  }
  expect_failures = [var.invite_role]
}

run "allowed_role_without_a_name" {
  command = plan
  variables {
    allowed_roles = [null]
  }
  expect_failures = [var.allowed_roles]
}

run "idp_without_addresses" {
  command = plan
  variables {
    invite_in_idp = ["Ada Lovelace"]
  }
  expect_failures = [var.invite_in_idp]
}

run "groups_of_an_unknown_system" {
  command = plan
  variables {
    invite_in_group = { dbt_cloud = ["Analysts"] }
  }
  expect_failures = [var.invite_in_group]
}

run "groups_of_no_system" {
  command = plan
  variables {
    invite_in_group = {}
  }
  expect_failures = [var.invite_in_group]
}

run "developer_seat_without_a_name" {
  command = plan
  variables {
    developer_seat = [null]
  }
  expect_failures = [var.developer_seat]
}

run "no_days_for_dbt_cloud" {
  command = plan
  variables {
    pending_dbtcloud_invite = 0
  }
  expect_failures = [var.pending_dbtcloud_invite]
}

run "no_days_for_fivetran" {
  command = plan
  variables {
    pending_fivetran_invite = -1
  }
  expect_failures = [var.pending_fivetran_invite]
}

run "no_days_for_service_tokens" {
  command = plan
  variables {
    idle_service_token = 0
  }
  expect_failures = [var.idle_service_token]
}

run "permission_set_without_a_name" {
  command = plan
  variables {
    service_token_grant = [null]
  }
  expect_failures = [var.service_token_grant]
}

# Names in the settings that do not exist. A rule with such a name would find nothing.

mock_provider "datastack" {}

override_data {
  target = data.datastack_identities.all
  values = {
    people = [
      {
        email       = "ada@northwind.example", name = null, systems = ["dbtcloud", "fivetran", "rudderstack"]
        dbtcloud    = { id = 1, status = "active", license_type = "read_only", last_login = null, apitoken_last_used = null, groups = ["Finance Reporting"] }
        rudderstack = { id = "r", status = "active", groups = ["Analysts"] }
        fivetran    = { id = "a", status = "active", role = null, last_login = null, teams = null }
      },
    ]
    unmatched = []
  }
}

override_data {
  target = data.datastack_dbtcloud_groups.all
  values = {
    groups = [
      { id = 1, name = "Finance Reporting", assign_by_default = false, scim_managed = false, member_count = 1, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 2, name = "Nobody yet", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 3, name = null, assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
    ]
  }
}

override_data {
  target = data.datastack_rudderstack_scim_groups.all
  values = {
    groups = [{ id = "1", display_name = "Analysts", external_id = null, members = [] }]
  }
}

override_data {
  target = data.datastack_fivetran_roles.all
  values = {
    roles = [
      { name = "Northwind Steward", description = null, scopes = ["ACCOUNT"], is_custom = true, is_deprecated = false, replacement_role_name = null },
      { name = "Edit Destination", description = null, scopes = ["DESTINATION"], is_custom = false, is_deprecated = false, replacement_role_name = null },
    ]
  }
}

override_data {
  target = data.datastack_dbtcloud_service_tokens.all
  values = {
    service_tokens = [{ id = 1, uid = "u1", name = "ci", created_at = "2026-01-20T00:00:00Z", last_used = "2026-01-30T00:00:00Z", grants = [{ permission_set = "brand_new", project_id = null, all_projects = true }] }]
  }
}

variables {
  people = {}
}

run "names_that_exist" {
  command = plan
  variables {
    invite_administrator = ["account administrator ", "Owner", "northwind steward"]
    allowed_roles        = ["ReadOnly"]
    invite_in_group      = { dbtcloud = ["Nobody yet"], rudderstack = ["Analysts"] }
    developer_seat       = ["Finance Reporting", "Nobody yet"]
    service_token_grant  = ["account_admin"]
  }
}

run "documented_roles_need_no_request" {
  command = plan
  variables {
    allowed_roles = ["account reviewer"]
  }

  assert {
    condition     = length(data.datastack_fivetran_roles.all) + length(data.datastack_dbtcloud_groups.all) + length(data.datastack_rudderstack_scim_groups.all) == 0
    error_message = "The module read names that no setting needs."
  }
}

run "misspelled_group_in_developer_seat" {
  command = plan
  variables {
    developer_seat = ["Finance Reprting"]
  }

  assert {
    condition     = local.misspelled_text == "group in dbt Cloud \"Finance Reprting\" (did you mean \"Finance Reporting\"?) [developer_seat]"
    error_message = local.misspelled_text
  }
  expect_failures = [output.people]
}

run "group_in_another_case" {
  command = plan
  variables {
    developer_seat = ["finance reporting"]
  }
  expect_failures = [output.people]
}

run "group_of_the_other_service" {
  command = plan
  variables {
    invite_in_group = { dbtcloud = ["Analysts"] }
  }
  expect_failures = [output.people]
}

run "misspelled_group_in_rudderstack" {
  command = plan
  variables {
    invite_in_group = { rudderstack = ["Analyst"] }
  }
  expect_failures = [output.people]
}

run "misspelled_administrator" {
  command = plan
  variables {
    invite_administrator = ["Account Admin"]
  }

  assert {
    condition     = local.misspelled_text == "account role in Fivetran \"Account Admin\" (did you mean \"Account Administrator\"?) [invite_administrator]"
    error_message = local.misspelled_text
  }
  expect_failures = [output.people]
}

run "role_in_destinations" {
  command = plan
  variables {
    allowed_roles = ["Edit Destination"]
  }
  expect_failures = [output.people]
}

run "misspelled_permission_set" {
  command = plan
  variables {
    service_token_grant = ["acount_admin"]
  }

  assert {
    condition     = local.misspelled_text == "permission set in dbt Cloud \"acount_admin\" (did you mean \"account_admin\"?) [service_token_grant]"
    error_message = local.misspelled_text
  }
  expect_failures = [output.people]
}

run "name_without_a_suggestion" {
  command = plan
  variables {
    developer_seat = ["Zzz"]
  }

  assert {
    condition     = local.misspelled_text == "group in dbt Cloud \"Zzz\" [developer_seat]"
    error_message = local.misspelled_text
  }
  expect_failures = [output.people]
}

run "name_as_an_exception" {
  command = plan
  variables {
    service_token_grant = ["newer_than_the_list"]
    exceptions          = { service_token_grant = ["newer_than_the_list"] }
  }
}

run "name_that_a_token_has" {
  command = plan
  variables {
    service_token_grant = ["brand_new"]
  }
  expect_failures = [check.service_token_grant]
}

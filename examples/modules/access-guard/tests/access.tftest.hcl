# Rules on existing access. Each run enables one rule, except in_order, which enables all.

mock_provider "datastack" {}

# Ada breaks no rule. Grace is inactive in dbt Cloud and has no status in Fivetran. Ivan is
# inactive in both. Hedy has a developer license and is in a read-only group.
override_data {
  target = data.datastack_identities.all
  values = {
    people = [
      {
        email       = "ada@northwind.example", name = null, systems = ["dbtcloud", "fivetran"]
        dbtcloud    = { id = 1, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = ["Engineers"] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = "a", status = "active", role = null, last_login = null, teams = null }
      },
      {
        email       = "grace@northwind.example", name = null, systems = ["dbtcloud", "fivetran"]
        dbtcloud    = { id = 2, status = "inactive", license_type = "developer", last_login = null, apitoken_last_used = null, groups = ["Former"] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = "g", status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "ivan@northwind.example", name = null, systems = ["dbtcloud", "fivetran"]
        dbtcloud    = { id = 3, status = "inactive", license_type = null, last_login = null, apitoken_last_used = null, groups = [] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = "i", status = "inactive", role = null, last_login = null, teams = null }
      },
      {
        email       = "olga@northwind.example", name = null, systems = ["dbtcloud"]
        dbtcloud    = { id = 6, status = "inactive", license_type = null, last_login = null, apitoken_last_used = null, groups = [] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "hedy@northwind.example", name = null, systems = ["dbtcloud"]
        dbtcloud    = { id = 4, status = "active", license_type = "developer", last_login = null, apitoken_last_used = null, groups = ["Engineers", "Finance"] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
      {
        email       = "noah@northwind.example", name = null, systems = ["dbtcloud"]
        dbtcloud    = { id = 5, status = "active", license_type = "read_only", last_login = null, apitoken_last_used = null, groups = ["Readers"] }
        rudderstack = { id = null, status = null, groups = null }
        fivetran    = { id = null, status = null, role = null, last_login = null, teams = null }
      },
    ]
    unmatched = []
  }
}

override_data {
  target = data.datastack_dbtcloud_invites.open
  values = {
    invites = [
      { id = 1, email = "mary@northwind.example", license_type = "developer", status = "pending", type = "standard", group_ids = [], created_at = "2026-01-10T12:00:00.000001Z", redeemed_at = null },
      { id = 2, email = "lin@northwind.example", license_type = "developer", status = "pending", type = "standard", group_ids = [], created_at = null, redeemed_at = null },
    ]
  }
}

override_data {
  target = data.datastack_fivetran_users.invited
  values = {
    users = [{ id = "m", email = "mary@northwind.example", given_name = "Mary", family_name = "Somerville", role = null, status = "invited", active = true, invited = true, verified = false, user_type = null, phone = null, picture = null, created_at = "2026-01-20T12:00:00Z", logged_in_at = null }]
  }
}

# The token "new" was never used. The token "unknown" has no dates and no permission set.
override_data {
  target = data.datastack_dbtcloud_service_tokens.all
  values = {
    service_tokens = [
      { id = 1, uid = "u1", name = "Airflow", created_at = "2024-01-01T00:00:00Z", last_used = "2026-01-30T00:00:00Z", grants = [{ permission_set = "job_admin", project_id = 1, all_projects = false }] },
      { id = 3, uid = "u3", name = "unknown", created_at = null, last_used = null, grants = [{ permission_set = null, project_id = null, all_projects = true }] },
      { id = 2, uid = "u2", name = "new", created_at = "2026-01-20T00:00:00Z", last_used = null, grants = [{ permission_set = "job_runner", project_id = null, all_projects = true }] },
    ]
  }
}

override_data {
  target = data.datastack_dbtcloud_groups.all
  values = {
    groups = [
      { id = 1, name = "Readers", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 2, name = "Former", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
      { id = 3, name = "Finance", assign_by_default = false, scim_managed = false, member_count = 0, sso_mapping_groups = [], permissions = [], members = [] },
    ]
  }
}

variables {
  people               = {}
  invite_administrator = null
  as_of                = "2026-01-31T12:00:00Z"
}

run "in_order" {
  command = plan
  override_data {
    target = data.datastack_dbtcloud_scim_config.now
    values = { enabled = true, manual_updates_allowed = false, scim_controlled_license_type = true }
  }
  variables {
    leavers                 = true
    developer_seat          = ["Readers", "Former"]
    pending_dbtcloud_invite = 22
    pending_fivetran_invite = 11
    idle_service_token      = 12
    service_token_grant     = ["account_admin"]
    scim                    = true
    exceptions = {
      leavers                 = ["Grace@northwind.example"]
      pending_dbtcloud_invite = ["lin@northwind.example"]
      idle_service_token      = ["unknown"]
      service_token_grant     = ["unknown"]
    }
  }

  assert {
    condition     = toset(data.datastack_identities.all[0].systems) == toset(["dbtcloud", "fivetran"])
    error_message = "The module did not read exactly the systems that the rules need."
  }
}

run "leaver" {
  command = plan
  variables {
    leavers = true
  }
  expect_failures = [check.leavers]
}

run "leaver_as_an_exception" {
  command = plan
  variables {
    leavers    = true
    exceptions = { leavers = ["grace@northwind.example"] }
  }
}

run "reader_with_a_developer_seat" {
  command = plan
  variables {
    developer_seat = ["Finance"]
  }
  expect_failures = [check.developer_seat]
}

run "old_invite_to_dbt_cloud" {
  command = plan
  variables {
    pending_dbtcloud_invite = 20
    exceptions              = { pending_dbtcloud_invite = ["lin@northwind.example"] }
  }
  expect_failures = [check.pending_dbtcloud_invite]
}

run "old_invite_to_fivetran" {
  command = plan
  variables {
    pending_fivetran_invite = 10
  }
  expect_failures = [check.pending_fivetran_invite]
}

run "invite_of_unknown_age" {
  command = plan
  variables {
    pending_dbtcloud_invite = 3650
  }
  expect_failures = [check.pending_dbtcloud_invite]
}

run "idle_service_token" {
  command = plan
  variables {
    idle_service_token = 10
    exceptions         = { idle_service_token = ["unknown"] }
  }
  expect_failures = [check.idle_service_token]
}

run "service_token_of_unknown_age" {
  command = plan
  variables {
    idle_service_token = 3650
  }
  expect_failures = [check.idle_service_token]
}

run "service_token_with_a_forbidden_permission_set" {
  command = plan
  variables {
    service_token_grant = ["account_admin", "job_admin"]
    exceptions          = { service_token_grant = ["unknown"] }
  }
  expect_failures = [check.service_token_grant]
}

run "service_token_as_an_exception" {
  command = plan
  variables {
    service_token_grant = ["account_admin", "job_admin"]
    exceptions          = { service_token_grant = ["airflow", "unknown"] }
  }
}

run "service_token_with_unknown_permissions" {
  command = plan
  variables {
    service_token_grant = ["account_admin"]
  }
  expect_failures = [check.service_token_grant]
}

run "scim_off" {
  command = plan
  override_data {
    target = data.datastack_dbtcloud_scim_config.now
    values = { enabled = false, manual_updates_allowed = false, scim_controlled_license_type = false }
  }
  variables {
    scim = true
  }
  expect_failures = [check.scim]
}

run "manual_updates" {
  command = plan
  override_data {
    target = data.datastack_dbtcloud_scim_config.now
    values = { enabled = true, manual_updates_allowed = true, scim_controlled_license_type = true }
  }
  variables {
    scim = true
  }
  expect_failures = [check.scim]
}

run "scim_unknown" {
  command = plan
  override_data {
    target = data.datastack_dbtcloud_scim_config.now
    values = { enabled = true, manual_updates_allowed = null, scim_controlled_license_type = null }
  }
  variables {
    scim = true
  }
  expect_failures = [check.scim]
}

run "malformed_dates" {
  command = plan
  override_data {
    target = data.datastack_dbtcloud_service_tokens.all
    values = {
      service_tokens = [{ id = 1, uid = "u1", name = "ci", created_at = "2024-01-01T00:00:00Z", last_used = "yesterday", grants = [] }]
    }
  }
  override_data {
    target = data.datastack_dbtcloud_invites.open
    values = {
      invites = [{ id = 1, email = "mary@northwind.example", license_type = "developer", status = "pending", type = "standard", group_ids = [], created_at = "2026-13-01T00:00:00Z", redeemed_at = null }]
    }
  }
  variables {
    idle_service_token      = 3650
    pending_dbtcloud_invite = 3650
  }
  expect_failures = [check.idle_service_token, check.pending_dbtcloud_invite]
}

# Rules on existing access. Their findings exist with or without this plan, so these
# rules only warn.

locals {
  # For each rule, the time before which something is too old. Null if the rule is off.
  too_long_ago = {
    for rule, days in {
      pending_dbtcloud_invite = var.pending_dbtcloud_invite
      pending_fivetran_invite = var.pending_fivetran_invite
      idle_service_token      = var.idle_service_token
    } : rule => days == null ? null : timeadd(local.now, "-${days * 24}h")
  }

  # A missing or malformed date counts as too old.
  date = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
  access_findings = {
    leavers = !var.leavers ? [] : [
      for person in local.everyone : person.email
      if contains(person.systems, "dbtcloud") && person.dbtcloud.status != "active" && person.dbtcloud.status != "invited"
      && contains(person.systems, "fivetran") && person.fivetran.status != "inactive"
    ]
    developer_seat = var.developer_seat == null ? [] : [
      for person in local.everyone : person.email
      if person.dbtcloud.license_type == "developer" && person.dbtcloud.status != "inactive" && length(setintersection(person.dbtcloud.groups, var.developer_seat)) > 0
    ]
    pending_dbtcloud_invite = var.pending_dbtcloud_invite == null ? [] : [
      for invite in local.open_invites : invite.email == null ? "invite ${invite.id}" : lower(invite.email)
      if length(regexall(local.date, coalesce(invite.created_at, "never"))) == 0 ? true : timecmp(invite.created_at, local.too_long_ago.pending_dbtcloud_invite) < 0
    ]
    pending_fivetran_invite = var.pending_fivetran_invite == null ? [] : [
      for user in local.invited_users : lower(coalesce(user.email, user.id))
      if length(regexall(local.date, coalesce(user.created_at, "never"))) == 0 ? true : timecmp(user.created_at, local.too_long_ago.pending_fivetran_invite) < 0
    ]
    idle_service_token = var.idle_service_token == null ? [] : [
      for token in local.service_tokens : coalesce(token.name, "number ${token.id}")
      if length(regexall(local.date, coalesce(token.last_used, token.created_at, "never"))) == 0 ? true : timecmp(coalesce(token.last_used, token.created_at), local.too_long_ago.idle_service_token) < 0
    ]
    service_token_grant = var.service_token_grant == null ? [] : [
      for token in local.service_tokens : coalesce(token.name, "number ${token.id}")
      if token.grants == null ? true : anytrue([for grant in token.grants : grant.permission_set == null ? true : contains(var.service_token_grant, grant.permission_set)])
    ]
  }
}

check "leavers" {
  assert {
    condition     = length(local.found.leavers) == 0
    error_message = "Not active in dbt Cloud but still in Fivetran: ${local.named.leavers}. Remove these users from the argument people. If Terraform does not manage them, delete them in Fivetran. [leavers]"
  }
}

check "developer_seat" {
  assert {
    condition     = length(local.found.developer_seat) == 0
    error_message = "Users with a developer license in dbt Cloud in a read-only group (${join(", ", coalesce(var.developer_seat, []))}): ${local.named.developer_seat}. Assign read-only licenses, or remove the users from the group. [developer_seat]"
  }
}

check "pending_dbtcloud_invite" {
  assert {
    condition     = length(local.found.pending_dbtcloud_invite) == 0
    error_message = "Users who have not accepted an invite to dbt Cloud for more than ${coalesce(var.pending_dbtcloud_invite, 0)} days: ${local.named.pending_dbtcloud_invite}. Withdraw the invites, or send them again. [pending_dbtcloud_invite]"
  }
}

check "pending_fivetran_invite" {
  assert {
    condition     = length(local.found.pending_fivetran_invite) == 0
    error_message = "Users who have not accepted an invite to Fivetran for more than ${coalesce(var.pending_fivetran_invite, 0)} days: ${local.named.pending_fivetran_invite}. Ask the users to accept, or delete them. [pending_fivetran_invite]"
  }
}

check "idle_service_token" {
  assert {
    condition     = length(local.found.idle_service_token) == 0
    error_message = "dbt Cloud service tokens that have not been used for more than ${coalesce(var.idle_service_token, 0)} days: ${local.named.idle_service_token}. Delete the tokens, or add them to exceptions. [idle_service_token]"
  }
}

check "service_token_grant" {
  assert {
    condition     = length(local.found.service_token_grant) == 0
    error_message = "dbt Cloud service tokens with one of the permission sets ${join(", ", coalesce(var.service_token_grant, []))}, or with unknown permissions: ${local.named.service_token_grant}. Replace the tokens with ones that have fewer permissions, or add them to exceptions. [service_token_grant]"
  }
}

check "scim" {
  assert {
    condition     = alltrue([for config in data.datastack_dbtcloud_scim_config.now : config.enabled == true])
    error_message = "dbt Cloud does not have SCIM turned on. Turn on SCIM in the account settings of dbt Cloud. [scim]"
  }
  assert {
    condition     = alltrue([for config in data.datastack_dbtcloud_scim_config.now : config.manual_updates_allowed == false])
    error_message = "dbt Cloud allows manual updates to users and groups that SCIM manages. Turn off manual updates in the account settings of dbt Cloud. [scim]"
  }
}

# can() is unknown while any value in it is unknown; nothing in local.found fails. So if a rule needs a value that is
# known only after apply, the plan warns. Apply then checks the rule before it sends an
# invite.
check "judged_while_planning" {
  assert {
    condition     = can(local.found)
    error_message = "The rules could not be checked during plan, because they need values that are known only after apply. Set the argument people from variables or data sources, and remove depends_on from the module block."
  }
}

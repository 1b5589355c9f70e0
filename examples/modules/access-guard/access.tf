# Rules on those who have access already. What they find is there whether or not
# this plan goes on, so they warn.

locals {
  # The latest moment that is too long ago; null where the rule is off.
  too_long_ago = {
    for rule, days in {
      pending_dbtcloud_invite = var.pending_dbtcloud_invite
      pending_fivetran_invite = var.pending_fivetran_invite
      idle_service_token      = var.idle_service_token
    } : rule => days == null ? null : timeadd(local.now, "-${days * 24}h")
  }

  # try(..., true): a date that is not told, or cannot be read, counts as old.
  access_findings = {
    leavers = !var.leavers ? [] : [
      for person in local.everyone : person.email
      if can(local.left[person.email]) && contains(person.systems, "fivetran") && try(person.fivetran.status != "inactive", true)
    ]
    developer_seat = var.developer_seat == null ? [] : [
      for person in local.everyone : person.email
      if try(person.dbtcloud.license_type == "developer" && person.dbtcloud.status != "inactive" && length(setintersection(person.dbtcloud.groups, var.developer_seat)) > 0, false)
    ]
    pending_dbtcloud_invite = var.pending_dbtcloud_invite == null ? [] : [
      for invite in local.open_invites : lower(invite.email)
      if try(timecmp(invite.created_at, local.too_long_ago.pending_dbtcloud_invite) < 0, true)
    ]
    pending_fivetran_invite = var.pending_fivetran_invite == null ? [] : [
      for user in local.invited_users : lower(coalesce(user.email, user.id))
      if try(timecmp(user.created_at, local.too_long_ago.pending_fivetran_invite) < 0, true)
    ]
    idle_service_token = var.idle_service_token == null ? [] : [
      for token in local.service_tokens : coalesce(token.name, "number ${token.id}")
      if try(timecmp(coalesce(token.last_used, token.created_at), local.too_long_ago.idle_service_token) < 0, true)
    ]
    service_token_grant = var.service_token_grant == null ? [] : [
      for token in local.service_tokens : coalesce(token.name, "number ${token.id}")
      if try(anytrue([for grant in token.grants : contains(var.service_token_grant, grant.permission_set)]), true)
    ]
  }
}

check "leavers" {
  assert {
    condition     = length(local.found.leavers) == 0
    error_message = "Not active in dbt Cloud, and still in Fivetran: ${local.named.leavers}. Take them out of the people to invite, or out of Fivetran. [leavers]"
  }
}

check "developer_seat" {
  assert {
    condition     = length(local.found.developer_seat) == 0
    error_message = "With a developer seat in dbt Cloud, and in a group of readers (${join(", ", coalesce(var.developer_seat, []))}): ${local.named.developer_seat}. Give them read-only licences, or take them out of the group. [developer_seat]"
  }
}

check "pending_dbtcloud_invite" {
  assert {
    condition     = length(local.found.pending_dbtcloud_invite) == 0
    error_message = "Have not accepted the invite to dbt Cloud for more than ${coalesce(var.pending_dbtcloud_invite, 0)} days: ${local.named.pending_dbtcloud_invite}. Withdraw the invites, or send them again. [pending_dbtcloud_invite]"
  }
}

check "pending_fivetran_invite" {
  assert {
    condition     = length(local.found.pending_fivetran_invite) == 0
    error_message = "Have not accepted the invite to Fivetran for more than ${coalesce(var.pending_fivetran_invite, 0)} days: ${local.named.pending_fivetran_invite}. Ask them to accept, or take them out. [pending_fivetran_invite]"
  }
}

check "idle_service_token" {
  assert {
    condition     = length(local.found.idle_service_token) == 0
    error_message = "Service tokens of dbt Cloud that have not been used for more than ${coalesce(var.idle_service_token, 0)} days: ${local.named.idle_service_token}. Delete them, or make them exceptions. [idle_service_token]"
  }
}

check "service_token_grant" {
  assert {
    condition     = length(local.found.service_token_grant) == 0
    error_message = "Service tokens of dbt Cloud that have one of the permission sets ${join(", ", coalesce(var.service_token_grant, []))}, or of which it is not told: ${local.named.service_token_grant}. Replace them by ones that may do less, or make them exceptions. [service_token_grant]"
  }
}

check "scim" {
  assert {
    condition     = !var.scim || try(data.datastack_dbtcloud_scim_config.now[0].enabled == true, false)
    error_message = "dbt Cloud is not provisioned by SCIM. Switch SCIM on in its account settings. [scim]"
  }
  assert {
    condition     = !var.scim || try(data.datastack_dbtcloud_scim_config.now[0].manual_updates_allowed == false, false)
    error_message = "dbt Cloud allows manual updates of what SCIM manages. Switch them off in its account settings. [scim]"
  }
}

# can() is not known as long as anything in it is not. So a plan in which a rule
# has to wait for a value says so, and on apply the rule is asked again before
# anybody is invited.
check "judged_while_planning" {
  assert {
    condition     = can(local.found)
    error_message = "The rules could not be judged."
  }
}

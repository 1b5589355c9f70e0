output "people" {
  description = "The people to invite, unchanged, for the for_each of datastack_fivetran_user_invite. A broken rule on invites stops the plan here."
  value       = var.people

  precondition {
    condition     = length(local.found.invite_domain) == 0
    error_message = "Not at a domain of the company (${join(", ", local.domains)}): ${local.named.invite_domain}. Invite the addresses that they have at the company. [invite_domain]"
  }

  precondition {
    condition     = length(local.found.invite_administrator) == 0
    error_message = "Would administer the Fivetran account: ${local.named.invite_administrator}. Take another role, or make them exceptions. [invite_administrator]"
  }

  precondition {
    condition     = length(local.found.invite_role) == 0
    error_message = "${var.invite_role == "forbidden" ? "With a role, though roles come from teams" : "Without a role"}: ${local.named.invite_role}. ${var.invite_role == "forbidden" ? "Take role out" : "Set role"}. [invite_role]"
  }

  precondition {
    condition     = length(local.found.allowed_roles) == 0
    error_message = "With a role that is not allowed: ${local.named.allowed_roles}. Take one of ${join(", ", coalesce(var.allowed_roles, []))}. [allowed_roles]"
  }

  precondition {
    condition     = length(local.found.invite_in_idp) == 0
    error_message = "Not known to the identity provider: ${local.named.invite_in_idp}. Add them there first, or invite the addresses that they have there. [invite_in_idp]"
  }

  precondition {
    condition     = length(local.found.invite_in_group) == 0
    error_message = "In none of the groups of ${join(" or ", [for system, groups in coalesce(var.invite_in_group, {}) : "${system} (${join(", ", groups)})"])}: ${local.named.invite_in_group}. Put them into one of them first. [invite_in_group]"
  }

  precondition {
    condition     = length(local.found.invite_leavers) == 0
    error_message = "Not active in dbt Cloud: ${local.named.invite_leavers}. Take them out of the people to invite, or make them active there first. [invite_leavers]"
  }

  precondition {
    condition     = length(local.found.seats) == 0
    error_message = "${length(local.found.seats)} people wait for a ${coalesce(var.seats, "null")} seat in dbt Cloud, and ${try(coalesce(local.seat.available), 0)} are available: ${local.named.seats}. Free seats or buy some, or invite fewer people. [seats]"
  }
}

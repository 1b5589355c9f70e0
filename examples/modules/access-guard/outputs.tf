output "people" {
  description = "The users in people, unchanged, for the for_each of datastack_fivetran_user_invite. If a rule on invites fails, the plan fails here."
  value       = var.people

  precondition {
    condition     = length(local.misspelled) == 0
    error_message = "Names in the settings that do not exist: ${local.misspelled_text}. Correct or remove them. If a name exists all the same, add it to the exceptions of its rule."
  }

  precondition {
    condition     = length(local.found.invite_domain) == 0
    error_message = "Not at an allowed domain (${join(", ", local.domains)}): ${local.named.invite_domain}. Use email addresses at an allowed domain, or add these to exceptions. [invite_domain]"
  }

  precondition {
    condition     = length(local.found.invite_administrator) == 0
    error_message = "Would become administrators of the Fivetran account: ${local.named.invite_administrator}. Choose another role, or add these users to exceptions. [invite_administrator]"
  }

  precondition {
    condition     = length(local.found.invite_role) == 0
    error_message = "${var.invite_role == "forbidden" ? "Have a role, but only teams may give roles" : "Have no role"}: ${local.named.invite_role}. ${var.invite_role == "forbidden" ? "Remove" : "Set"} role for these users. [invite_role]"
  }

  precondition {
    condition     = length(local.found.allowed_roles) == 0
    error_message = "Have a role that is not allowed: ${local.named.allowed_roles}. Choose one of: ${join(", ", coalesce(var.allowed_roles, []))}. [allowed_roles]"
  }

  precondition {
    condition     = length(local.found.invite_in_idp) == 0
    error_message = "Not in the list of the identity provider: ${local.named.invite_in_idp}. Add these users to the identity provider and to invite_in_idp, or use the email addresses listed there. [invite_in_idp]"
  }

  precondition {
    condition     = length(local.found.invite_in_group) == 0
    error_message = "Not in any of the required groups of ${join(" or ", [for system, groups in coalesce(var.invite_in_group, {}) : "${system} (${join(", ", groups)})"])}: ${local.named.invite_in_group}. Add these users to one of the groups first. [invite_in_group]"
  }

  precondition {
    condition     = length(local.found.invite_leavers) == 0
    error_message = "Not active in dbt Cloud: ${local.named.invite_leavers}. Remove these users from the argument people, or activate them in dbt Cloud first. [invite_leavers]"
  }

  precondition {
    condition     = length(local.found.seats) == 0
    error_message = "Too few \"${coalesce(var.seats, "null")}\" seats in dbt Cloud (needed: ${length(local.found.seats)}, available: ${local.available}), for: ${local.named.seats}. Free or buy seats, or invite fewer users. [seats]"
  }
}

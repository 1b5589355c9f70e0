# What the rules have to know, and no more: a data source is read only where a
# rule that is on asks for it. Nothing here depends on an invite, nor on the
# people to invite, as something about them may be known only on apply: it would
# be read only then, and while planning there would be nothing to judge by. What
# was not read must not look like nobody, so there are postconditions.

locals {
  # The systems that each rule looks into.
  needs = {
    invite_domain   = var.invite_domain != null ? ["fivetran"] : []
    invite_in_idp   = var.invite_in_idp != null ? ["fivetran"] : []
    invite_in_group = var.invite_in_group != null ? concat(["fivetran"], keys(var.invite_in_group)) : []
    seats           = var.seats != null ? ["fivetran", "dbtcloud"] : []
    leavers         = var.leavers ? ["fivetran", "dbtcloud"] : []
    developer_seat  = var.developer_seat != null ? ["dbtcloud"] : []
  }
  systems = distinct(flatten(values(local.needs)))

  everyone       = flatten(data.datastack_identities.all[*].people)
  open_invites   = flatten(data.datastack_dbtcloud_invites.open[*].invites)
  invited_users  = flatten(data.datastack_fivetran_users.invited[*].users)
  service_tokens = flatten(data.datastack_dbtcloud_service_tokens.all[*].service_tokens)
}

data "datastack_identities" "all" {
  count   = length(local.systems) > 0 ? 1 : 0
  systems = local.systems

  lifecycle {
    postcondition {
      condition     = length([for system in local.systems : system if !contains(flatten(self.people[*].systems), system)]) == 0
      error_message = "Nobody was found in ${join(" or ", [for system in local.systems : system if !contains(flatten(self.people[*].systems), system)])}, and the rules must not judge by what was not read. Check its settings in the provider block, and what its token may read. [${join(", ", [for rule, systems in local.needs : rule if length(systems) > 0])}]"
    }
  }
}

data "datastack_dbtcloud_invites" "open" {
  count    = var.seats != null || var.pending_dbtcloud_invite != null ? 1 : 0
  statuses = ["pending", "pending_verification"]
}

data "datastack_dbtcloud_licenses" "all" {
  count = var.seats != null ? 1 : 0

  lifecycle {
    postcondition {
      condition     = can(self.licenses[var.seats])
      error_message = "dbt Cloud does not tell of seats of the type ${coalesce(var.seats, "null")}, only of ${join(", ", keys(self.licenses))}. Take one of these. [seats]"
    }
  }
}

data "datastack_fivetran_users" "invited" {
  count    = var.pending_fivetran_invite != null ? 1 : 0
  statuses = ["invited"]
}

data "datastack_dbtcloud_service_tokens" "all" {
  count = var.idle_service_token != null || var.service_token_grant != null ? 1 : 0
}

data "datastack_dbtcloud_scim_config" "now" {
  count = var.scim ? 1 : 0
}

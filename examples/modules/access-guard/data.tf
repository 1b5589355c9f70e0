# The data sources that the enabled rules need. A data source is read only if an enabled
# rule needs it. None depends on an invite or on var.people: these may have values that
# are known only after apply, and Terraform would then read the data source only during
# apply, too late for the rules. The postconditions make sure that a service that was
# not read is not mistaken for a service without users.

locals {
  # The systems that each rule reads.
  needs = {
    invite_domain   = var.invite_domain != null ? ["fivetran"] : []
    invite_in_idp   = var.invite_in_idp != null ? ["fivetran"] : []
    invite_in_group = var.invite_in_group != null ? concat(["fivetran"], keys(var.invite_in_group)) : []
    seats           = var.seats != null ? ["fivetran", "dbtcloud"] : []
    leavers         = var.leavers ? ["fivetran", "dbtcloud"] : []
    developer_seat  = var.developer_seat != null ? ["dbtcloud"] : []
  }
  systems = distinct(flatten(values(local.needs)))

  # Users as the rules read them: an account is never null, and neither are its groups.
  everyone = [
    for person in flatten(data.datastack_identities.all[*].people) : {
      email   = person.email
      systems = person.systems
      dbtcloud = {
        status       = person.dbtcloud == null ? null : person.dbtcloud.status
        license_type = person.dbtcloud == null ? null : person.dbtcloud.license_type
        groups       = person.dbtcloud == null ? tolist([]) : coalesce(person.dbtcloud.groups, tolist([]))
      }
      rudderstack = {
        status = person.rudderstack == null ? null : person.rudderstack.status
        groups = person.rudderstack == null ? tolist([]) : coalesce(person.rudderstack.groups, tolist([]))
      }
      fivetran = {
        status = person.fivetran == null ? null : person.fivetran.status
      }
    }
  ]
  open_invites   = flatten(data.datastack_dbtcloud_invites.open[*].invites)
  licenses       = merge(data.datastack_dbtcloud_licenses.all[*].licenses...)
  invited_users  = flatten(data.datastack_fivetran_users.invited[*].users)
  service_tokens = flatten(data.datastack_dbtcloud_service_tokens.all[*].service_tokens)
}

data "datastack_identities" "all" {
  count   = length(local.systems) > 0 ? 1 : 0
  systems = local.systems

  lifecycle {
    postcondition {
      condition     = length([for system in local.systems : system if !contains(flatten(self.people[*].systems), system)]) == 0
      error_message = "No users found in ${join(" or ", [for system in local.systems : system if !contains(flatten(self.people[*].systems), system)])}. Configure the service in the provider block, and check that its credentials can read users. [${join(", ", [for rule, systems in local.needs : rule if length(systems) > 0])}]"
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
      condition     = contains(keys(self.licenses), coalesce(var.seats, "null"))
      error_message = "dbt Cloud has no license type \"${coalesce(var.seats, "null")}\". Set seats to one of: ${join(", ", keys(self.licenses))}. [seats]"
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

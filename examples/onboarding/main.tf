# Invite people to Fivetran, and show who has access to dbt Cloud and
# RudderStack. Credentials come from the environment; see README.md.

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

provider "datastack" {}

variable "people" {
  description = "People to invite to Fivetran, by email address."
  type = map(object({
    given_name  = string
    family_name = string
    role        = optional(string)
  }))
}

data "datastack_dbtcloud_users" "all" {}

data "datastack_rudderstack_scim_groups" "all" {}

resource "datastack_fivetran_user_invite" "person" {
  for_each = var.people

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = each.value.role
}

output "dbt_cloud_licenses" {
  description = "Active users of dbt Cloud by license."
  value = {
    for user in data.datastack_dbtcloud_users.all.users : user.license_type => user.email...
    if user.status == "active"
  }
}

output "rudderstack_groups" {
  description = "Members of each RudderStack group. Several groups can have the same name."
  value = [
    for group in data.datastack_rudderstack_scim_groups.all.groups : {
      name    = group.display_name
      members = [for member in coalesce(group.members, []) : coalesce(member.user_name, member.display, member.id)]
    }
  ]
}

output "fivetran" {
  description = "Each invited user's id, status and role."
  value = {
    for email, person in datastack_fivetran_user_invite.person : email => {
      id     = person.id
      status = person.status
      role   = person.role
    }
  }
}

# Onboard people to Fivetran, with a view of who is in dbt Cloud and RudderStack
# already. Tokens come from the environment; see the README.

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
  description = "People to invite to Fivetran, by e-mail address."
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

output "dbt_cloud_licences" {
  description = "Active users of dbt Cloud by licence."
  value = {
    for user in data.datastack_dbtcloud_users.all.users : user.license_type => user.email...
    if user.status == "active"
  }
}

output "rudderstack_groups" {
  description = "Members of RudderStack's groups. Groups may share a name."
  value = [
    for group in data.datastack_rudderstack_scim_groups.all.groups : {
      name    = group.display_name
      members = [for member in coalesce(group.members, []) : coalesce(member.user_name, member.display, member.id)]
    }
  ]
}

output "fivetran" {
  description = "What became of the invites."
  value = {
    for email, person in datastack_fivetran_user_invite.person : email => {
      id     = person.id
      status = person.status
      role   = person.role
    }
  }
}

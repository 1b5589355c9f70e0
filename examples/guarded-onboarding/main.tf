# Invite people to Fivetran, unless a rule fails. The module
# ../modules/access-guard checks the rules; you need only Terraform.

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

module "access_guard" {
  source = "../modules/access-guard"

  people = var.people

  # Rules on invites. If one fails, the plan fails.
  invite_domain = ["northwind.example"]
  invite_role   = "required"
  invite_in_idp = csvdecode(file("${path.module}/../access-review/idp.csv"))[*].email
  invite_in_group = {
    rudderstack = ["Analysts", "Analytics Engineering", "Data Platform"]
    dbtcloud    = ["Analysts", "Analytics Engineering"]
  }
  seats = "developer"

  # Rules on users who have access already. If one fails, the plan warns.
  leavers                 = true
  developer_seat          = ["Finance Reporting", "Marketing Insights"]
  pending_dbtcloud_invite = 14 # days
  pending_fivetran_invite = 14
  idle_service_token      = 90
  service_token_grant     = ["account_admin", "owner"]
  scim                    = true

  exceptions = {
    service_token_grant = ["legacy deploy"] # until its jobs use the token "airflow"
  }
}

resource "datastack_fivetran_user_invite" "person" {
  for_each = module.access_guard.people

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = each.value.role
}

# A configuration for check.jq to judge: it reads dbt Cloud and invites one
# person to Fivetran.

terraform {
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

provider "datastack" {}

data "datastack_dbtcloud_users" "all" {}

variable "role" {
  description = "Role of the person in Fivetran."
  type        = string
  default     = "Account Reviewer"
}

resource "datastack_fivetran_user_invite" "grace" {
  email       = "grace.hopper@northwind.example"
  given_name  = "Grace"
  family_name = "Hopper"
  role        = var.role
}

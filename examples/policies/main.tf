# What the rules in policy/ check: the users to invite, and who has access already.
# No data source may depend on an invite. Terraform would then read it only during
# apply, and the check would fail because the plan does not have its result.

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

variable "people" {
  description = "Users to invite to Fivetran, by email address."
  type = map(object({
    given_name  = string
    family_name = string
    role        = optional(string)
  }))
}

resource "datastack_fivetran_user_invite" "person" {
  for_each = var.people

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = each.value.role
}

data "datastack_identities" "all" {}

# Names of groups and roles, with which the rules find misspelled ones in their settings.
data "datastack_dbtcloud_groups" "all" {
  include_members = false
}

data "datastack_rudderstack_scim_groups" "all" {
  include_members = false
}

data "datastack_fivetran_roles" "all" {}

data "datastack_dbtcloud_invites" "all" {}

data "datastack_dbtcloud_licenses" "all" {}

data "datastack_dbtcloud_scim_config" "all" {}

data "datastack_dbtcloud_service_tokens" "all" {}

data "datastack_fivetran_users" "all" {}

module "access_review" {
  source = "../access-review"
}

output "access_review" {
  description = "Who has access to what, for the comment on a pull request."
  value       = module.access_review.markdown
  sensitive   = true # keep it out of the log; the comment shows it
}

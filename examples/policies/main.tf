# What the rules in policy/ judge: the people to invite, and the facts about
# those who have access already. None of the data sources depends on an invite,
# or it would be read only on apply, and the rules would have nothing to judge.

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

variable "people" {
  description = "People to invite to Fivetran, by e-mail address."
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
  sensitive   = true # for the comment, not for the log
}

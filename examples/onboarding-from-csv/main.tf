# Invite everyone in people.csv to Fivetran, with the role of their team. If you
# remove a line from the file, Terraform deletes that user from Fivetran.

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

provider "datastack" {
  audit_log = "access-changes.jsonl"
}

locals {
  # The email address is the key, so you can reorder the file. In lower case, or
  # a change of case would be a new key.
  people = {
    for person in csvdecode(file("${path.module}/people.csv")) : lower(trimspace(person.email)) => person
  }

  # A person without a team gets no role: null means that Terraform does not
  # manage it.
  role_of_team = {
    analytics = "Account Analyst"
    platform  = "Account Reviewer"
  }
}

resource "datastack_fivetran_user_invite" "person" {
  for_each = local.people

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = try(local.role_of_team[each.value.team], null)
}

output "pending_invites" {
  description = "Users who have not accepted the invite yet."
  value       = [for person in datastack_fivetran_user_invite.person : person.email if person.status == "invited"]
}

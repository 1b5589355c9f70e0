# Everyone in people.csv is in Fivetran, with the role of their team. Whoever
# leaves the file leaves Fivetran.

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
  # The address is the key: a line that moves within the file changes nothing.
  # Without case, or a change of case would be another key.
  people = {
    for person in csvdecode(file("${path.module}/people.csv")) : lower(trimspace(person.email)) => person
  }

  # A person without a team gets no role. null leaves the role unmanaged.
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

output "not_accepted_yet" {
  value = [for person in datastack_fivetran_user_invite.person : person.email if person.status == "invited"]
}

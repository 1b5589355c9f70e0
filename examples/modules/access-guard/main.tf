# Rules on who gets access, in plain Terraform. The people to invite go in and
# come out again unchanged, unless a rule on invites is broken (invites.tf,
# outputs.tf): then the plan stops. Rules on those who have access already warn
# (access.tf). Each rule has the name of its variable.

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

locals {
  now = coalesce(var.as_of, plantimestamp())

  excepted = {
    for rule, subjects in var.exceptions : rule => { for subject in toset(subjects) : lower(trimspace(subject)) => true... }
  }

  # Who or what breaks each rule, exceptions aside.
  found = {
    for rule, subjects in merge(local.invite_findings, local.access_findings) : rule => sort([
      for subject in subjects : subject if !can(local.excepted[rule][lower(trimspace(subject))])
    ])
  }

  # The same as messages name them: ten, and how many more.
  named = {
    for rule, subjects in local.found : rule => join(", ", concat(
      slice(subjects, 0, min(10, length(subjects))),
      length(subjects) > 10 ? ["and ${length(subjects) - 10} more"] : [],
    ))
  }
}

# Rules on access, in plain Terraform. The module returns var.people unchanged if all
# rules on invites pass, and fails the plan otherwise (invites.tf, outputs.tf). Rules on
# existing access only warn (access.tf). Each rule has the name of its variable.

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
    for rule, subjects in var.exceptions : rule => [for subject in subjects : lower(trimspace(subject))]
  }

  # The users or service tokens that break each rule, without exceptions.
  found = {
    for rule, subjects in merge(local.invite_findings, local.access_findings) : rule => sort([
      for subject in subjects : subject if !contains(lookup(local.excepted, rule, []), lower(trimspace(subject)))
    ])
  }

  # The same for messages: the first ten, and the number of the others.
  named = {
    for rule, subjects in local.found : rule => join(", ", concat(
      slice(subjects, 0, min(10, length(subjects))),
      length(subjects) > 10 ? ["and ${length(subjects) - 10} more"] : [],
    ))
  }
}

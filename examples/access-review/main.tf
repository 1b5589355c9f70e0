# Who has access to what, beside the list of an identity provider: as a table
# for a pull request, and as a page to look at.
#
#   terraform apply
#   terraform output -raw markdown
#   terraform output -raw html > review.html

terraform {
  required_version = ">= 1.5"
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

variable "idle_days" {
  description = "Days without a login after which a paid developer licence counts as idle."
  type        = number
  default     = 90
}

variable "as_of" {
  description = "The moment to count days from, as RFC 3339. Default: now."
  type        = string
  default     = null
}

variable "email_aliases" {
  description = "Second addresses of people, and the first address of each."
  type        = map(string)
  default     = null
}

data "datastack_identities" "all" {
  email_aliases = var.email_aliases
}

locals {
  in_idp     = { for person in csvdecode(file("${path.module}/idp.csv")) : lower(trimspace(person.email)) => person.name }
  idle_since = timeadd(coalesce(var.as_of, plantimestamp()), "-${var.idle_days * 24}h")

  # What is worth a question about each person, nothing for most.
  notes = {
    for person in data.datastack_identities.all.people : person.email => compact([
      can(local.in_idp[person.email]) ? "" : "not in the IdP",
      try(person.dbtcloud.license_type == "developer" && person.dbtcloud.status == "active" && person.dbtcloud.last_login == null, false) ? "developer licence, never logged in" : "",
      try(person.dbtcloud.license_type == "developer" && person.dbtcloud.status == "active" && timecmp(person.dbtcloud.last_login, local.idle_since) < 0, false) ? "developer licence, idle for ${var.idle_days} days" : "",
      try(person.dbtcloud.status == "inactive", false) && try(person.fivetran.status == "active", false) ? "inactive in dbt Cloud, active in Fivetran" : "",
    ])
  }

  # One row a person, with a cell a system: a first line and a second.
  rows = [
    for person in data.datastack_identities.all.people : {
      email = person.email
      name  = try(local.in_idp[person.email], "")
      notes = local.notes[person.email]
      systems = {
        "dbt Cloud" = person.dbtcloud == null ? null : {
          status = try(coalesce(person.dbtcloud.status), "unknown")
          access = try(coalesce(person.dbtcloud.license_type), "no licence")
          groups = coalesce(person.dbtcloud.groups, [])
          login  = try(coalesce(person.dbtcloud.last_login), "")
        }
        RudderStack = person.rudderstack == null ? null : {
          status = try(coalesce(person.rudderstack.status), "unknown")
          access = ""
          groups = coalesce(person.rudderstack.groups, [])
          login  = ""
        }
        Fivetran = person.fivetran == null ? null : {
          status = try(coalesce(person.fivetran.status), "unknown")
          access = try(coalesce(person.fivetran.role), "no role")
          groups = coalesce(person.fivetran.teams, [])
          login  = try(coalesce(person.fivetran.last_login), "")
        }
      }
    }
  ]

  systems = ["dbt Cloud", "RudderStack", "Fivetran"]
}

output "markdown" {
  description = "A table for a pull request."
  value = join("\n", concat(
    ["| person | ${join(" | ", local.systems)} | to ask |", "|---|---|---|---|---|"],
    [
      for row in local.rows : "| ${replace(row.email, "|", "\\|")} | ${join(" | ", [
        for system in local.systems : row.systems[system] == null ? "" : replace(join(", ", compact([
          row.systems[system].status, row.systems[system].access, join(", ", row.systems[system].groups),
          row.systems[system].login == "" ? "" : "last login ${substr(row.systems[system].login, 0, 10)}",
        ])), "|", "\\|")
      ])} | ${join("; ", row.notes)} |"
    ],
    ["", "${length(local.rows)} people, ${length([for row in local.rows : row if length(row.notes) > 0])} to ask about, ${length(data.datastack_identities.all.unmatched)} accounts of nobody."],
  ))
}

output "html" {
  description = "The same as a page."
  value = templatefile("${path.module}/review.html.tftpl", {
    # jsonencode writes <, > and & as escapes, so that no name can end the script.
    data = jsonencode({ systems = local.systems, rows = local.rows, unmatched = data.datastack_identities.all.unmatched })
  })
}

check "everybody_is_in_the_idp" {
  assert {
    condition     = alltrue([for row in local.rows : row.name != ""])
    error_message = "Not in the IdP: ${join(", ", [for row in local.rows : row.email if row.name == ""])}."
  }
}

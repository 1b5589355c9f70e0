# Compare who has access with the list of an identity provider: as a table for
# a pull request, and as an HTML page.
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
  description = "Number of days without a login after which a developer license counts as idle."
  type        = number
  default     = 90
}

variable "as_of" {
  description = "Count the days back from this time, in RFC 3339 format. Default: now."
  type        = string
  default     = null
}

variable "email_aliases" {
  description = "Further email addresses of people: the key is the further address, the value the main one."
  type        = map(string)
  default     = null
}

data "datastack_identities" "all" {
  email_aliases = var.email_aliases
}

locals {
  in_idp     = { for person in csvdecode(file("${path.module}/idp.csv")) : lower(trimspace(person.email)) => person.name }
  idle_since = timeadd(coalesce(var.as_of, plantimestamp()), "-${var.idle_days * 24}h")

  # What to review about each person. Empty for most.
  notes = {
    for person in data.datastack_identities.all.people : person.email => compact([
      can(local.in_idp[person.email]) ? "" : "not in the identity provider",
      try(person.dbtcloud.license_type == "developer" && person.dbtcloud.status == "active" && person.dbtcloud.last_login == null, false) ? "developer license, never logged in" : "",
      try(person.dbtcloud.license_type == "developer" && person.dbtcloud.status == "active" && timecmp(person.dbtcloud.last_login, local.idle_since) < 0, false) ? "developer license, idle for ${var.idle_days} days" : "",
      try(person.dbtcloud.status == "inactive", false) && try(person.fivetran.status == "active", false) ? "inactive in dbt Cloud, active in Fivetran" : "",
    ])
  }

  # One row for each person, with one cell for each service.
  rows = [
    for person in data.datastack_identities.all.people : {
      email = person.email
      name  = try(local.in_idp[person.email], "")
      notes = local.notes[person.email]
      services = {
        "dbt Cloud" = person.dbtcloud == null ? null : {
          status = try(coalesce(person.dbtcloud.status), "unknown")
          access = try(coalesce(person.dbtcloud.license_type), "no license")
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

  services = ["dbt Cloud", "RudderStack", "Fivetran"]
}

output "markdown" {
  description = "A Markdown table for a pull request."
  value = join("\n", concat(
    ["| person | ${join(" | ", local.services)} | to review |", "|---|---|---|---|---|"],
    [
      for row in local.rows : "| ${replace(row.email, "|", "\\|")} | ${join(" | ", [
        for service in local.services : row.services[service] == null ? "" : replace(join(", ", compact([
          row.services[service].status, row.services[service].access, join(", ", row.services[service].groups),
          row.services[service].login == "" ? "" : "last login ${substr(row.services[service].login, 0, 10)}",
        ])), "|", "\\|")
      ])} | ${join("; ", row.notes)} |"
    ],
    ["", "${length(local.rows)} people, ${length([for row in local.rows : row if length(row.notes) > 0])} to review, ${length(data.datastack_identities.all.unmatched)} unmatched users."],
  ))
}

output "html" {
  description = "The same table as an HTML page."
  value = templatefile("${path.module}/review.html.tftpl", {
    # jsonencode escapes <, > and &, so no name can end the script element.
    data = jsonencode({ services = local.services, rows = local.rows, unmatched = data.datastack_identities.all.unmatched })
  })
}

check "everyone_is_in_the_idp" {
  assert {
    condition     = alltrue([for row in local.rows : row.name != ""])
    error_message = "Not in the identity provider: ${join(", ", [for row in local.rows : row.email if row.name == ""])}."
  }
}

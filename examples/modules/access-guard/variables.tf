variable "people" {
  description = "People to invite to Fivetran, by e-mail address."
  type = map(object({
    given_name  = string
    family_name = string
    role        = optional(string)
  }))
  nullable = false

  # In ASCII: lower() makes an i of İ, and of somebody somebody else.
  validation {
    condition     = length([for email in keys(var.people) : email if !can(regex("^[!-?A-~]+@[!-?A-~]+$", trimspace(email)))]) == 0
    error_message = "Not an e-mail address such as ada@example.com, in ASCII letters: ${join(", ", [for email in keys(var.people) : email if !can(regex("^[!-?A-~]+@[!-?A-~]+$", trimspace(email)))])}."
  }
  validation {
    condition     = length({ for email in keys(var.people) : lower(trimspace(email)) => email... }) == length(var.people)
    error_message = "Twice among the people, in two spellings: ${join(", ", [for email, spellings in { for email in keys(var.people) : lower(trimspace(email)) => email... } : email if length(spellings) > 1])}. Take one of them out."
  }
}

variable "exceptions" {
  description = "Whom or what a rule lets pass: addresses, or names of service tokens, by the name of the rule."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for rule in keys(var.exceptions) : contains([
      "invite_domain", "invite_administrator", "invite_role", "allowed_roles", "invite_in_idp", "invite_in_group", "invite_leavers", "leavers",
      "developer_seat",
      "pending_dbtcloud_invite", "pending_fivetran_invite", "idle_service_token", "service_token_grant",
    ], rule)])
    error_message = "There are exceptions to every rule but seats and scim, by the name of the rule."
  }
}

variable "as_of" {
  description = "The moment to count days from, as RFC 3339. Default: now."
  type        = string
  default     = null

  validation {
    condition     = var.as_of == null || can(timeadd(var.as_of, "0s"))
    error_message = "as_of is a moment such as 2026-01-31T12:00:00Z."
  }
}

# Rules on invites: a broken one stops the plan. Null is off.

variable "invite_domain" {
  description = "Domains of the company, to which new people's addresses have to belong. Null: any."
  type        = list(string)
  default     = null

  validation {
    condition     = var.invite_domain == null ? true : length(var.invite_domain) > 0 && alltrue([for domain in var.invite_domain : can(regex("^[^@\\s]+$", domain))])
    error_message = "invite_domain has at least one domain, such as example.com, without @."
  }
}

variable "invite_administrator" {
  description = "Roles that count as administrator and that nobody may be given who is not an exception. Fivetran still knows the first by its old name Owner, too. Null: anybody may."
  type        = list(string)
  default     = ["Account Administrator", "Owner"]

  validation {
    condition     = alltrue([for role in coalesce(var.invite_administrator, []) : can(regex("\\S", role))])
    error_message = "invite_administrator has names of roles."
  }
}

variable "invite_role" {
  description = "Whether people need a role (required) or must have none, because teams give roles (forbidden). Null: either."
  type        = string
  default     = null

  validation {
    condition     = var.invite_role == null ? true : contains(["required", "forbidden"], var.invite_role)
    error_message = "invite_role is required, forbidden or null."
  }
}

variable "allowed_roles" {
  description = "Roles that people may have. Null: any."
  type        = list(string)
  default     = null

  validation {
    condition     = alltrue([for role in coalesce(var.allowed_roles, []) : can(regex("\\S", role))])
    error_message = "allowed_roles has names of roles."
  }
}

variable "invite_in_idp" {
  description = "Addresses of everybody whom the identity provider knows, among whom new people have to be. Null: need not be."
  type        = list(string)
  default     = null

  validation {
    condition     = length([for email in coalesce(var.invite_in_idp, []) : email if !can(regex("@", email))]) == 0
    error_message = "invite_in_idp has e-mail addresses."
  }
}

variable "invite_in_group" {
  description = "Groups by system, rudderstack or dbtcloud. New people have to be in one of them, whichever. Null: need not be."
  type        = map(list(string))
  default     = null

  validation {
    condition     = var.invite_in_group == null ? true : length(var.invite_in_group) > 0 && alltrue([for system, groups in var.invite_in_group : contains(["rudderstack", "dbtcloud"], system) && can(join("", groups))])
    error_message = "invite_in_group has names of groups by system: rudderstack, dbtcloud, or both."
  }
}

variable "seats" {
  description = "Licence type of dbt Cloud, such as developer, of which there has to be a seat for everybody who is new or whose invite is open. Null: need not be."
  type        = string
  default     = null
}

# Rules on those who have access: a broken one warns. Null, or false, is off.

variable "leavers" {
  description = "Whether those who are not active in dbt Cloud have to be inactive in Fivetran, too, which warns, and are not to be invited, which stops the plan."
  type        = bool
  default     = false
  nullable    = false
}

variable "developer_seat" {
  description = "Groups of dbt Cloud whose members only read, and need no developer seat. Null: off."
  type        = list(string)
  default     = null

  validation {
    condition     = can(join("", coalesce(var.developer_seat, [])))
    error_message = "developer_seat has names of groups."
  }
}

variable "pending_dbtcloud_invite" {
  description = "Days in which an invite to dbt Cloud has to be accepted. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.pending_dbtcloud_invite == null ? true : var.pending_dbtcloud_invite > 0
    error_message = "pending_dbtcloud_invite is a number of days."
  }
}

variable "pending_fivetran_invite" {
  description = "Days in which an invite to Fivetran has to be accepted. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.pending_fivetran_invite == null ? true : var.pending_fivetran_invite > 0
    error_message = "pending_fivetran_invite is a number of days."
  }
}

variable "idle_service_token" {
  description = "Days in which a service token of dbt Cloud has to be used. One that never was counts from when it was made. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.idle_service_token == null ? true : var.idle_service_token > 0
    error_message = "idle_service_token is a number of days."
  }
}

variable "service_token_grant" {
  description = "Permission sets that no service token of dbt Cloud may have, such as account_admin. Null: off."
  type        = list(string)
  default     = null

  validation {
    condition     = can(join("", coalesce(var.service_token_grant, [])))
    error_message = "service_token_grant has names of permission sets."
  }
}

variable "scim" {
  description = "Whether SCIM has to be on in dbt Cloud, and manual updates off."
  type        = bool
  default     = false
  nullable    = false
}

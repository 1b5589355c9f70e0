variable "people" {
  description = "Users to invite to Fivetran, by email address."
  type = map(object({
    given_name  = string
    family_name = string
    role        = optional(string)
  }))
  nullable = false

  # Only ASCII: lower() would turn İ into i, and so match the address of another user.
  validation {
    condition     = length([for email in keys(var.people) : email if length(regexall("^[!-?A-~]+@[!-?A-~]+$", trimspace(email))) == 0]) == 0
    error_message = "Invalid email addresses: ${join(", ", [for email in keys(var.people) : email if length(regexall("^[!-?A-~]+@[!-?A-~]+$", trimspace(email))) == 0])}. Use addresses such as ada@example.com, in ASCII characters."
  }
  validation {
    condition     = length({ for email in keys(var.people) : lower(trimspace(email)) => email... }) == length(var.people)
    error_message = "Email addresses that occur more than once, in different spellings: ${join(", ", [for email, spellings in { for email in keys(var.people) : lower(trimspace(email)) => email... } : email if length(spellings) > 1])}. Remove all but one of each."
  }
}

variable "exceptions" {
  description = "Email addresses, or names of service tokens, that a rule ignores, by the name of the rule."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for rule in keys(var.exceptions) : contains([
      "invite_domain", "invite_administrator", "invite_role", "allowed_roles", "invite_in_idp", "invite_in_group", "invite_leavers", "leavers",
      "developer_seat",
      "pending_dbtcloud_invite", "pending_fivetran_invite", "idle_service_token", "service_token_grant",
    ], rule)])
    error_message = "The keys of exceptions must be names of rules, other than seats and scim. Check them for typos."
  }
  validation {
    condition     = alltrue(flatten([for subjects in values(var.exceptions) : subjects == null ? [false] : [for subject in subjects : subject != null]]))
    error_message = "Set exceptions to lists of email addresses or names, without null."
  }
}

variable "as_of" {
  description = "The time from which rules count days back, in RFC 3339 format. Default: now."
  type        = string
  default     = null

  validation {
    condition     = length(regexall("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$", coalesce(var.as_of, "2026-01-31T12:00:00Z"))) == 1
    error_message = "Set as_of to a time in RFC 3339 format, such as 2026-01-31T12:00:00Z."
  }
}

# Rules on invites: if one fails, the plan fails. Null turns a rule off.

variable "invite_domain" {
  description = "Domains at which new users must have their email addresses. Null: any domain."
  type        = list(string)
  default     = null

  validation {
    condition     = var.invite_domain == null ? true : length(var.invite_domain) > 0 && alltrue([for domain in var.invite_domain : length(regexall("^[^@\\s]+$", coalesce(domain, "@"))) == 1])
    error_message = "Set invite_domain to at least one domain, such as example.com, without @. To turn the rule off, set it to null."
  }
}

variable "invite_administrator" {
  description = "Roles that count as administrator. Only exceptions may have them. Fivetran still accepts Owner, the old name of Account Administrator. Null: all users may have them."
  type        = list(string)
  default     = ["Account Administrator", "Owner"]

  validation {
    condition     = alltrue([for role in coalesce(var.invite_administrator, []) : length(regexall("\\S", coalesce(role, " "))) > 0])
    error_message = "Set invite_administrator to a list of role names, without empty entries."
  }
}

variable "invite_role" {
  description = "Whether users must have a role (required) or must not, because teams give roles (forbidden). Null: either."
  type        = string
  default     = null

  validation {
    condition     = var.invite_role == null ? true : contains(["required", "forbidden"], var.invite_role)
    error_message = "Set invite_role to \"required\", \"forbidden\" or null."
  }
}

variable "allowed_roles" {
  description = "Roles that users may have. Null: any role."
  type        = list(string)
  default     = null

  validation {
    condition     = alltrue([for role in coalesce(var.allowed_roles, []) : length(regexall("\\S", coalesce(role, " "))) > 0])
    error_message = "Set allowed_roles to a list of role names, without empty entries."
  }
}

variable "invite_in_idp" {
  description = "Email addresses of all users in your identity provider. New users must be in this list. Null: no such requirement."
  type        = list(string)
  default     = null

  validation {
    condition     = length([for email in coalesce(var.invite_in_idp, []) : email if length(regexall("@", coalesce(email, "null"))) == 0]) == 0
    error_message = "Set invite_in_idp to a list of email addresses."
  }
}

variable "invite_in_group" {
  description = "Groups by system, rudderstack or dbtcloud. New users must be in at least one of them. Null: no such requirement."
  type        = map(list(string))
  default     = null

  validation {
    condition     = var.invite_in_group == null ? true : length(var.invite_in_group) > 0 && alltrue([for system, groups in var.invite_in_group : contains(["rudderstack", "dbtcloud"], system) && (groups == null ? false : alltrue([for group in groups : group != null]))])
    error_message = "Set invite_in_group to lists of group names by system: rudderstack, dbtcloud or both. To turn the rule off, set it to null."
  }
}

variable "seats" {
  description = "License type of dbt Cloud, such as developer. dbt Cloud must have an available seat of this type for every new user and every pending invite. Null: no such requirement."
  type        = string
  default     = null
}

# Rules on existing access: if one fails, the plan warns. Null or false turns a rule off.

variable "leavers" {
  description = "Whether to check that users who are not active in dbt Cloud are inactive in Fivetran too, which warns, and are not invited, which fails the plan."
  type        = bool
  default     = false
  nullable    = false
}

variable "developer_seat" {
  description = "dbt Cloud groups of users who only read, and must not have a developer license. Null: off."
  type        = list(string)
  default     = null

  validation {
    condition     = alltrue([for group in coalesce(var.developer_seat, []) : group != null])
    error_message = "Set developer_seat to a list of group names, without null."
  }
}

variable "pending_dbtcloud_invite" {
  description = "Number of days in which a user must accept an invite to dbt Cloud. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.pending_dbtcloud_invite == null ? true : var.pending_dbtcloud_invite > 0
    error_message = "Set pending_dbtcloud_invite to a number of days greater than 0, or to null."
  }
}

variable "pending_fivetran_invite" {
  description = "Number of days in which a user must accept an invite to Fivetran. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.pending_fivetran_invite == null ? true : var.pending_fivetran_invite > 0
    error_message = "Set pending_fivetran_invite to a number of days greater than 0, or to null."
  }
}

variable "idle_service_token" {
  description = "Number of days after which an unused dbt Cloud service token is reported. For a token that was never used, the days count from its creation. Null: off."
  type        = number
  default     = null

  validation {
    condition     = var.idle_service_token == null ? true : var.idle_service_token > 0
    error_message = "Set idle_service_token to a number of days greater than 0, or to null."
  }
}

variable "service_token_grant" {
  description = "Permission sets that no dbt Cloud service token may have, such as account_admin. Null: off."
  type        = list(string)
  default     = null

  validation {
    condition     = alltrue([for set in coalesce(var.service_token_grant, []) : set != null])
    error_message = "Set service_token_grant to a list of permission sets, without null."
  }
}

variable "scim" {
  description = "Whether to check that dbt Cloud has SCIM turned on and manual updates turned off."
  type        = bool
  default     = false
  nullable    = false
}

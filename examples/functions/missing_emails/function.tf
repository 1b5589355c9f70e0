# Who has an account somewhere, and is no employee.
variable "employees" {
  description = "E-mail addresses, as the HR system spells them."
  type        = list(string)
}

data "datastack_identities" "all" {}

output "orphans" {
  value = provider::datastack::missing_emails(data.datastack_identities.all.people[*].email, var.employees)
}

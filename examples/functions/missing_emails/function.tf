# Email addresses with access to a service that do not belong to an employee.
variable "employees" {
  description = "Email addresses from the HR system, in any spelling."
  type        = list(string)
  default     = ["Mei.Tanaka@Northwind.example"]
}

data "datastack_identities" "all" {}

output "not_employees" {
  value = provider::datastack::missing_emails(data.datastack_identities.all.people[*].email, var.employees)
}

# dbt Cloud users by email address, in any spelling.
data "datastack_dbtcloud_users" "all" {}

locals {
  users = {
    for user in data.datastack_dbtcloud_users.all.users : provider::datastack::normalize_email(user.email) => user
    if user.email != null
  }
}

output "license" {
  value = local.users[provider::datastack::normalize_email("Mei.Tanaka@Northwind.example")].license_type
}

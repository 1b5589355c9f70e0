# Users by address, however it is spelt.
data "datastack_dbtcloud_users" "all" {}

locals {
  users = {
    for user in data.datastack_dbtcloud_users.all.users : provider::datastack::normalize_email(user.email) => user
    if user.email != null
  }
}

output "licence" {
  value = try(local.users[provider::datastack::normalize_email("Ada.Lovelace@Northwind.example")].license_type, null)
}

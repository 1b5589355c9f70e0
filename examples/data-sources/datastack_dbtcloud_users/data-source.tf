# Active users with a developer license who have never logged in.
data "datastack_dbtcloud_users" "developers" {
  license_types = ["developer"]
  statuses      = ["active"]
}

output "idle_developers" {
  value = [for user in data.datastack_dbtcloud_users.developers.users : user.email if user.last_login == null]
}

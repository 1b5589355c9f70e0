data "datastack_rudderstack_scim_users" "active" {
  active = true
}

output "active_users" {
  value = data.datastack_rudderstack_scim_users.active.users[*].email
}

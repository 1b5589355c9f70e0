data "datastack_rudderstack_scim_user" "ada" {
  user_name = "ada@example.com"
}

output "groups_of_ada" {
  value = data.datastack_rudderstack_scim_user.ada.groups
}

data "datastack_rudderstack_scim_user" "mei" {
  user_name = "mei.tanaka@northwind.example"
}

output "groups" {
  value = data.datastack_rudderstack_scim_user.mei.groups[*].display_name
}

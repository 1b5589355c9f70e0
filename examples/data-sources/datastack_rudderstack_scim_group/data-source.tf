data "datastack_rudderstack_scim_group" "analysts" {
  display_name = "Analysts"
}

output "analysts" {
  value = data.datastack_rudderstack_scim_group.analysts.members[*].user_name
}

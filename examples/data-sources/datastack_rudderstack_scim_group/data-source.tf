data "datastack_rudderstack_scim_group" "engineers" {
  display_name = "Analytics Engineering"
}

output "engineers" {
  value = data.datastack_rudderstack_scim_group.engineers.members[*].user_name
}

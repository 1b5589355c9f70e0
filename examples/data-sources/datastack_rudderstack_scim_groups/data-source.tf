data "datastack_rudderstack_scim_groups" "all" {}

# members is null if the service does not list members.
output "members_by_group" {
  value = {
    for group in data.datastack_rudderstack_scim_groups.all.groups : group.id => {
      name    = group.display_name
      members = try(group.members[*].user_name, null)
    }
  }
}

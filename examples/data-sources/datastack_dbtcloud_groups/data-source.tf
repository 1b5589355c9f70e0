# Groups that grant account administration. This does not need their members.
data "datastack_dbtcloud_groups" "all" {
  include_members = false
}

output "administrator_groups" {
  value = [
    for group in data.datastack_dbtcloud_groups.all.groups : group.name
    if contains(group.permissions[*].permission_set, "account_admin")
  ]
}

# Which groups may administer the account? Members are not needed for that.
data "datastack_dbtcloud_groups" "all" {
  include_members = false
}

output "administering_groups" {
  value = [
    for group in data.datastack_dbtcloud_groups.all.groups : group.name
    if contains(group.permissions[*].permission_set, "account_admin")
  ]
}

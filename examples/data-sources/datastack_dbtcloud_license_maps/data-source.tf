# Groups of the identity provider that grant a developer license.
data "datastack_dbtcloud_license_maps" "all" {}

output "groups_with_developer_license" {
  value = flatten([
    for map in data.datastack_dbtcloud_license_maps.all.license_maps : map.sso_license_mapping_groups
    if map.license_type == "developer"
  ])
}

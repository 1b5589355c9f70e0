data "datastack_fivetran_groups" "production" {
  names = ["Warehouse_Production"]
}

# Users with access to the production destination, and their roles.
output "production_access" {
  value = flatten(data.datastack_fivetran_groups.production.groups[*].members)
}

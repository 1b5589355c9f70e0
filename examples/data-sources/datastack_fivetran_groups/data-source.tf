data "datastack_fivetran_groups" "production" {
  names = ["Warehouse_Production"]
}

# Who may load data into production?
output "production_access" {
  value = flatten(data.datastack_fivetran_groups.production.groups[*].members)
}

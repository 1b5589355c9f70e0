data "datastack_fivetran_groups" "staging" {
  names = ["Warehouse_Staging"]
}

data "datastack_fivetran_user" "raj" {
  email = "raj.patel@northwind.example"
}

# One user in one group (destination). Other members stay as they are.
resource "datastack_fivetran_group_membership" "raj" {
  group_id = data.datastack_fivetran_groups.staging.groups[0].id
  user_id  = data.datastack_fivetran_user.raj.id
  role     = "View Destination"
}

data "datastack_fivetran_user" "mei" {
  email = "mei.tanaka@northwind.example"
}

output "role" {
  value = data.datastack_fivetran_user.mei.role
}

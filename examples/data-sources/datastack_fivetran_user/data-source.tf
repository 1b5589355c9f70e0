data "datastack_fivetran_user" "ada" {
  email = "ada@example.com"
}

output "role_of_ada" {
  value = data.datastack_fivetran_user.ada.role
}

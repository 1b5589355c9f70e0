data "datastack_dbtcloud_user" "ada" {
  email = "ada@example.com"
}

output "licence_of_ada" {
  value = data.datastack_dbtcloud_user.ada.license_type
}

data "datastack_dbtcloud_user" "mei" {
  email = "mei.tanaka@northwind.example"
}

output "license" {
  value = data.datastack_dbtcloud_user.mei.license_type
}

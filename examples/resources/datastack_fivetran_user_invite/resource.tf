# One user, without an account role.
resource "datastack_fivetran_user_invite" "grace" {
  email       = "grace.hopper@northwind.example"
  given_name  = "Grace"
  family_name = "Hopper"
}

# Several users, from a map by email address.
variable "analysts" {
  type = map(object({ given_name = string, family_name = string }))
  default = {
    "ada.lovelace@northwind.example" = { given_name = "Ada", family_name = "Lovelace" }
  }
}

resource "datastack_fivetran_user_invite" "analyst" {
  for_each = var.analysts

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = "Account Reviewer"
}

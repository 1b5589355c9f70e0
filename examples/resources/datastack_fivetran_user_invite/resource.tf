# One person, without a role in the account.
resource "datastack_fivetran_user_invite" "grace" {
  email       = "grace@example.com"
  given_name  = "Grace"
  family_name = "Hopper"
}

# A team, from a map: an address is invited once, wherever it stands in the map.
variable "analysts" {
  type = map(object({ given_name = string, family_name = string }))
  default = {
    "ada@example.com" = { given_name = "Ada", family_name = "Lovelace" }
  }
}

resource "datastack_fivetran_user_invite" "analyst" {
  for_each = var.analysts

  email       = each.key
  given_name  = each.value.given_name
  family_name = each.value.family_name
  role        = "Account Reviewer"
}

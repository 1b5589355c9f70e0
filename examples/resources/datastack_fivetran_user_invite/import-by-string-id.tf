# The ID is a user ID or an email address.
import {
  to = datastack_fivetran_user_invite.mei
  id = "mei.tanaka@northwind.example"
}

resource "datastack_fivetran_user_invite" "mei" {
  email       = "mei.tanaka@northwind.example"
  given_name  = "Mei"
  family_name = "Tanaka"
  role        = "Account Analyst"
}

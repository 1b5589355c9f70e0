people = {
  "ada.lovelace@northwind.example" = {
    given_name  = "Ada"
    family_name = "Lovelace"
    role        = "Account Reviewer"
  }
  "alan.turing@northwind.example" = {
    given_name  = "Alan"
    family_name = "Turing"
  }
}

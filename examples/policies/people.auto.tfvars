people = {
  "marta.jansen@northwind.example" = {
    given_name  = "Marta"
    family_name = "Jansen"
    role        = "Account Analyst"
  }
}

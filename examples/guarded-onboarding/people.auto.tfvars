people = {
  "fatima.el-sayed@northwind.example" = {
    given_name  = "Fatima"
    family_name = "El-Sayed"
    role        = "Account Analyst"
  }
  "marta.jansen@northwind.example" = {
    given_name  = "Marta"
    family_name = "Jansen"
    role        = "Account Reviewer"
  }
}

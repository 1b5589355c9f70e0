# Everyone in dbt Cloud, RudderStack and Fivetran, each person once.
data "datastack_identities" "all" {
  email_aliases = {
    "ada@brightloop.example" = "ada.lovelace@northwind.example"
  }
}

# Suspended in Fivetran, but not in dbt Cloud.
output "half_gone" {
  value = [
    for person in data.datastack_identities.all.people : person.email
    if try(person.fivetran.status, null) == "inactive" && try(person.dbtcloud.status, null) == "active"
  ]
}

output "without_a_person" {
  value = [for user in data.datastack_identities.all.unmatched : "${user.system} ${user.id} ${coalesce(user.name, "nameless")}"]
}

# Each person in dbt Cloud, RudderStack and Fivetran, once.
data "datastack_identities" "all" {
  email_aliases = {
    "mei@brightloop.example" = "mei.tanaka@northwind.example"
  }
}

# People who are suspended in Fivetran, but active in dbt Cloud.
output "partly_suspended" {
  value = [
    for person in data.datastack_identities.all.people : person.email
    if try(person.fivetran.status, null) == "inactive" && try(person.dbtcloud.status, null) == "active"
  ]
}

# Service accounts, and users without an email address.
output "not_people" {
  value = [for user in data.datastack_identities.all.unmatched : "${user.system} ${user.id} ${coalesce(user.name, "(no name)")}"]
}

data "datastack_dbtcloud_service_tokens" "all" {}

# Service tokens that can administer the account.
output "administrator_tokens" {
  value = [
    for token in data.datastack_dbtcloud_service_tokens.all.service_tokens : token.name
    if contains(token.grants[*].permission_set, "account_admin")
  ]
}

# Service tokens that have never been used.
output "unused_tokens" {
  value = [
    for token in data.datastack_dbtcloud_service_tokens.all.service_tokens : token.name
    if token.last_used == null
  ]
}

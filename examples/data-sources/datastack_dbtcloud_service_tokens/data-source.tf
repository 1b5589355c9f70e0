# Service tokens that may do everything, and those that were never used.
data "datastack_dbtcloud_service_tokens" "all" {}

output "administrating_tokens" {
  value = [
    for token in data.datastack_dbtcloud_service_tokens.all.service_tokens : token.name
    if contains(token.grants[*].permission_set, "account_admin")
  ]
}

output "unused_tokens" {
  value = [
    for token in data.datastack_dbtcloud_service_tokens.all.service_tokens : token.name
    if token.last_used == null
  ]
}

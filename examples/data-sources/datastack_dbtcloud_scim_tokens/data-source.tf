data "datastack_dbtcloud_scim_tokens" "all" {}

# SCIM tokens that have never been used.
output "unused_scim_tokens" {
  value = [
    for token in data.datastack_dbtcloud_scim_tokens.all.scim_tokens : token.name
    if token.last_used == null
  ]
}

data "datastack_fivetran_roles" "account" {
  scope = "ACCOUNT"
}

# Deprecated roles and their replacements. is_deprecated can be null.
output "replacements" {
  value = {
    for role in data.datastack_fivetran_roles.account.roles : role.name => role.replacement_role_name
    if coalesce(role.is_deprecated, false)
  }
}

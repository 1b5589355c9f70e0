# With SCIM enabled, only the identity provider should manage users.
data "datastack_dbtcloud_scim_config" "now" {}

check "identity_provider_manages_users" {
  assert {
    condition     = data.datastack_dbtcloud_scim_config.now.enabled && !data.datastack_dbtcloud_scim_config.now.manual_updates_allowed
    error_message = "dbt Cloud users can be invited and edited by hand."
  }
}

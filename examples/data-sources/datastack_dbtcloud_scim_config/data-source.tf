# With SCIM on, nobody but the identity provider should manage users.
data "datastack_dbtcloud_scim_config" "now" {}

check "users_come_from_the_identity_provider" {
  assert {
    condition     = data.datastack_dbtcloud_scim_config.now.enabled && !data.datastack_dbtcloud_scim_config.now.manual_updates_allowed
    error_message = "Users of dbt Cloud can be invited and edited by hand."
  }
}

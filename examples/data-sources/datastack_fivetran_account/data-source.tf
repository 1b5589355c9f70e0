data "datastack_fivetran_account" "this" {}

# The API key of a user stops working when the user is deleted.
check "system_key" {
  assert {
    condition     = data.datastack_fivetran_account.this.user_id == null
    error_message = "The Fivetran API key belongs to a user. Use a system key."
  }
}

data "datastack_fivetran_account" "this" {}

# A key that belongs to a person stops working when the person is deleted.
check "system_key" {
  assert {
    condition     = data.datastack_fivetran_account.this.user_id == null
    error_message = "The Fivetran API key is a person's. Use a system key."
  }
}

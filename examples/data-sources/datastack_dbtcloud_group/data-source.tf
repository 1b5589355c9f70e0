data "datastack_dbtcloud_group" "owners" {
  name = "Owner"
}

check "few_owners" {
  assert {
    condition     = length(data.datastack_dbtcloud_group.owners.members) <= 5
    error_message = "The dbt Cloud account has more than five owners."
  }
}

data "datastack_dbtcloud_group" "owners" {
  name = "Owner"
}

check "few_owners" {
  assert {
    condition     = length(data.datastack_dbtcloud_group.owners.members) <= 5
    error_message = "More than five people own the dbt Cloud account."
  }
}

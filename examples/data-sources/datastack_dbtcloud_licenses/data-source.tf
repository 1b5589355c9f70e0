# Stop before somebody is invited for whom there is no developer licence.
data "datastack_dbtcloud_licenses" "now" {
  lifecycle {
    postcondition {
      condition     = try(self.licenses["developer"].available, 0) > 0
      error_message = "No developer licence is left in dbt Cloud."
    }
  }
}

output "over_limit" {
  value = [for type, seats in data.datastack_dbtcloud_licenses.now.licenses : type if seats.over_limit]
}

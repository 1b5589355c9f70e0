# Fail the plan if no developer license is available.
data "datastack_dbtcloud_licenses" "now" {
  lifecycle {
    postcondition {
      condition     = try(self.licenses["developer"].available, 0) > 0
      error_message = "dbt Cloud has no developer license available."
    }
  }
}

output "over_limit" {
  value = [for type, seats in data.datastack_dbtcloud_licenses.now.licenses : type if seats.over_limit]
}

# Everyone who administers a service, and what makes them an administrator.
data "datastack_grants" "administrators" {
  resource_types = ["account"]
  entitlements   = ["account_admin", "owner", "Account Administrator"]
}

output "administrators" {
  value = [for grant in data.datastack_grants.administrators.grants : "${coalesce(grant.email, grant.user_id)}: ${grant.entitlement} in ${grant.system} (${grant.via})"]
}

# Who can change the production warehouse in Fivetran, directly or through a team.
data "datastack_grants" "destinations" {
  systems                 = ["fivetran"]
  resource_types          = ["destination"]
  include_fivetran_groups = true
}

output "production" {
  value = [for grant in data.datastack_grants.destinations.grants : grant if grant.resource == "Warehouse_Production"]
}

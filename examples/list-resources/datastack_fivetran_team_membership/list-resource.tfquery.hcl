# Put this into a file that ends in .tfquery.hcl. Then write a resource and an
# import block for each membership:
#
#   terraform query -generate-config-out=memberships.tf
list "datastack_fivetran_team_membership" "all" {
  provider = datastack

  # The default limit is 100.
  limit            = 5000
  include_resource = true
}

# Put this into a file that ends in .tfquery.hcl. Then write a resource and an
# import block for each user:
#
#   terraform query -generate-config-out=people.tf
list "datastack_fivetran_user_invite" "people" {
  provider = datastack

  # The default limit is 100.
  limit            = 5000
  include_resource = true

  config {
    statuses = ["active", "invited"]
  }
}

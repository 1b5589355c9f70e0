# In a file that ends in .tfquery.hcl. "terraform query -generate-config-out=people.tf"
# then writes a resource and an import block for each person.
list "datastack_fivetran_user_invite" "people" {
  provider = datastack

  # Without it Terraform stops at 100.
  limit            = 5000
  include_resource = true

  config {
    statuses = ["active", "invited"]
  }
}

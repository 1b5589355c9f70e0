terraform {
  required_providers {
    datastack = {
      source  = "datastack-iam/datastack"
      version = "~> 0.1"
    }
  }
}

# You need settings only for the services you use. Keep tokens in the
# environment: tokens in configuration appear in plain text in saved plans.
provider "datastack" {
  dbtcloud = {
    account_id = 12345
    base_url   = "https://ab123.us1.dbt.com"
  }
}

data "datastack_dbtcloud_users" "developers" {
  license_types = ["developer"]
}

output "developers" {
  value = data.datastack_dbtcloud_users.developers.users[*].email
}

terraform {
  required_providers {
    datastack = {
      source = "datastack-iam/datastack"
    }
  }
}

# Every system is optional. Tokens belong in the environment (DBT_CLOUD_TOKEN,
# RUDDERSTACK_SCIM_TOKEN, FIVETRAN_APIKEY, FIVETRAN_APISECRET): a token written
# here stands in clear in saved plans.
provider "datastack" {
  dbtcloud = {
    account_id = 12345
    base_url   = "https://ab123.us1.dbt.com"
  }
}

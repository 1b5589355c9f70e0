// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudLicenses(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		c.reading(`
data "datastack_dbtcloud_licenses" "now" {}

locals {
  seats = data.datastack_dbtcloud_licenses.now.licenses
}

resource "terraform_data" "over" {
  input = [for type, seats in local.seats : type if seats.over_limit]
}`, expressions{
			`keys(local.seats)`:                            `["analyst", "developer", "explorer", "it", "read_only"]`,
			`local.seats.analyst`:                          `{"total": 1, "in_use": 2, "available": 0, "assigned": 2, "limited": true, "over_limit": true}`,
			`local.seats["it"].available`:                  `0`,
			`try(local.seats["contributor"].available, 0)`: `0`,
			`terraform_data.over.output`:                   `["analyst"]`,
		}),
		resource.TestStep{
			Config: c.config(`
data "datastack_dbtcloud_licenses" "now" {
  lifecycle {
    postcondition {
      condition     = self.licenses["it"].available > 0
      error_message = "No IT license is left."
    }
  }
}`),
			ExpectError: saying("No IT license is left."),
		},
	)

	// The form of the specification, and a license type of next year.
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":[{"contributor":{"limited":false,"total":null}}]}`})
	open(t, c.settings()).reads(t, "datastack_dbtcloud_licenses", `{}`, `{"licenses":{
		"contributor":{"total":null,"in_use":null,"available":null,"assigned":null,"limited":false,"over_limit":null}
	}}`)
}

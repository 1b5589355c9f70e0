// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudLicenseMaps(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_license_maps" "all" {}

resource "terraform_data" "license_by_group" {
  input = merge([
    for map in data.datastack_dbtcloud_license_maps.all.license_maps : { for group in map.sso_license_mapping_groups : group => map.license_type }
  ]...)
}`, expressions{
		`data.datastack_dbtcloud_license_maps.all.license_maps`: `[
			{"id": 601, "license_type": "developer", "sso_license_mapping_groups": ["idp-analytics-engineering", "idp-platform"]},
			{"id": 602, "license_type": "read_only", "sso_license_mapping_groups": ["idp-finance", "idp-marketing"]},
			{"id": 603, "license_type": "it", "sso_license_mapping_groups": ["idp-security"]}
		]`,
		`terraform_data.license_by_group.output["idp-security"]`: `"it"`,
	}))

	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":[],"extra":{"pagination":{"total_count":0}}}`})
	open(t, c.settings()).reads(t, "datastack_dbtcloud_license_maps", `{}`, `{"license_maps":[]}`)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudSCIMConfig(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.config(`data "datastack_dbtcloud_scim_config" "now" { enabled = true }`),
			ExpectError: saying("enabled"),
		},
		c.reading(`
data "datastack_dbtcloud_scim_config" "now" {}

resource "terraform_data" "loose" {
  input = data.datastack_dbtcloud_scim_config.now.enabled && data.datastack_dbtcloud_scim_config.now.manual_updates_allowed
}`, expressions{
			`data.datastack_dbtcloud_scim_config.now`: `{"enabled": true, "manual_updates_allowed": true, "scim_controlled_license_type": false}`,
			`terraform_data.loose.output`:             `true`,
		}),
	)

	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":{"enabled":false,"manual_updates_allowed":null}}`})
	open(t, c.settings()).reads(t, "datastack_dbtcloud_scim_config", `{}`, `{"enabled":false,"manual_updates_allowed":null,"scim_controlled_license_type":null}`)
	_, said := open(t, `{}`).read(t, "datastack_dbtcloud_scim_config", `{}`)
	expectSaid(t, said, "dbt Cloud Is Not Configured", "data source datastack_dbtcloud_scim_config needs it", "DBT_CLOUD_TOKEN")
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudSCIMTokens(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_scim_tokens" "all" {}

resource "terraform_data" "unused" {
  input = [for token in data.datastack_dbtcloud_scim_tokens.all.scim_tokens : token.name if token.last_used == null]
}`, expressions{
		`data.datastack_dbtcloud_scim_tokens.all.scim_tokens`: `[
			{"id": 801, "name": "okta", "created_at": "2024-01-01T07:00:00.001000Z", "last_used": "2026-10-27T09:26:14.222482Z"},
			{"id": 802, "name": "okta before the move", "created_at": "2024-01-11T17:10:10.080190Z", "last_used": null}
		]`,
		`terraform_data.unused.output`: `["okta before the move"]`,
	}))

	c.Inject(sandbox.Fault{Status: http.StatusForbidden, Times: 1})
	_, said := open(t, c.settings()).read(t, "datastack_dbtcloud_scim_tokens", `{}`)
	expectSaid(t, said, "ERROR", "Unable to List dbt Cloud SCIM Tokens", "403 Forbidden", "Account Viewer")

	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":[],"extra":{"pagination":{"total_count":0}}}`})
	open(t, c.settings()).reads(t, "datastack_dbtcloud_scim_tokens", `{}`, `{"scim_tokens":[]}`)
}

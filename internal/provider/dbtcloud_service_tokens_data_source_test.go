// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudServiceTokens(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_service_tokens" "all" {}

resource "terraform_data" "administrators" {
  input = [
    for token in data.datastack_dbtcloud_service_tokens.all.service_tokens : token.name
    if contains(token.grants[*].permission_set, "account_admin")
  ]
}`, expressions{
		`data.datastack_dbtcloud_service_tokens.all.service_tokens`: `[
			{
				"id": 701, "uid": "dbtu_48201937", "name": "terraform", "created_at": "2024-01-01T07:00:00.001000Z", "last_used": "2026-10-28T10:33:27.230401Z",
				"grants": [{"permission_set": "account_viewer", "project_id": null, "all_projects": true}]
			},
			{
				"id": 702, "uid": "dbtu_48201938", "name": "airflow", "created_at": "2024-01-11T17:10:10.080190Z", "last_used": "2026-10-27T09:26:14.222482Z",
				"grants": [{"permission_set": "job_admin", "project_id": 501, "all_projects": false}, {"permission_set": "job_runner", "project_id": 502, "all_projects": false}]
			},
			{
				"id": 703, "uid": "dbtu_48201939", "name": "legacy deploy", "created_at": "2024-01-21T15:20:20.159380Z", "last_used": null,
				"grants": [{"permission_set": "account_admin", "project_id": null, "all_projects": true}]
			}
		]`,
		`terraform_data.administrators.output`: `["legacy deploy"]`,
	}))
	c.ForgetRequests()

	p := open(t, c.settings())
	for range 2 {
		if _, said := p.read(t, "datastack_dbtcloud_service_tokens", `{}`); said != "" {
			t.Errorf("said %s", said)
		}
	}
	if got := c.Count("", ""); got != 1 {
		t.Errorf("got %d requests for two readings, want 1 and none per token", got)
	}

	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{
		"data":[{"id":1,"token_string":"dbtc_secret"},{"id":2,"permission_grants":[]}],"extra":{"pagination":{"total_count":2}}
	}`})
	open(t, c.settings()).reads(t, "datastack_dbtcloud_service_tokens", `{}`, `{"service_tokens":[
		{"id":1,"uid":null,"name":null,"created_at":null,"last_used":null,"grants":null},
		{"id":2,"uid":null,"name":null,"created_at":null,"last_used":null,"grants":[]}
	]}`)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudInvites(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_invites" "all" {}

data "datastack_dbtcloud_invites" "open" {
  statuses = ["pending", "pending_verification", "verified_sso"]
}

data "datastack_dbtcloud_invites" "nothing" {
  statuses = []
}

resource "terraform_data" "expired" {
  input = [for invite in data.datastack_dbtcloud_invites.all.invites : invite.email if invite.status == "expired"]
}`, expressions{
		`[for invite in data.datastack_dbtcloud_invites.all.invites : "${invite.id} ${invite.status} ${invite.type}"]`: `[
			"3001 pending standard", "3002 expired standard", "3003 redeemed standard", "3004 redeemed scim", "3005 pending_verification scim", "3006 verified_sso standard"
		]`,
		`data.datastack_dbtcloud_invites.all.invites[0]`: `{
			"id": 3001, "email": "dana.levy@brightloop.example", "license_type": "developer", "status": "pending", "type": "standard",
			"group_ids": [208], "created_at": "2026-01-01T07:00:00.001000Z", "redeemed_at": null
		}`,
		`[for invite in data.datastack_dbtcloud_invites.all.invites : invite.id if invite.redeemed_at != null]`: `[3003, 3004]`,
		`data.datastack_dbtcloud_invites.open.invites[*].id`:                                                    `[3001, 3005, 3006]`,
		`data.datastack_dbtcloud_invites.nothing.invites`:                                                       `[]`,
		`terraform_data.expired.output`:                                                                         `["finn.walsh@brightloop.example"]`,
	}))
}

func TestDBTCloudInvitesOfAnotherKind(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":[
		{"id":10,"email_address":"Later@northwind.example","license_type":"explorer_plus","status":6,"type":"api","group_ids":[12,3]},
		{"id":9,"email_address":null,"license_type":null,"status":null,"type":null,"group_ids":null,"created_at":null,"redeemed_at":null}
	],"extra":{"pagination":{"total_count":2}}}`})
	p := open(t, c.settings())
	const unknown = `{"id":10,"email":"Later@northwind.example","license_type":"explorer_plus","status":"6","type":"api","group_ids":[3,12],"created_at":null,"redeemed_at":null}`
	p.reads(t, "datastack_dbtcloud_invites", `{}`, `{"statuses":null,"invites":[
		{"id":9,"email":null,"license_type":null,"status":null,"type":null,"group_ids":[],"created_at":null,"redeemed_at":null}, `+unknown+`]}`)
	p.reads(t, "datastack_dbtcloud_invites", `{"statuses":["6"]}`, `{"statuses":["6"],"invites":[`+unknown+`]}`)
	if got := c.Count(http.MethodGet, ""); got != 1 {
		t.Errorf("got %d requests for two readings, want 1", got)
	}
}

// TestDBTCloudAccountFailures reads the errors of a token that is not allowed to
// read, to which dbt Cloud answers in two ways.
func TestDBTCloudAccountFailures(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ summary, path string }{
		"datastack_dbtcloud_invites":        {summary: "Unable to List dbt Cloud Invites", path: "/api/v2/accounts/12345/invites/"},
		"datastack_dbtcloud_license_maps":   {summary: "Unable to List dbt Cloud License Maps", path: "/api/v3/accounts/12345/license-maps/"},
		"datastack_dbtcloud_licenses":       {summary: "Unable to Read dbt Cloud Licenses", path: "/api/v2/accounts/12345/licenses/"},
		"datastack_dbtcloud_scim_config":    {summary: "Unable to Read dbt Cloud SCIM Configuration", path: "/api/v3/accounts/12345/scim-config/"},
		"datastack_dbtcloud_service_tokens": {summary: "Unable to List dbt Cloud Service Tokens", path: "/api/v3/accounts/12345/service-tokens/"},
	} {
		for _, status := range []int{http.StatusForbidden, http.StatusNotFound} {
			t.Run(name+" "+http.StatusText(status), func(t *testing.T) {
				t.Parallel()
				c := newCompany(t, sandbox.Options{})
				c.Inject(sandbox.Fault{Status: status})
				_, said := open(t, c.settings()).read(t, name, `{}`)
				expectSaid(t, said, "ERROR", want.summary, http.StatusText(status), "(GET "+c.url+want.path, "permission set Account Viewer")
			})
		}
	}
}

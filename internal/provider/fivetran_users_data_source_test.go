// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.config(`data "datastack_fivetran_users" "x" { roles = ["Account Analyst", null] }`),
			ExpectError: saying(`Null`, `roles`),
		},
		c.reading(`
data "datastack_fivetran_users" "all" {}

data "datastack_fivetran_users" "emails" {
  emails = [" ZOE.akesson@NORTHWIND.example", "grace.thompson@northwind.example", "nobody@northwind.example"]
}

data "datastack_fivetran_users" "roles" {
  roles = ["ReadOnly", "Northwind Data Steward"]
}

data "datastack_fivetran_users" "invited" {
  statuses = ["invited"]
}

data "datastack_fivetran_users" "combined" {
  roles    = ["Account Analyst"]
  statuses = ["inactive"]
}

data "datastack_fivetran_users" "none" {
  emails = []
}

resource "terraform_data" "pending" {
  input = data.datastack_fivetran_users.invited.users[0].email
}

data "datastack_fivetran_users" "known_later" {
  emails = [terraform_data.pending.output]
}

locals {
  users = { for user in data.datastack_fivetran_users.all.users : user.id => user }
}`, expressions{
			`length(data.datastack_fivetran_users.all.users)`:                 `26`,
			`data.datastack_fivetran_users.all.users[1].id`:                   `"nozzle_eat"`,
			`data.datastack_fivetran_users.emails.users[*].given_name`:        `["Grace", "Zoë"]`,
			`data.datastack_fivetran_users.roles.users[*].id`:                 `["quartz_yawn", "harbor_knit"]`,
			`data.datastack_fivetran_users.invited.users[*].id`:               `["juniper_ask", "cinder_fold", "pillow_race"]`,
			`data.datastack_fivetran_users.combined.users[*].id`:              `["lantern_dig", "ribbon_climb"]`,
			`data.datastack_fivetran_users.none.users`:                        `[]`,
			`data.datastack_fivetran_users.known_later.users[*].logged_in_at`: `[null]`,
			`local.users["orchid_pace"].role`:                                 `null`,
			`local.users["bramble_toss"].family_name`:                         `null`,
			// Last in the list: it has no address to be sorted by.
			`data.datastack_fivetran_users.all.users[25]`: `{
				"id": "robot_stack", "email": null, "given_name": "Orchestrator", "family_name": null, "role": "Account Analyst",
				"status": "active", "active": true, "invited": false, "verified": true, "phone": null, "picture": null,
				"created_at": "2026-01-21T15:20:20.159380Z", "logged_in_at": null, "user_type": "SERVICE_ACCOUNT"
			}`,
			`local.users["copper_lean"]`: `{
				"id": "copper_lean", "email": "zoe.akesson@northwind.example", "given_name": "Zoë", "family_name": "Åkesson", "role": "Account Analyst",
				"status": "active", "active": true, "invited": false, "verified": true,
				"phone": "+46 8 123 456 78", "picture": "https://northwind.example/faces/zoe.png",
				"created_at": "2024-01-05T11:28:52.032676Z", "logged_in_at": "2026-02-01T11:16:04.222732Z", "user_type": null
			}`,
		}),
	)
}

// TestFivetranReadsEachListOnce counts the requests of everything together.
func TestFivetranReadsEachListOnce(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{People: 1100})
	p := open(t, c.settings())
	for _, ask := range [][2]string{
		{"datastack_fivetran_users", `{}`},
		{"datastack_fivetran_users", `{"statuses":["active"]}`},
		{"datastack_fivetran_user", `{"id":"gravel_hum"}`},
		{"datastack_fivetran_user", `{"email":"person.01015@northwind.example"}`},
		{"datastack_fivetran_teams", `{}`},
		{"datastack_fivetran_teams", `{"names":["Analysts"]}`},
		{"datastack_fivetran_groups", `{}`},
		{"datastack_fivetran_roles", `{}`},
		{"datastack_fivetran_roles", `{"scope":"TEAM"}`},
		{"datastack_fivetran_account", `{}`},
		{"datastack_fivetran_account", `{}`},
	} {
		if _, said := p.read(t, ask[0], ask[1]); said != "" {
			t.Errorf("%s %s: got the message %s", ask[0], ask[1], said)
		}
	}
	// Two pages of users; five teams and three groups, each with a listing of its own.
	for path, want := range map[string]int{
		"/v1/users": 2, "/v1/roles": 1, "/v1/account/info": 1, "/v1/teams": 1 + 5, "/v1/groups": 1 + 3, "": 14,
	} {
		if got := c.Count(http.MethodGet, path); got != want {
			t.Errorf("got %d requests of %q, want %d", got, path, want)
		}
	}
}

func TestFivetranOfEmptyAccount(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"code":"Success","data":{"items":[]}}`})
	p := open(t, c.settings())
	p.reads(t, "datastack_fivetran_users", `{}`, `{"emails":null,"roles":null,"statuses":null,"users":[]}`)
	p.reads(t, "datastack_fivetran_teams", `{}`, `{"names":null,"include_members":null,"include_groups":null,"teams":[]}`)
	p.reads(t, "datastack_fivetran_groups", `{}`, `{"names":null,"include_members":null,"groups":[]}`)
	p.reads(t, "datastack_fivetran_roles", `{}`, `{"scope":null,"roles":[]}`)
	_, said := p.read(t, "datastack_fivetran_user", `{"email":"ada@northwind.example"}`)
	expectSaid(t, said, `ERROR at AttributeName("email"): Fivetran User Not Found`, "Searched 0 users")
}

// TestFivetranRefusals reads which scope the errors name.
func TestFivetranRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, arguments, path, want string }{
		{name: "users", arguments: `{}`, path: "/v1/users", want: "USER:READ"},
		{name: "user", arguments: `{"id":"gravel_hum"}`, path: "/v1/users", want: "USER:READ"},
		{name: "user", arguments: `{"email":"ada@northwind.example"}`, path: "/v1/users", want: "USER:READ"},
		{name: "roles", arguments: `{}`, path: "/v1/roles", want: "ROLES:READ"},
		{name: "teams", arguments: `{}`, path: "/v1/teams", want: "TEAM:READ"},
		{name: "teams", arguments: `{}`, path: "/v1/teams/calm_otter/users", want: "TEAM:READ"},
		{name: "teams", arguments: `{}`, path: "/v1/users", want: "USER:READ"},
		{name: "groups", arguments: `{}`, path: "/v1/groups", want: "DESTINATION:READ"},
		{name: "groups", arguments: `{}`, path: "/v1/groups/ample_lichen/users", want: "DESTINATION:READ"},
		{name: "account", arguments: `{}`, path: "/v1/account", want: "ACCOUNT:READ"},
	} {
		t.Run(test.name+test.path, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{PathPrefix: test.path, Status: http.StatusForbidden})
			_, said := open(t, c.settings()).read(t, "datastack_fivetran_"+test.name, test.arguments)
			expectSaid(t, said, "ERROR", "403 Forbidden (Forbidden)", "Required permission", "(GET "+c.url+test.path, "Give a system key the scope "+test.want+".")
		})
	}
}

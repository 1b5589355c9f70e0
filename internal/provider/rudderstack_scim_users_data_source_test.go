// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// expectOnlyGET checks that nothing arrived that could change anything.
func (c *company) expectOnlyGET(t *testing.T) {
	t.Helper()
	if all := c.Count("", ""); all == 0 || all != c.Count(http.MethodGet, "") {
		t.Errorf("got %d requests, %d of them GET, want GET alone", all, c.Count(http.MethodGet, ""))
	}
}

func TestRudderStackSCIMUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{SCIMPageCap: 10})
	runSteps(t,
		resource.TestStep{
			Config:      strings.Replace(c.config(`data "datastack_rudderstack_scim_users" "x" {}`), sandbox.SCIMToken, "wrong", 1),
			ExpectError: saying(`Unable to List RudderStack SCIM Users`, `401 Unauthorized`, "Check that `rudderstack.scim_token` is right and not revoked", "`rudderstack.scim_base_url`, which is "+c.url, `organization-level`),
		},
		c.reading(`
data "datastack_rudderstack_scim_users" "all" {}

locals {
  users  = data.datastack_rudderstack_scim_users.all.users
  called = { for user in local.users : split("@", lower(user.user_name))[0] => user }
}

resource "terraform_data" "groups" {
  input = distinct(flatten(local.users[*].groups[*].display_name))
}`, expressions{
			`length(local.users)`: `32`,
			`jsonencode([for user in local.users : lower(user.user_name)]) == jsonencode(sort([for user in local.users : lower(user.user_name)]))`: `true`,
			`sort(terraform_data.groups.output)`: `["Analysts", "Analytics Engineering", "Data Platform", "Finance & \"Legal\""]`,
			// The service writes his booleans as text, and leaves his names and groups out.
			`local.called["jonas.weber"]`: `{
				"id": "2QFzW6nHqVXEelCUvL02MYkxGxZ", "user_name": "jonas.weber@northwind.example", "external_id": "00uzW6nHqVXEelCUvL02",
				"display_name": "Jonas Weber", "given_name": null, "family_name": null, "active": true, "status": "active",
				"email": "jonas.weber@northwind.example", "emails": ["jonas.weber@northwind.example"], "created_at": "2025-01-02T08:07:13.008919Z",
				"groups": [{"id": "2AmMdIRmg2om43VVow7iysngdEC", "display_name": "Data Platform"}]
			}`,
			`[local.called["oliver.schmidt"].active, local.called["oliver.schmidt"].status]`:                                                   `[false, "inactive"]`,
			`[local.called["laura.bianchi"].active, local.called["laura.bianchi"].status]`:                                                     `[false, "inactive"]`,
			`[local.called["emily.clark"].active, local.called["emily.clark"].status]`:                                                         `[null, null]`,
			`[local.called["zoe.akesson"].given_name, local.called["zoe.akesson"].family_name]`:                                                `["Zoë", "Åkesson"]`,
			`[local.called["aisha.rahman"].display_name, local.called["aisha.rahman"].external_id, local.called["aisha.rahman"].email]`:        `[null, null, "aisha.rahman@northwind.example"]`,
			`[local.called["noah.bergstroem"].email, length(local.called["noah.bergstroem"].emails)]`:                                          `["noah.bergstroem@northwind.example", 2]`,
			`[local.called["svc-warehouse-sync"].email, local.called["svc-warehouse-sync"].emails, local.called["svc-warehouse-sync"].groups]`: `[null, null, []]`,
			// Both the user and the group name it.
			`local.called["carlos.fernandez"].groups[*].display_name`: `["Analytics Engineering"]`,
			// Only the group names it.
			`local.called["kwame.mensah"].groups[*].display_name`: `["Analysts"]`,
		}),
	)
	c.expectOnlyGET(t)
}

func TestRudderStackSCIMUsersFilters(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_rudderstack_scim_users" "user_names" {
  user_names = [" YUKI.sato@northwind.example ", "svc-warehouse-sync", "nobody@northwind.example"]
}

data "datastack_rudderstack_scim_users" "active" {
  active = true
}

data "datastack_rudderstack_scim_users" "inactive" {
  active = false
}

data "datastack_rudderstack_scim_users" "combined" {
  user_names = ["oliver.schmidt@northwind.example", "yuki.sato@northwind.example", "emily.clark@northwind.example"]
  active     = true
}

data "datastack_rudderstack_scim_users" "empty" {
  user_names = []
}

resource "terraform_data" "wanted" {
  input = "lin.chen@northwind.example"
}

data "datastack_rudderstack_scim_users" "known_later" {
  user_names = [terraform_data.wanted.output]
}`, expressions{
		`data.datastack_rudderstack_scim_users.user_names.users[*].user_name`:     `["svc-warehouse-sync", "yuki.sato@northwind.example"]`,
		`length(data.datastack_rudderstack_scim_users.active.users)`:              `27`,
		`data.datastack_rudderstack_scim_users.inactive.users[*].display_name`:    `["Ivan Petrov", "Kofi Boateng", "Laura Bianchi", "Oliver Schmidt"]`,
		`data.datastack_rudderstack_scim_users.combined.users[*].display_name`:    `["Yuki Sato"]`,
		`data.datastack_rudderstack_scim_users.empty.users`:                       `[]`,
		`data.datastack_rudderstack_scim_users.known_later.users[0].display_name`: `"Lin Chen"`,
	}))
}

func TestRudderStackReadsEachListOnce(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{SCIMPageCap: 10})
	p := open(t, c.settings())
	if got := c.Count("", ""); got != 0 {
		t.Errorf("got %d requests before anything was read", got)
	}
	for range 2 {
		for _, name := range []string{"datastack_rudderstack_scim_users", "datastack_rudderstack_scim_groups"} {
			if _, said := p.read(t, name, `{}`); said != "" {
				t.Errorf("%s: got the message %s", name, said)
			}
		}
		for name, arguments := range map[string]string{
			"datastack_rudderstack_scim_user":  `{"user_name":"mei.tanaka@northwind.example"}`,
			"datastack_rudderstack_scim_group": `{"display_name":"Contractors"}`,
		} {
			if _, said := p.read(t, name, arguments); said != "" {
				t.Errorf("%s: got the message %s", name, said)
			}
		}
	}
	// A list ends where a page brings nothing new: one page more than there are rows for.
	for path, want := range map[string]int{"/scim/v2/Users": 5, "/scim/v2/Groups": 2, "": 7} {
		if got := c.Count(http.MethodGet, path); got != want {
			t.Errorf("got %d requests of %q, want %d", got, path, want)
		}
	}
}

// TestRudderStackSCIMOfEmptyOrganization meets a service that leaves Resources
// out where there are none.
func TestRudderStackSCIMOfEmptyOrganization(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0}`})
	p := open(t, c.settings())
	p.reads(t, "datastack_rudderstack_scim_users", `{}`, `{"user_names":null,"active":null,"include_groups":null,"users":[]}`)
	p.reads(t, "datastack_rudderstack_scim_groups", `{}`, `{"display_names":null,"include_members":null,"groups":[]}`)
	_, said := p.read(t, "datastack_rudderstack_scim_user", `{"user_name":"ada@northwind.example"}`)
	expectSaid(t, said, `ERROR at AttributeName("user_name"): RudderStack SCIM User Not Found`, "Searched 0 users in "+c.url+"/scim/v2.")
}

// TestRudderStackWithoutGroups meets organizations whose SCIM service knows
// users only.
func TestRudderStackWithoutGroups(t *testing.T) {
	t.Parallel()
	for status, hint := range map[int]string{
		http.StatusForbidden:      "SCIM API has no groups yet",
		http.StatusNotFound:       "not every organization's SCIM API has groups yet",
		http.StatusNotImplemented: "not every organization's SCIM API has groups yet",
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: status})
			p := open(t, c.settings())
			for name, arguments := range map[string]string{
				"datastack_rudderstack_scim_users": `{"user_names":["amara.okafor@northwind.example"]}`,
				"datastack_rudderstack_scim_user":  `{"user_name":"amara.okafor@northwind.example"}`,
			} {
				state, said := p.read(t, name, arguments)
				expectSaid(t, said, "WARNING", "Unable to Read RudderStack SCIM Groups", "`groups` has only the groups that RudderStack returns with each user", http.StatusText(status), hint)
				if strings.Contains(said, "ERROR") || !strings.Contains(state, `"display_name":"Data Platform"`) {
					t.Errorf("%s: got %s and the message\n%s\nwant her own word on her group", name, state, said)
				}
			}
			state, _ := p.read(t, "datastack_rudderstack_scim_user", `{"user_name":"yuki.sato@northwind.example"}`)
			if !strings.Contains(state, `"groups":null`) {
				t.Errorf("got %s, want no word on groups", state)
			}
			for name, arguments := range map[string]string{
				"datastack_rudderstack_scim_groups": `{}`,
				"datastack_rudderstack_scim_group":  `{"display_name":"Contractors"}`,
			} {
				_, said := p.read(t, name, arguments)
				expectSaid(t, said, "ERROR", "RudderStack SCIM Group", http.StatusText(status), hint)
			}
		})
	}
}

func TestRudderStackFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault sandbox.Fault
		want  []string
	}{
		"HTML": {
			sandbox.Fault{Status: http.StatusOK, Body: "<html>Sign in</html>"},
			[]string{"200 OK", "Sign in", "`rudderstack.scim_base_url`", "not the API of this service"},
		},
		"not enabled": {
			sandbox.Fault{Status: http.StatusForbidden},
			[]string{"403 Forbidden", "SCIM is not enabled for this organization.", "workspace-level token"},
		},
		"another address": {
			sandbox.Fault{Status: http.StatusNotFound},
			[]string{"404 Not Found", "Check `rudderstack.scim_base_url`"},
		},
		"fault of the service": {
			sandbox.Fault{Status: http.StatusBadGateway, Body: "<html>Bad gateway</html>"},
			[]string{"502 Bad Gateway", "2 attempts", "Run again later. The service failed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(test.fault)
			_, said := open(t, c.settings()).read(t, "datastack_rudderstack_scim_users", `{}`)
			expectSaid(t, said, append([]string{"ERROR", "Unable to List RudderStack SCIM Users"}, test.want...)...)
			expectSaid(t, said, "(GET "+c.url+"/scim/v2/")
		})
	}
}

// TestRudderStackSCIMUsersWithoutGroups asks nothing of groups.
func TestRudderStackSCIMUsersWithoutGroups(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusInternalServerError})
	state, said := open(t, c.settings()).read(t, "datastack_rudderstack_scim_users", `{"include_groups":false}`)
	users := resultOf[struct {
		Users []struct{ Groups []any }
	}](t, state).Users
	if said != "" || len(users) == 0 || c.Count("", "/scim/v2/Groups") != 0 {
		t.Errorf("got %d users, the message %q and %d requests for groups, want users alone", len(users), said, c.Count("", "/scim/v2/Groups"))
	}
	for _, user := range users {
		if user.Groups != nil {
			t.Errorf("got groups %v, want null", user.Groups)
		}
	}
}

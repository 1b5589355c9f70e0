// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudGroup(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	group := func(arguments string) string {
		return c.config("data \"datastack_dbtcloud_group\" \"x\" {\n" + arguments + "\n}")
	}
	runSteps(t,
		resource.TestStep{Config: group(``), ExpectError: saying(`Exactly one of these attributes must be configured: [id,name]`)},
		resource.TestStep{Config: group("id = 201\nname = \"Owner\""), ExpectError: saying(`Exactly one of these attributes must be configured: [id,name]`)},
		resource.TestStep{Config: group(`name = ""`), ExpectError: saying(`name string length must be at least 1`)},
		resource.TestStep{
			Config:      group(`name = "Contractors"`),
			ExpectError: saying(`Several dbt Cloud Groups Found`, `name = "Contractors"`, `There are 2 dbt Cloud Groups with the name "Contractors". To look up one of them, set `, ` instead: "208", "209".`),
		},
		resource.TestStep{
			Config: group(`name = "owner"`),
			ExpectError: saying(`dbt Cloud Group Not Found`, `no dbt Cloud Group with the name "owner"`,
				`Searched 12 groups in account 12345 (`+c.url, `Did you mean "Owner"?`),
		},
		resource.TestStep{Config: group(`id = 198`), ExpectError: saying(`no dbt Cloud Group with the id "198"`)},
		c.reading(`
data "datastack_dbtcloud_group" "by_id" {
  id = 209
}

data "datastack_dbtcloud_group" "by_name" {
  name = "R&D \"Core\" + #1 \\ Ops"
}

data "datastack_dbtcloud_group" "bare" {
  name            = "Analytics Engineering"
  include_members = false
}

resource "terraform_data" "name" {
  input = "Owner"
}

data "datastack_dbtcloud_group" "known_later" {
  name = terraform_data.name.output
}`, expressions{
			`data.datastack_dbtcloud_group.by_id`: `{
				"id": 209, "name": "Contractors", "include_members": null, "assign_by_default": false, "scim_managed": false,
				"member_count": 1, "sso_mapping_groups": [],
				"permissions": [{"permission_set": "readonly", "project_id": 503, "all_projects": false, "writable_environment_categories": []}],
				"members": [{"id": 4764, "email": "kofi.boateng@brightloop.example", "status": "active", "license_type": "read_only"}]
			}`,
			`data.datastack_dbtcloud_group.by_name.id`:                        `210`,
			`data.datastack_dbtcloud_group.by_name.permissions[*].project_id`: `[501, 502]`,
			`data.datastack_dbtcloud_group.by_name.members[*].email`:          `["mei.tanaka@northwind.example", "priya.natarajan@northwind.example"]`,
			`data.datastack_dbtcloud_group.bare.members == null`:              `true`,
			`data.datastack_dbtcloud_group.bare.scim_managed`:                 `true`,
			`data.datastack_dbtcloud_group.bare.sso_mapping_groups`:           `["idp-analytics-engineering"]`,
			`data.datastack_dbtcloud_group.known_later.members[*].id`:         `[4101, 4118, 4577]`,
			`data.datastack_dbtcloud_group.known_later.member_count`:          `3`,
		}),
	)
}

// TestDBTCloudGroupCountsOtherMembers has dbt Cloud count members that no
// user is.
func TestDBTCloudGroupCountsOtherMembers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: dbtcloudGroupsPath, Status: http.StatusOK, Body: `{"data":[
		{"id":208,"name":"Contractors","member_count":3},
		{"id":204,"name":"Analytics Engineering","member_count":11},
		{"id":209,"name":"Contractors","member_count":null}
	],"extra":{"pagination":{"total_count":3}}}`})
	p := open(t, c.settings())
	state, said := p.read(t, "datastack_dbtcloud_group", `{"id":208}`)
	expectSaid(t, said, "WARNING", "dbt Cloud Group Member Counts Differ", "`members` lists those users", `- "Contractors" (id 208): dbt Cloud counts 3, found 2`)
	if !sameJSON(state, `{
		"id": 208, "name": "Contractors", "include_members": null, "assign_by_default": null, "scim_managed": null, "member_count": 3,
		"sso_mapping_groups": [], "permissions": [], "members": [
			{"id": 4696, "email": "max.hoffmann@brightloop.example", "status": "active", "license_type": "developer"},
			{"id": 4747, "email": "olga.ivanova@brightloop.example", "status": "active", "license_type": "developer"}
		]}`) {
		t.Errorf("got the group %s", state)
	}
	_, said = p.read(t, "datastack_dbtcloud_groups", `{}`)
	expectSaid(t, said, "WARNING", `(id 204): dbt Cloud counts 11, found 9`, `(id 208): dbt Cloud counts 3, found 2`)
	for _, quiet := range []string{`{"id":209}`, `{"id":208,"include_members":false}`} {
		if _, said = p.read(t, "datastack_dbtcloud_group", quiet); said != "" {
			t.Errorf("%s: got the message\n%s\nwant none", quiet, said)
		}
	}
}

func TestDBTCloudGroupWithoutMembersReadsNoUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := open(t, c.settings())
	for name, arguments := range map[string]string{"datastack_dbtcloud_group": `{"id":201,"include_members":false}`, "datastack_dbtcloud_groups": `{"include_members":false}`} {
		if _, said := p.read(t, name, arguments); said != "" {
			t.Errorf("%s: got the message %s", name, said)
		}
	}
	if got := c.Count("", ""); got != 1 || c.Count(http.MethodGet, dbtcloudGroupsPath) != 1 {
		t.Errorf("got the requests %v, want the one for the groups", c.Requests())
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestRudderStackSCIMGroup(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	group := func(arguments string) string {
		return c.config("data \"datastack_rudderstack_scim_group\" \"x\" {\n" + arguments + "\n}")
	}
	runSteps(t,
		resource.TestStep{Config: group(``), ExpectError: saying(`Exactly one of these attributes must be configured: [id,display_name]`)},
		resource.TestStep{Config: group("id = \"a\"\ndisplay_name = \"b\""), ExpectError: saying(`Exactly one of these attributes must be configured: [id,display_name]`)},
		resource.TestStep{Config: group(`display_name = ""`), ExpectError: saying(`display_name string length must be at least 1`)},
		resource.TestStep{
			Config: group(`display_name = "Analysts"`),
			ExpectError: regexp.MustCompile(`(?s)Several RudderStack SCIM Groups Found.*There\s+are\s+2\s.*the\s+display_name\s+"Analysts"\.\s+` +
				`To\s+look\s+up\s+one\s+of\s+them,\s+set\s+.id.\s+instead:\s+"2[0-9A-Za-z]{26}",\s+"2[0-9A-Za-z]{26}"\.`),
		},
		resource.TestStep{
			Config: group(`display_name = "contractor"`),
			ExpectError: saying(`RudderStack SCIM Group Not Found`, `no RudderStack SCIM Group with the display_name "contractor".`,
				`Searched 6 groups in `+c.url+`/scim/v2.`, `Did you mean "Contractors"?`),
		},
		resource.TestStep{Config: group(`id = "2AAA"`), ExpectError: saying(`no RudderStack SCIM Group with the id "2AAA".`, `Searched 6 groups`)},
		c.reading(`
data "datastack_rudderstack_scim_group" "by_name" {
  display_name = "Finance & \"Legal\""
}

data "datastack_rudderstack_scim_group" "by_id" {
  id = data.datastack_rudderstack_scim_group.by_name.id
}

data "datastack_rudderstack_scim_group" "empty" {
  display_name = "Contractors"
}

data "datastack_rudderstack_scim_group" "bare" {
  display_name    = "Data Platform"
  include_members = false
}

resource "terraform_data" "name" {
  input = "Data Platform"
}

data "datastack_rudderstack_scim_group" "known_later" {
  display_name = terraform_data.name.output
}`, expressions{
			`data.datastack_rudderstack_scim_group.by_id.external_id`: `null`,
			`{ for member in data.datastack_rudderstack_scim_group.by_id.members : member.display => [member.type, member.user_name] }`: `{
				"Emily Clark": ["User", "emily.clark@northwind.example"], "Noah Bergström": ["User", "noah.bergstroem@northwind.example"],
				"Yuki Sato": ["User", "yuki.sato@northwind.example"], "Analysts": ["Group", null]
			}`,
			`data.datastack_rudderstack_scim_group.empty.members`:                          `[]`,
			`data.datastack_rudderstack_scim_group.bare.members == null`:                   `true`,
			`data.datastack_rudderstack_scim_group.bare.external_id`:                       `"idp-platform"`,
			`sort(data.datastack_rudderstack_scim_group.known_later.members[*].user_name)`: `["amara.okafor@northwind.example", "jonas.weber@northwind.example", "tomasz.nowak@northwind.example"]`,
		}),
	)
	c.expectOnlyGET(t)
}

func TestRudderStackSCIMGroupWithoutMembersReadsNoUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := open(t, c.settings())
	for name, arguments := range map[string]string{
		"datastack_rudderstack_scim_group":  `{"display_name":"Data Platform","include_members":false}`,
		"datastack_rudderstack_scim_groups": `{"include_members":false}`,
	} {
		if _, said := p.read(t, name, arguments); said != "" {
			t.Errorf("%s: got the message %s", name, said)
		}
	}
	if got := c.Count(http.MethodGet, "/scim/v2/Users"); got != 0 {
		t.Errorf("got %d requests for users, want none", got)
	}
	for _, request := range c.Requests() {
		if got := request.Query.Get("excludedAttributes"); got != "members" {
			t.Errorf("%s: got excludedAttributes %q, want members", request.Path, got)
		}
	}
}

// TestRudderStackSCIMGroupUnknownMembers has a service that never lists members,
// which is not the same as one that says that there are none.
func TestRudderStackSCIMGroupUnknownMembers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: "/scim/v2/Groups/g1", Status: http.StatusOK, Body: `{"id":"g1","displayName":"One"}`})
	c.Inject(sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusOK, Body: `{"totalResults":1,"Resources":[{"id":"g1","displayName":"One"}]}`})
	p := open(t, c.settings())
	p.reads(t, "datastack_rudderstack_scim_groups", `{}`, `{"display_names":null,"include_members":null,"groups":[
		{"id":"g1","display_name":"One","external_id":null,"members":null}]}`)
	p.reads(t, "datastack_rudderstack_scim_group", `{"id":"g1"}`, `{"id":"g1","display_name":"One","external_id":null,"include_members":null,"members":null}`)
}

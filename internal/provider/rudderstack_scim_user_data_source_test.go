// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestRudderStackSCIMUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	refused := func(arguments string, want ...string) resource.TestStep {
		return resource.TestStep{Config: c.config("data \"datastack_rudderstack_scim_user\" \"x\" {\n" + arguments + "\n}"), ExpectError: saying(want...)}
	}
	runSteps(t,
		refused(``, `Exactly one of these attributes must be configured: [id,user_name]`),
		refused("id = \"a\"\nuser_name = \"b\"", `Exactly one of these attributes must be configured: [id,user_name]`),
		refused(`user_name = ""`, `user_name string length must be at least 1`),
		refused(`id = ""`, `id string length must be at least 1`),
		refused(`user_name = "max.hofmann@brightloop.example"`,
			`RudderStack SCIM User Not Found`, `user_name = "max.hofmann@brightloop.example"`,
			`There is no RudderStack SCIM User with the user_name "max.hofmann@brightloop.example".`,
			`Searched 32 users in `+c.url+`/scim/v2.`, `Did you mean "max.hoffmann@brightloop.example"?`),
		refused(`id = "../Groups"`, `no RudderStack SCIM User with the id "../Groups"`),
		c.reading(`
data "datastack_rudderstack_scim_user" "by_name" {
  user_name = " AMARA.okafor@northwind.example"
}

data "datastack_rudderstack_scim_user" "by_id" {
  id = data.datastack_rudderstack_scim_user.by_name.id
}

resource "terraform_data" "name" {
  input = "george.o'brien@northwind.example"
}

data "datastack_rudderstack_scim_user" "known_later" {
  user_name = terraform_data.name.output
}

data "datastack_rudderstack_scim_user" "robot" {
  user_name = "svc-warehouse-sync"
}`, expressions{
			`data.datastack_rudderstack_scim_user.by_id`: `{
				"id": "2BLsP9a9NE1Yqn2RQX0ydDubv6b", "user_name": "amara.okafor@northwind.example", "external_id": "00usP9a9NE1Yqn2RQX0y",
				"display_name": "Amara Okafor", "given_name": null, "family_name": null, "active": true, "status": "active",
				"email": "amara.okafor@northwind.example", "emails": ["amara.okafor@northwind.example"], "created_at": "2025-01-01T07:00:00.001000Z",
				"groups": [{"id": "2AmMdIRmg2om43VVow7iysngdEC", "display_name": "Data Platform"}]
			}`,
			`data.datastack_rudderstack_scim_user.known_later.family_name`: `"O'Brien"`,
			`data.datastack_rudderstack_scim_user.robot.emails == null`:    `true`,
		}),
	)
	c.expectOnlyGET(t)
}

// TestRudderStackSCIMUserNameIsQuoted sends a name that means something in a
// filter and in an address.
func TestRudderStackSCIMUserNameIsQuoted(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	_, said := open(t, c.settings()).read(t, "datastack_rudderstack_scim_user", `{"user_name":"R&D + #1 \"ä\" \\ or 1 eq 1"}`)
	expectSaid(t, said, `ERROR at AttributeName("user_name"): RudderStack SCIM User Not Found`, `"R&D + #1 \"ä\" \\ or 1 eq 1"`, "Searched 32 users")
	if got, want := c.Requests()[0].Query.Get("filter"), `userName eq "R&D + #1 \"ä\" \\ or 1 eq 1"`; got != want {
		t.Errorf("got the filter %s, want %s", got, want)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

const identitiesType = "datastack_identities"

func TestIdentities(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.config(`data "datastack_identities" "x" { systems = [] }`),
			ExpectError: saying(`systems list must contain at least 1 elements`),
		},
		resource.TestStep{
			Config:      c.config(`data "datastack_identities" "x" { systems = ["fivetran", "looker"] }`),
			ExpectError: saying(`systems[1] value must be one of: ["dbtcloud" "fivetran" "rudderstack"]`, `"looker"`),
		},
		resource.TestStep{
			Config:      c.config(`data "datastack_identities" "x" { email_aliases = { "a@x.example" = null } }`),
			ExpectError: saying(`Null`, `email_aliases`),
		},
		c.reading(`
data "datastack_identities" "all" {}

data "datastack_identities" "some" {
  systems = ["rudderstack", "dbtcloud"]
  emails  = [" MAX@home.example", "Grace.Thompson@northwind.example", "raj.patel@northwind.example", "nobody@northwind.example"]
  email_aliases = {
    "Max@home.example"            = "max.hoffmann@brightloop.example"
    "raj.patel@northwind.example" = "Lin.Chen@northwind.example"
  }
}

resource "terraform_data" "address" {
  input = "julia.costa@brightloop.example"
}

data "datastack_identities" "known_later" {
  emails = [terraform_data.address.output]
}

locals {
  all    = data.datastack_identities.all
  some   = data.datastack_identities.some
  people = { for person in local.all.people : split("@", person.email)[0] => person }
}`, expressions{
			`length(local.all.people)`: `43`,
			`local.all.people[*].email == sort(distinct([for person in local.all.people : lower(person.email)]))`: `true`,
			`length([for person in local.all.people : person if length(person.systems) == 3])`:                    `22`,
			`[for user in local.all.unmatched : [user.system, user.name]]`: `[
				["fivetran", "Alerts"], ["fivetran", "Orchestrator"], ["rudderstack", "Warehouse Sync"]
			]`,
			`local.people["max.hoffmann"]`: `{
				"email": "max.hoffmann@brightloop.example", "name": "Max Hoffmann", "systems": ["dbtcloud", "fivetran", "rudderstack"],
				"dbtcloud": {
					"id": 4696, "status": "active", "status_detail": null, "license_type": "developer",
					"created_at": "2024-02-08T18:05:35.278165Z", "last_login": "2026-02-08T10:45:15.515485Z", "apitoken_last_used": null,
					"groups": ["Everyone", "Analytics Engineering", "Contractors"]
				},
				"rudderstack": {
					"id": "2ukwYYD8ROu6C1lO4uQWPfZ8w3L", "status": "active", "external_id": "00uwYYD8ROu6C1lO4uQW",
					"created_at": "2025-02-01T11:16:04.222732Z", "groups": [], "all_groups": []
				},
				"fivetran": {
					"id": "tunnel_bake", "status": "active", "status_detail": null, "created_at": "2024-01-21T15:20:20.159380Z", "last_login": "2026-06-01T15:20:20.119660Z",
					"role": "Account Reviewer", "effective_roles": ["Account Reviewer"], "teams": ["Contractors \"EU\" & more"], "groups": null
				}
			}`,
			// Invited to two services, and not in the third.
			`local.people["ella.strand"]`: `{
				"email": "ella.strand@brightloop.example", "name": "Ella Strand", "systems": ["dbtcloud", "fivetran"],
				"dbtcloud": {
					"id": null, "status": "invited", "status_detail": "invite_pending", "license_type": "developer",
					"created_at": "2026-01-26T08:55:25.198975Z", "last_login": null, "apitoken_last_used": null, "groups": null
				},
				"rudderstack": null,
				"fivetran": {
					"id": "juniper_ask", "status": "invited", "status_detail": "invite_pending", "created_at": "2024-01-23T17:34:46.175218Z", "last_login": null,
					"role": "Account Reviewer", "effective_roles": ["Account Reviewer"], "teams": [], "groups": null
				}
			}`,
			`local.people["emily.clark"].rudderstack.status == null`: `true`,
			// In a group that has another in it, and in one that has the former in it.
			`[for name in ["emily.clark", "kwame.mensah"] : [local.people[name].rudderstack.groups, local.people[name].rudderstack.all_groups]]`: `[
				[["Finance & \"Legal\""], ["Analysts", "Finance & \"Legal\""]],
				[["Analysts"], ["Analysts", "Finance & \"Legal\""]]
			]`,
			// An administrator through a team.
			`[local.people["chloe.dubois"].fivetran.role, local.people["chloe.dubois"].fivetran.effective_roles]`: `["Account Reviewer", ["Account Administrator", "Account Reviewer"]]`,
			`[for name in ["ivan.petrov", "nadia.haddad"] : [local.people[name].dbtcloud.status, local.people[name].dbtcloud.status_detail]]`: `[
				["inactive", "deactivated"], ["inactive", "no_license"]
			]`,
			`local.people["ivan.petrov"].fivetran.status_detail`: `"suspended"`,
			`try(local.people["finn.walsh"], "expired")`:         `"expired"`,
			// Two people with an account each in both services, declared to be one.
			`[for person in local.some.people : [person.email, person.dbtcloud.license_type, person.fivetran]]`: `[
				["grace.thompson@northwind.example", "developer", null],
				["lin.chen@northwind.example", "it", null],
				["max.hoffmann@brightloop.example", "developer", null]
			]`,
			`[for user in local.some.unmatched : [user.system, user.name]]`: `[
				["dbtcloud", "Lin Chen"],
				["rudderstack", "Raj Patel"],
				["rudderstack", "Warehouse Sync"]
			]`,
			`data.datastack_identities.known_later.people[*].fivetran.teams`: `[["Contractors \"EU\" & more"]]`,
		}),
	)
}

// TestIdentitiesOfSomeServices has settings of dbt Cloud alone.
func TestIdentitiesOfSomeServices(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	dbt := fmt.Sprintf(`"dbtcloud":{"token":%q,"account_id":%d,"base_url":%q}`, sandbox.DBTCloudToken, sandbox.DBTCloudAccount, c.url)
	for _, test := range []struct {
		settings, arguments string
		want                []string
	}{
		{settings: `{}`, arguments: `{}`, want: []string{"No Service Is Configured", "Set `dbtcloud`, `rudderstack` or `fivetran`"}},
		{settings: `{` + dbt + `}`, arguments: `{"systems":["dbtcloud","fivetran","rudderstack"]}`, want: []string{
			`ERROR at AttributeName("systems").ElementKeyInt(1): Fivetran Is Not Configured: The data source datastack_identities needs it. Set`,
			"`fivetran.api_key`", "FIVETRAN_APIKEY",
			`ERROR at AttributeName("systems").ElementKeyInt(2): RudderStack SCIM Is Not Configured: The data source datastack_identities needs it. Set`,
		}},
	} {
		_, said := open(t, test.settings).read(t, identitiesType, test.arguments)
		expectSaid(t, said, test.want...)
	}
	if got := c.Count("", ""); got != 0 {
		t.Errorf("got %d requests, want none", got)
	}
	for _, arguments := range []string{`{"systems":["dbtcloud"],"emails":["raj.patel@northwind.example"]}`, `{"emails":["raj.patel@northwind.example"]}`} {
		state, said := open(t, `{`+dbt+`}`).read(t, identitiesType, arguments)
		people := resultOf[struct {
			People []struct{ DBTCloud, Fivetran any }
		}](t, state).People
		if said != "" || len(people) != 1 || people[0].DBTCloud == nil || people[0].Fivetran != nil {
			t.Errorf("%s: got %s and the message %q, want one person of dbt Cloud", arguments, state, said)
		}
	}
	if got, want := c.Count("", ""), c.Count("", "/api/"); got != want {
		t.Errorf("got %d requests, of which %d to dbt Cloud, want all", got, want)
	}
}

// TestIdentitiesOfServicesKnownLater leaves out no service that could be
// configured after apply.
func TestIdentitiesOfServicesKnownLater(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, resource.TestStep{
		Config: fmt.Sprintf(`
resource "terraform_data" "key" {}

provider "datastack" {
  dbtcloud = { token = %q, account_id = %d, base_url = %q }
  fivetran = { api_key = terraform_data.key.id, api_secret = "secret" }
}

data "datastack_identities" "x" {}`, sandbox.DBTCloudToken, sandbox.DBTCloudAccount, c.url),
		ExpectError: saying(`Fivetran Is Not Known Yet`, `The data source datastack_identities needs it.`),
	})
}

// TestIdentitiesShareListings counts the requests of plans that also read the
// lists of all services.
func TestIdentitiesShareListings(t *testing.T) {
	t.Parallel()
	const plans = 2 // of a step that only plans
	count := func(more string) (c *company) {
		c = newCompany(t, sandbox.Options{People: 250})
		runSteps(t, resource.TestStep{PlanOnly: true, Config: c.config(`
data "datastack_dbtcloud_users" "all" {}

data "datastack_dbtcloud_invites" "all" {}

data "datastack_rudderstack_scim_users" "all" {}

data "datastack_fivetran_users" "all" {}

data "datastack_fivetran_teams" "all" {}
` + more)})
		return c
	}
	without := count(``)
	with := count(`
data "datastack_identities" "all" {}

data "datastack_identities" "two" {
  systems = ["dbtcloud", "fivetran"]
  emails  = ["person.00001@northwind.example"]
}`)
	if got, want := with.Count("", ""), without.Count("", ""); got != want {
		t.Errorf("got %d requests with identities, want %d as without", got, want)
	}
	for path, pages := range map[string]int{dbtcloudUsersPath: 3, "/api/v2/accounts/12345/invites/": 1, "/v1/users": 1, "/v1/teams": 6} {
		if got, want := with.Count(http.MethodGet, path), plans*pages; got != want {
			t.Errorf("%d plans: got %d requests of %q, want %d", plans, got, path, want)
		}
	}
}

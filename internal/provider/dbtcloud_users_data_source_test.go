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

const (
	dbtcloudUsersPath  = "/api/v3/accounts/12345/users/"
	dbtcloudGroupsPath = "/api/v3/accounts/12345/groups/"
)

func TestDBTCloudUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_users" "all" {}

locals {
  users  = data.datastack_dbtcloud_users.all.users
  called = { for user in local.users : split("@", lower(user.email))[0] => user }
}

resource "terraform_data" "seats" {
  input = { for user in local.users : coalesce(user.license_type, "none") => user.email... }
}`, expressions{
		`length(local.users)`:                             `40`,
		`[for user in local.users : user.id]`:             upwards(4101, 17, 40),
		`terraform_data.seats.output.none`:                `["sam.reed@brightloop.example"]`,
		`local.called["grace.thompson"].email`:            `"Grace.Thompson@Northwind.example"`,
		`local.called["lukas.mueller"].last_name`:         `"Müller"`,
		`local.called["lin.chen"].license_type`:           `"explorer_plus"`,
		`local.called["nadia.haddad"].status`:             `"inactive"`,
		`local.called["tess.vandijk"].last_login == null`: `true`,
		// Another account comes first in what dbt Cloud says of him, with another license and other groups.
		`local.called["max.hoffmann"]`: `{
			"id": 4696, "email": "max.hoffmann@brightloop.example", "first_name": "Max", "last_name": "Hoffmann",
			"status": "active", "is_active": true, "license_type": "developer", "email_verified": true, "sso_only_user": false,
			"created_at": "2024-02-08T18:05:35.278165Z", "last_login": "2026-02-08T10:45:15.515485Z", "apitoken_last_used": null,
			"groups": [{"id": 203, "name": "Everyone"}, {"id": 204, "name": "Analytics Engineering"}, {"id": 208, "name": "Contractors"}]
		}`,
		// No permissions, but a license.
		`[local.called["julia.costa"].license_type, local.called["julia.costa"].status, local.called["julia.costa"].groups]`: `["developer", "active", []]`,
		// Neither.
		`[local.called["sam.reed"].license_type, local.called["sam.reed"].status, local.called["sam.reed"].is_active]`: `[null, "inactive", true]`,
		// Switched off, with a license.
		`[local.called["ivan.petrov"].license_type, local.called["ivan.petrov"].status, local.called["ivan.petrov"].is_active]`: `["developer", "inactive", false]`,
		// Null wherever that can be.
		`local.called["olga.ivanova"]`: `{
			"id": 4747, "email": "olga.ivanova@brightloop.example", "first_name": null, "last_name": null,
			"status": "active", "is_active": true, "license_type": "developer", "email_verified": true, "sso_only_user": false,
			"created_at": null, "last_login": null, "apitoken_last_used": null, "groups": [{"id": 203, "name": "Everyone"}, {"id": 208, "name": "Contractors"}]
		}`,
	}))
}

func TestDBTCloudUsersFilters(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config:      c.config(`data "datastack_dbtcloud_users" "x" { emails = ["a@northwind.example", null] }`),
			ExpectError: saying(`Null`, `emails`),
		},
		c.reading(`
data "datastack_dbtcloud_users" "emails" {
  emails = [" MAX.hoffmann@BRIGHTLOOP.example", "grace.thompson@northwind.example", "nobody@northwind.example"]
}

data "datastack_dbtcloud_users" "license_types" {
  license_types = ["it", "explorer_plus"]
}

data "datastack_dbtcloud_users" "statuses" {
  statuses = ["inactive"]
}

data "datastack_dbtcloud_users" "group_ids" {
  group_ids = [209, 210]
}

data "datastack_dbtcloud_users" "combined" {
  license_types = ["developer", "read_only"]
  statuses      = ["inactive"]
  group_ids     = [204, 208]
}

data "datastack_dbtcloud_users" "empty" {
  emails = []
}

data "datastack_dbtcloud_users" "none" {
  license_types = ["Developer"]
}

resource "terraform_data" "wanted" {
  input = "raj.patel@northwind.example"
}

data "datastack_dbtcloud_users" "known_later" {
  emails = [terraform_data.wanted.output]
}`, expressions{
			`data.datastack_dbtcloud_users.emails.users[*].first_name`:        `["Grace", "Max"]`,
			`data.datastack_dbtcloud_users.license_types.users[*].first_name`: `["Raj", "Lin"]`,
			`data.datastack_dbtcloud_users.statuses.users[*].first_name`:      `["Ivan", "Nadia", "Sam"]`,
			`data.datastack_dbtcloud_users.group_ids.users[*].first_name`:     `["Mei", "Priya", "Kofi"]`,
			`data.datastack_dbtcloud_users.combined.users[*].first_name`:      `["Ivan"]`,
			`data.datastack_dbtcloud_users.empty.users`:                       `[]`,
			`data.datastack_dbtcloud_users.none.users`:                        `[]`,
			`data.datastack_dbtcloud_users.known_later.users[*].first_name`:   `["Raj"]`,
		}),
	)
}

// TestDBTCloudReadsEachListOnce counts the requests of a plan with everything.
func TestDBTCloudReadsEachListOnce(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{People: 1000})
	const plans = 2 // of a step that only plans
	runSteps(t, resource.TestStep{PlanOnly: true, Config: c.config(`
data "datastack_dbtcloud_users" "all" {}

data "datastack_dbtcloud_user" "each" {
  count = 100
  email = format("person.%05d@northwind.example", 1 + 9 * count.index)
}

data "datastack_dbtcloud_groups" "all" {}

data "datastack_dbtcloud_group" "each" {
  for_each = toset(["Owner", "Member", "Platform"])
  name     = each.key
}`)})
	for path, pages := range map[string]int{dbtcloudUsersPath: 10, dbtcloudGroupsPath: 1, "": 11} {
		if got, want := c.Count(http.MethodGet, path), plans*pages; got != want {
			t.Errorf("%d plans: got %d requests of %q, want %d", plans, got, path, want)
		}
	}
}

func TestDBTCloudUsersOfEmptyAccount(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"status":{"code":200},"data":[],"extra":{"pagination":{"count":0,"total_count":0}}}`})
	p := open(t, c.settings())
	p.reads(t, "datastack_dbtcloud_users", `{}`, `{"emails":null,"license_types":null,"statuses":null,"group_ids":null,"users":[]}`)
	p.reads(t, "datastack_dbtcloud_groups", `{}`, `{"name_contains":null,"include_members":null,"groups":[]}`)
	_, said := p.read(t, "datastack_dbtcloud_user", `{"email":"ada@northwind.example"}`)
	expectSaid(t, said, `ERROR at AttributeName("email"): dbt Cloud User Not Found`, "Searched 0 users")
}

// TestDBTCloudUsersWithoutDetails has users with few fields, in no order.
func TestDBTCloudUsersWithoutDetails(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Status: http.StatusOK, Body: `{"data":[
		{"id":100},
		{"id":30,"email":"B@northwind.example","first_name":"","is_active":true,"permissions":[],"licenses":{}},
		{"id":4,"email":null,"first_name":null,"is_active":null,"last_login":null,"permissions":null,"licenses":null}
	],"extra":{"pagination":{"total_count":3}}}`})
	p := open(t, c.settings())
	const nothing = `"first_name":null,"last_name":null,"is_active":null,"license_type":null,"email_verified":null,"sso_only_user":null,"created_at":null,"last_login":null, "apitoken_last_used": null,"groups":[]`
	p.reads(t, "datastack_dbtcloud_users", `{}`, `{"emails":null,"license_types":null,"statuses":null,"group_ids":null,"users":[
		{"id":4,"email":null,"status":null,`+nothing+`},
		{"id":30,"email":"B@northwind.example","status":"inactive",`+strings.Replace(nothing, `"is_active":null`, `"is_active":true`, 1)+`},
		{"id":100,"email":null,"status":null,`+nothing+`}
	]}`)
	p.reads(t, "datastack_dbtcloud_users", `{"emails":[" b@Northwind.example"],"statuses":["active"]}`, `{"emails":[" b@Northwind.example"],"license_types":null,"statuses":["active"],"group_ids":null,"users":[]}`)
	p.reads(t, "datastack_dbtcloud_user", `{"id":4}`, `{"id":4,"email":null,"status":null,`+nothing+`}`)
}

// TestDBTCloudFailures reads the errors. The wrong token and the
// wrong account are tried with the CLI.
func TestDBTCloudFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault sandbox.Fault
		want  []string
	}{
		"HTML": {
			sandbox.Fault{Status: http.StatusOK, Body: "<html>Sign in</html>"},
			[]string{"200 OK", "Sign in", "`dbtcloud.base_url`", "not the API of this service"},
		},
		"IP restrictions": {
			sandbox.Fault{Status: http.StatusForbidden, Body: `{"status":{"code":403,"user_message":"Forbidden: Access denied"},"data":{"account_access_denied":true}}`},
			[]string{"403 Forbidden", "Access denied", "allow the IP address"},
		},
		"permission": {
			sandbox.Fault{Status: http.StatusForbidden},
			[]string{"403 Forbidden", "Account Viewer"},
		},
		"rate limit": {
			sandbox.Fault{Status: http.StatusTooManyRequests},
			[]string{"429 Too Many Requests", "asks to wait 5m0s", "Run again in five minutes", "`retry_timeout`"},
		},
		"fault of the service": {
			sandbox.Fault{Status: http.StatusInternalServerError},
			[]string{"500 Internal Server Error", "An internal error occurred", "2 attempts", "Run again later. The service failed"},
		},
		"redirect": {
			sandbox.Fault{Status: http.StatusFound, Header: map[string]string{"Location": "https://elsewhere.example/api"}},
			[]string{"elsewhere.example", "`dbtcloud.base_url`"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(test.fault)
			_, said := open(t, c.settings()).read(t, "datastack_dbtcloud_users", `{}`)
			expectSaid(t, said, append([]string{"ERROR", "Unable to List dbt Cloud Users"}, test.want...)...)
			expectSaid(t, said, "(GET "+c.url+dbtcloudUsersPath)
			_, said = open(t, c.settings()).read(t, "datastack_dbtcloud_user", `{"id":4101}`)
			expectSaid(t, said, append([]string{`ERROR at AttributeName("id"): Unable to Read dbt Cloud User`}, test.want...)...)
			expectSaid(t, said, "(GET "+c.url+dbtcloudUsersPath)
		})
	}
}

// TestDBTCloudUsersThatAreMissing has a service that counts one more than it
// lists.
func TestDBTCloudUsersThatAreMissing(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: dbtcloudUsersPath, Status: http.StatusOK, Body: `{"data":[{"id":1}],"extra":{"pagination":{"total_count":2}}}`})
	state, said := open(t, c.settings()).read(t, "datastack_dbtcloud_users", `{}`)
	expectSaid(t, said, "ERROR", "Unable to List dbt Cloud Users", "only 1 of 2 dbt Cloud users could be read", "Run again", "read the list twice")
	if !strings.Contains(state, `"users":null`) {
		t.Errorf("got the state %s, want no users in it", state)
	}
}

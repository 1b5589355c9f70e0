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

func TestDBTCloudUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_user" "by_id" {
  id = 4118
}

data "datastack_dbtcloud_user" "by_email" {
  email = " GEORGE.o'brien@northwind.EXAMPLE"
}

resource "terraform_data" "address" {
  input = data.datastack_dbtcloud_user.by_id.email
}

data "datastack_dbtcloud_user" "known_later" {
  email = terraform_data.address.output
}

data "datastack_dbtcloud_user" "null" {
  id    = null
  email = "tess.vandijk@northwind.example"
}`, expressions{
		`data.datastack_dbtcloud_user.by_id`: `{
			"id": 4118, "email": "jonas.weber@northwind.example", "first_name": "Jonas", "last_name": "Weber",
			"status": "active", "is_active": true, "license_type": "developer", "email_verified": true, "sso_only_user": false,
			"created_at": "2024-01-02T08:07:13.008919Z", "last_login": "2026-01-10T16:03:57.072271Z", "apitoken_last_used": "2026-09-28T18:17:23.008669Z",
			"groups": [{"id": 201, "name": "Owner"}, {"id": 203, "name": "Everyone"}, {"id": 207, "name": "Platform"}]
		}`,
		`data.datastack_dbtcloud_user.by_email.license_type`: `"read_only"`,
		`data.datastack_dbtcloud_user.by_email.last_name`:    `"O'Brien"`,
		`data.datastack_dbtcloud_user.known_later.id`:        `4118`,
		`data.datastack_dbtcloud_user.null.last_login`:       `null`,
	}))
}

func TestDBTCloudUserNotFound(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	for arguments, want := range map[string][]string{
		`{"email":"max.hofmann@brightloop.example"}`: {
			`ERROR at AttributeName("email"): dbt Cloud User Not Found: There is no dbt Cloud User with the email "max.hofmann@brightloop.example".`,
			`Searched 40 users in account 12345 (` + c.url + `). Did you mean "max.hoffmann@brightloop.example"?`,
		},
		`{"email":"Dana.Levy@brightloop.example"}`:  {"There is an invite for this email address, with the status \"pending\". The user appears when they accept it."},
		`{"email":"finn.walsh@brightloop.example"}`: {"There is an invite for this email address, with the status \"expired\". Send it again: the user appears when they accept it."},
		`{"id":99}`: {`ERROR at AttributeName("id"): dbt Cloud User Not Found`, `no dbt Cloud User with the id "99"`, "Searched 40 users"},
	} {
		_, said := open(t, c.settings()).read(t, "datastack_dbtcloud_user", arguments)
		expectSaid(t, said, want...)
	}
	// A token that is not allowed to read invites changes nothing else.
	c.Inject(sandbox.Fault{PathPrefix: "/api/v2/accounts/12345/invites", Status: http.StatusForbidden})
	_, said := open(t, c.settings()).read(t, "datastack_dbtcloud_user", `{"email":"dana.levy@brightloop.example"}`)
	expectSaid(t, said, "dbt Cloud User Not Found", "Searched 40 users")
	if strings.Contains(said, "invite") || strings.Contains(said, "Forbidden") {
		t.Errorf("got the message\n%s\nwant nothing of invites in it", said)
	}
}

func TestDBTCloudUserRefusals(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	refused := func(arguments string, want ...string) resource.TestStep {
		return resource.TestStep{Config: c.config("data \"datastack_dbtcloud_user\" \"x\" {\n" + arguments + "\n}"), ExpectError: saying(want...)}
	}
	wrongly := func(right, wrong string, want ...string) resource.TestStep {
		return resource.TestStep{Config: strings.Replace(c.config(`data "datastack_dbtcloud_user" "x" { id = 4101 }`), right, wrong, 1), ExpectError: saying(want...)}
	}
	runSteps(t,
		refused(``, `Exactly one of these attributes must be configured: [id,email]`),
		refused("id = 4101\nemail = \"ada@northwind.example\"", `Exactly one of these attributes must be configured: [id,email]`),
		refused(`email = "max.hoffmann"`, `Invalid Email Address`, `email = "max.hoffmann"`, `"max.hoffmann" is not an email address. Write one such as`),
		refused(`email = ""`, `"" is not an email address`),
		refused(`email = "dana.levy@brightloop.example"`,
			`dbt Cloud User Not Found`, `email = "dana.levy@brightloop.example"`, `Searched 40 users in account 12345`, `the status "pending"`),
		wrongly(sandbox.DBTCloudToken, "dbtc_wrong", `Unable to Read dbt Cloud User`, `401 Unauthorized`, `Invalid token.`,
			"Check that `dbtcloud.token` is right and not revoked.", "`dbtcloud.base_url`, which is "+c.url, "an account on another host"),
		wrongly("12345", "54321", `404 Not Found`, "Check that `dbtcloud.account_id`, which is 54321, is the number after `/accounts/`", `Account Viewer`),
	)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	refused := func(arguments string, want ...string) resource.TestStep {
		return resource.TestStep{Config: c.config("data \"datastack_fivetran_user\" \"x\" {\n" + arguments + "\n}"), ExpectError: saying(want...)}
	}
	runSteps(t,
		refused(``, `Exactly one of these attributes must be configured: [id,email]`),
		refused(`email = "max.hoffmann"`, `Invalid Email Address`, `"max.hoffmann" is not an email address. Write one such as`),
		refused(`id = ""`, `id string length must be at least 1`),
		refused(`email = "max.hofmann@brightloop.example"`, `Fivetran User Not Found`, `email = "max.hofmann@brightloop.example"`,
			`Searched 26 users in`, `Did you mean "max.hoffmann@brightloop.example"?`),
		c.reading(`
data "datastack_fivetran_user" "by_id" {
  id = "cinder_fold"
}

data "datastack_fivetran_user" "by_email" {
  email = " GEORGE.o'brien@northwind.EXAMPLE"
}

data "datastack_fivetran_user" "service_account" {
  id = "robot_stack"
}

resource "terraform_data" "address" {
  input = data.datastack_fivetran_user.by_id.email
}

data "datastack_fivetran_user" "known_later" {
  email = terraform_data.address.output
}`, expressions{
			`data.datastack_fivetran_user.by_id`: `{
				"id": "cinder_fold", "email": "hannah.lindqvist@northwind.example", "given_name": "Hannah", "family_name": "Lindqvist",
				"role": "Account Reviewer", "status": "invited", "active": true, "invited": true, "verified": false, "phone": null, "picture": null,
				"created_at": "2024-01-10T16:03:57.072271Z", "logged_in_at": null, "user_type": null
			}`,
			`data.datastack_fivetran_user.by_email.id`:           `"marble_nod"`,
			`data.datastack_fivetran_user.by_email.family_name`:  `"O'Brien"`,
			`data.datastack_fivetran_user.service_account.email`: `null`,
			`data.datastack_fivetran_user.known_later.id`:        `"cinder_fold"`,
		}),
	)
}

func TestFivetranUserNotFound(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	_, said := open(t, c.settings()).read(t, "datastack_fivetran_user", `{"id":"gravel_hun"}`)
	expectSaid(t, said, `ERROR at AttributeName("id"): Fivetran User Not Found`, `no Fivetran User with the id "gravel_hun"`, "Searched 26 users in "+c.url)

	c.Inject(sandbox.Fault{PathPrefix: "/v1/users", Status: http.StatusOK, Body: `{"code":"Success","data":{"items":[
		{"id":"a_b","email":"Ada@northwind.example"},{"id":"c_d","email":"ada@northwind.example "}]}}`})
	_, said = open(t, c.settings()).read(t, "datastack_fivetran_user", `{"email":"ada@northwind.example"}`)
	expectSaid(t, said, "Several Fivetran Users Found", `There are 2 Fivetran Users with the email "ada@northwind.example".`, `"a_b", "c_d".`)
}

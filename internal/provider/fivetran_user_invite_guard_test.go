// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// adopted is the configuration that takes over somebody of the seed.
func (c *company) adopted(email, role string) string {
	return c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  email          = "` + email + `"
  given_name     = "Somebody"
  family_name    = "Adopted"
  adopt_existing = true
  ` + role + `
}`)
}

// systemKey makes the key in use one that no person owns.
func (c *company) systemKey() {
	c.Inject(sandbox.Fault{PathPrefix: "/v1/account/info", Status: http.StatusOK,
		Body: `{"code":"Success","data":{"account_id":"northwind_analytics","account_name":"Northwind Analytics","user_id":null,"system_key_id":"sys"}}`})
}

func TestFivetranUserInviteAdopts(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	people := len(c.FivetranUsers())
	id := c.userID(t, "mei.tanaka@northwind.example")
	runSteps(t,
		resource.TestStep{
			Config: c.adopted("MEI.tanaka@northwind.example", `role = "Account Reviewer"`),
			Check:  c.sends(http.MethodPatch, "/v1/users/"+id, 1),
			ConfigStateChecks: []statecheck.StateCheck{
				has("id", knownvalue.StringExact(id)),
				has("status", knownvalue.StringExact("active")),
				has("role", knownvalue.StringExact("Account Reviewer")),
				has("given_name", knownvalue.StringExact("Somebody")),
			},
		},
		resource.TestStep{ // Taken over, she is like all others: her role was set, so it can be cleared.
			Config:            c.adopted("mei.tanaka@northwind.example", ""),
			ConfigStateChecks: []statecheck.StateCheck{has("role", knownvalue.Null())},
		},
	)
	if got := len(c.FivetranUsers()); got != people-1 {
		t.Errorf("got %d people after destroy, want %d", got, people-1)
	}
}

// TestFivetranUserInviteAdoptsWithoutRole leaves alone what the configuration
// does not name.
func TestFivetranUserInviteAdoptsWithoutRole(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, resource.TestStep{
		Config:            c.adopted("mei.tanaka@northwind.example", ""),
		ConfigStateChecks: []statecheck.StateCheck{has("role", knownvalue.StringExact("Account Analyst"))},
	})
}

func TestFivetranUserInviteProtectsOwnerOfKey(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	const amara = "amara.okafor@northwind.example"
	protected := regexp.MustCompile(`(?s)Fivetran User Is Protected.*key in use belongs\s+to\s+` + amara + `.*system\s+key.*state rm`)
	runSteps(t,
		resource.TestStep{Config: c.adopted(amara, `role = "Account Reviewer"`), ExpectError: protected},
		resource.TestStep{Config: c.adopted(amara, "")},
		resource.TestStep{Config: c.adopted(amara, `role = "Account Reviewer"`), PlanOnly: true, ExpectError: protected},
		resource.TestStep{Config: c.adopted("mei.tanaka@northwind.example", ""), PlanOnly: true, ExpectError: protected},
		resource.TestStep{Config: c.config("# nobody"), ExpectError: protected, Check: c.sends(http.MethodDelete, "/v1/users", 0)},
		resource.TestStep{PreConfig: c.systemKey, Config: c.config("# nobody")},
	)
}

func TestFivetranUserInviteProtectsLastAdministrator(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.systemKey()
	const amara, jonas = "amara.okafor@northwind.example", "jonas.weber@northwind.example"
	protected := regexp.MustCompile(`(?s)Fivetran User Is Protected.*last\s+active\s+Account\s+Administrator.*Give\s+another\s+active\s+user`)
	runSteps(t,
		resource.TestStep{Config: c.adopted(jonas, "")},
		resource.TestStep{
			PreConfig:   func() { c.patch(t, amara, `{"given_name":"Amara"}`); c.SuspendFivetranUser(amara) },
			Config:      c.config("# nobody"),
			ExpectError: protected,
		},
		resource.TestStep{Config: c.adopted(jonas, `role = "Account Reviewer"`), ExpectError: protected},
		resource.TestStep{ // With another one he may go.
			PreConfig: func() { c.patch(t, "mei.tanaka@northwind.example", `{"role":"Account Administrator"}`) },
			Config:    c.adopted(jonas, `role = "Account Reviewer"`),
		},
	)
}

// TestFivetranUserInviteKeepsOneAdministrator deletes all administrators at
// once: one of them must stay.
func TestFivetranUserInviteKeepsOneAdministrator(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.systemKey()
	c.patch(t, "mei.tanaka@northwind.example", `{"role":"Account Administrator"}`)
	c.SuspendFivetranUser("amara.okafor@northwind.example")
	runSteps(t,
		resource.TestStep{Config: c.adopted("jonas.weber@northwind.example", "") + `
resource "datastack_fivetran_user_invite" "mei" {
  email          = "mei.tanaka@northwind.example"
  given_name     = "Mei"
  family_name    = "Tanaka"
  adopt_existing = true
}`},
		resource.TestStep{
			PreConfig:   c.ForgetRequests,
			Config:      c.config("# nobody"),
			ExpectError: regexp.MustCompile(`(?s)last\s+active\s+Account\s+Administrator`),
		},
		resource.TestStep{
			PreConfig: func() {
				if got := c.Count(http.MethodDelete, "/v1/users"); got != 1 {
					t.Errorf("got %d deletions of two administrators, want 1", got)
				}
				c.patch(t, "lukas.mueller@northwind.example", `{"role":"Account Administrator"}`)
			},
			Config: c.config("# nobody"),
		},
	)
}

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

func TestFivetranUserInviteExistingPerson(t *testing.T) {
	t.Parallel()
	// What Fivetran answers is not documented: either must do.
	for _, status := range []int{http.StatusConflict, http.StatusBadRequest} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Status: status})
			before := len(c.FivetranUsers())
			amara := c.userID(t, "amara.okafor@northwind.example")
			runSteps(t,
				resource.TestStep{
					Config: c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  email       = "AMARA.okafor@northwind.example"
  given_name  = "Amara"
  family_name = "Okafor"
}`),
					ExpectError: regexp.MustCompile(`(?s)Person Is Already in Fivetran.*id\s+` + amara + `,\s+status\s+active,.*Account\s+Administrator.*terraform import 'datastack_fivetran_user_invite.NAME' ` + amara + `.*import \{`),
				},
				resource.TestStep{Config: c.config("# nobody")},
			)
			if after := len(c.FivetranUsers()); after != before {
				t.Errorf("got %d people in the account, want %d", after, before)
			}
		})
	}
}

// TestFivetranUserInviteOfActivePerson meets a service that answers the invite
// of somebody who is there with their user.
func TestFivetranUserInviteOfActivePerson(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Status: http.StatusCreated,
		Body: `{"code":"Success","data":{"id":"old_hand","email":"ada@northwind.example","active":true,"invited":false,"verified":true,"role":null,"logged_in_at":"2026-01-01T00:00:00Z"}}`})
	runSteps(t,
		resource.TestStep{Config: c.ada(""), ExpectError: regexp.MustCompile(`(?s)Person Is Already in Fivetran.*id\s+old_hand,\s+status\s+active,\s+no\s+role`)},
		resource.TestStep{Config: c.config("# nobody")},
	)
}

// TestFivetranUserInviteSameAddressTwice has two resources for one person: one
// invite, and an error that says so.
func TestFivetranUserInviteSameAddressTwice(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	people := len(c.FivetranUsers())
	runSteps(t,
		resource.TestStep{
			Config: c.ada("") + `
resource "datastack_fivetran_user_invite" "again" {
  email       = "ADA@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}`,
			ExpectError: regexp.MustCompile(`Person Is Already in Fivetran`),
		},
		resource.TestStep{Config: c.config("# nobody")},
	)
	if got := len(c.FivetranUsers()); got != people {
		t.Errorf("got %d people after destroy, want %d", got, people)
	}
}

// TestFivetranUserInviteInvitedAgainOutside meets somebody who was deleted and
// invited once more by an administrator: the same address under another id.
func TestFivetranUserInviteInvitedAgainOutside(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada("")},
		resource.TestStep{
			PreConfig: func() {
				c.RemoveFivetranUser("ada@northwind.example")
				c.send(t, http.MethodPost, "/v1/users", `{"email":"ada@northwind.example","given_name":"Ada","family_name":"Lovelace"}`, http.StatusCreated)
			},
			Config:      c.ada(""),
			ExpectError: regexp.MustCompile(`(?s)Person Is Already in Fivetran.*status\s+invited`),
		},
		resource.TestStep{Config: c.ada("adopt_existing = true"), Check: c.sends(http.MethodDelete, "/v1/users", 0)},
	)
}

// TestFivetranUserInviteLostAnswer loses the answer to an invite in each way
// that a network has.
func TestFivetranUserInviteLostAnswer(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"cut":       {Cut: true},
		"bad":       {Status: http.StatusBadGateway, Body: "<html>Bad gateway</html>"},
		"truncated": {Truncate: true},
		"foreign":   {Status: http.StatusCreated, Body: "<html>Welcome</html>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			fault.Method, fault.PathPrefix, fault.Times = http.MethodPost, "/v1/users", 1
			kept, lost := fault, fault
			kept.AfterEffect = true
			steps := []resource.TestStep{{
				PreConfig: func() { c.Inject(kept) },
				Config:    c.ada(""),
				Check:     c.sends(http.MethodPost, "/v1/users", 1),
				ConfigStateChecks: []statecheck.StateCheck{
					has("status", knownvalue.StringExact("invited")),
				},
			}}
			if !fault.Truncate { // Half of a real answer means that there was an effect.
				steps = append([]resource.TestStep{{
					PreConfig:   func() { c.Inject(lost) },
					Config:      c.ada(""),
					ExpectError: regexp.MustCompile(`(?s)Nobody was\s+invited:.*safe\s+to\s+run\s+again`),
				}, {
					Config: c.config("# nobody"),
					Check:  c.sends(http.MethodPost, "/v1/users", 1),
				}}, steps...)
			}
			runSteps(t, steps...)
		})
	}
}

// TestFivetranUserInviteRateLimit is not slept through.
func TestFivetranUserInviteRateLimit(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: "/v1/users", Skip: 3, Times: 1, Status: http.StatusTooManyRequests,
					Header: map[string]string{"Retry-After": "3600"}})
			},
			Config:      c.crowd(5),
			ExpectError: regexp.MustCompile(`(?s)Nobody was\s+invited.*429.*1h0m0s.*500\s+new\s+users\s+an\s+hour.*This\s+run\s+invited\s+\d\s+people`),
		},
		resource.TestStep{Config: c.crowd(5), Check: c.sends(http.MethodPost, "/v1/users", 6)},
	)
}

func TestFivetranUserInviteDeleteLostAnswer(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada("")},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodDelete, PathPrefix: "/v1/users/", Times: 1, Status: http.StatusInternalServerError})
			},
			Config:      c.config("# nobody"),
			ExpectError: regexp.MustCompile(`Unable to Delete Fivetran User`),
		},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodDelete, PathPrefix: "/v1/users/", Times: 1, Cut: true, AfterEffect: true})
			},
			Config: c.config("# nobody"),
		},
	)
}

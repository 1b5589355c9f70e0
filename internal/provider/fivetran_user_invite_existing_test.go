// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestFivetranUserInviteOfExistingUser stops the plan.
func TestFivetranUserInviteOfExistingUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config: c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  email       = " AMARA.okafor@northwind.example"
  given_name  = "Amara"
  family_name = "Okafor"
}`),
			PlanOnly:    true,
			ExpectError: regexp.MustCompile(`(?s)Fivetran User Already Exists.*id\s+nozzle_eat,\s+status\s+active,.*Account\s+Administrator.*terraform import 'datastack_fivetran_user_invite.NAME' nozzle_eat\n.*import \{\n.*id = "nozzle_eat"`),
		},
		resource.TestStep{Config: c.config("# none")},
	)
	if got := c.Count(http.MethodPost, ""); got != 0 {
		t.Errorf("got %d invites, want none", got)
	}
}

// TestFivetranUserInviteOfManyExistingUsers says once what to do.
func TestFivetranUserInviteOfManyExistingUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{People: 100})
	var messages string
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		ErrorCheck:               func(err error) error { messages = err.Error(); return nil },
		Steps: []resource.TestStep{{
			Config: c.config(`
resource "datastack_fivetran_user_invite" "ada" {
  count       = 10
  email       = format("person.%05d@northwind.example", count.index + 1)
  given_name  = "Person"
  family_name = "Number"
}`),
			PlanOnly: true,
		}, {Config: c.config("# none")}},
	})
	for phrase, want := range map[string]int{"Error: Fivetran User Already Exists": 10, "terraform import": 1, "first error": 9} {
		if got := strings.Count(strings.Join(strings.Fields(messages), " "), phrase); got != want {
			t.Errorf("got %q %d times, want %d, in\n%s", phrase, got, want, messages)
		}
	}
}

// TestFivetranUserInviteOfUserWhoComesMeanwhile meets a user that another
// person invited between plan and apply, in each way in which Fivetran may
// refuse the invite, and with a key that may not list users.
func TestFivetranUserInviteOfUserWhoComesMeanwhile(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusConflict, http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusCreated} {
		for _, adopt := range []bool{false, true} {
			t.Run(fmt.Sprint(status, adopt), func(t *testing.T) {
				t.Parallel()
				c := newCompany(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{ExistingStatus: status}})
				step := resource.TestStep{
					PreConfig: func() {
						// The listings of the plan and of the plan again while applying.
						c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/users", Times: 2, Status: http.StatusForbidden})
					},
					Config: c.adopted("mei.tanaka@northwind.example", ""),
					Check:  c.sends(http.MethodPost, "/v1/users", 1),
				}
				if !adopt {
					step.Config = strings.Replace(step.Config, "adopt_existing = true", "", 1)
					step.ExpectError = regexp.MustCompile(`(?s)Fivetran User Already Exists.*id\s+ferry_blink`)
					step.Check = nil
				} else {
					step.ConfigStateChecks = []statecheck.StateCheck{has("id", knownvalue.StringExact("ferry_blink")), has("given_name", knownvalue.StringExact("Somebody"))}
				}
				runSteps(t, step, resource.TestStep{Config: c.config("# none")})
				if got := c.having("mei.tanaka@northwind.example"); got != map[bool]int{true: 0, false: 1}[adopt] {
					t.Errorf("got %d users with the address after destroy", got)
				}
			})
		}
	}
}

// TestFivetranUserInviteInvitedAgainOutside meets a user who was deleted and
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
			ExpectError: regexp.MustCompile(`(?s)Fivetran User Already Exists.*status\s+invited`),
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
			if !fault.Truncate && !fault.Cut { // Half of a real answer means that there was an effect; a cut connection is tried again.
				steps = append([]resource.TestStep{{
					PreConfig:   func() { c.Inject(lost) },
					Config:      c.ada(""),
					ExpectError: regexp.MustCompile(`(?s)Fivetran Invite Outcome Unknown.*may\s+still\s+appear.*Run\s+again`),
				}, {
					Config: c.config("# none"),
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
			ExpectError: regexp.MustCompile(`(?s)no\s+user\s+was\s+invited.*429.*1h0m0s.*500\s+new\s+users\s+an\s+hour.*This\s+run\s+invited\s+\d\s+users`),
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
			Config:      c.config("# none"),
			ExpectError: regexp.MustCompile(`Unable to Delete Fivetran User`),
		},
		resource.TestStep{
			PreConfig: func() {
				c.Inject(sandbox.Fault{Method: http.MethodDelete, PathPrefix: "/v1/users/", Times: 1, Cut: true, AfterEffect: true})
			},
			Config: c.config("# none"),
		},
	)
}

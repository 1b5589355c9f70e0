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
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// membershipTest is a membership of velvet_march, who is in no team and no group.
type membershipTest struct {
	kind                 membershipKind
	parent, role, change string
	// one is the path of the membership, all that of what is posted.
	one, all string
	// other is the id of another team or group, name the name of the first.
	other, name string
}

var membershipTests = map[string]membershipTest{
	"team": {
		teamMembership, "loud_cedar", "Team Member", "Team Manager",
		"/v1/teams/loud_cedar/users/velvet_march", "/v1/teams/loud_cedar/users", "calm_otter", "Analytics Engineering",
	},
	"group": {
		groupMembership, "serving_iodine", "View Destination", "Manage Destination",
		"/v1/users/velvet_march/groups/serving_iodine", "/v1/users/velvet_march/groups", "decent_dropsy", "Warehouse_Staging",
	},
}

// address is that of the resource in config.
func (m membershipTest) address() string { return "datastack_" + m.kind.typeName() + ".raj" }

// config is a resource with other values than velvet_march's, where given.
func (m membershipTest) config(c *company, role string, replace ...string) string {
	return c.config(m.block("raj", role, replace...))
}

func (m membershipTest) block(name, role string, replace ...string) string {
	return strings.NewReplacer(replace...).Replace(fmt.Sprintf(`
resource "datastack_%s" %q {
  %s = %q
  user_id = "velvet_march"
  role    = %q
}
`, m.kind.typeName(), name, m.kind.parent, m.parent, role))
}

func (m membershipTest) state(role string) []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue(m.address(), tfjsonpath.New(m.kind.parent), knownvalue.StringExact(m.parent)),
		statecheck.ExpectKnownValue(m.address(), tfjsonpath.New("user_id"), knownvalue.StringExact("velvet_march")),
		statecheck.ExpectKnownValue(m.address(), tfjsonpath.New("role"), knownvalue.StringExact(role)),
	}
}

func (m membershipTest) planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(m.address(), action)}}
}

// eachMembership runs a test for both kinds.
func eachMembership(t *testing.T, options sandbox.Options, test func(*testing.T, *company, membershipTest)) {
	t.Helper()
	t.Parallel()
	for name, m := range membershipTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newCompany(t, options), m)
		})
	}
}

// TestFivetranMembershipLife has one request for each change, and none for what
// is as it should be.
func TestFivetranMembershipLife(t *testing.T) {
	eachMembership(t, sandbox.Options{}, func(t *testing.T, c *company, m membershipTest) {
		t.Helper()
		count := func(method, path string, want int) {
			t.Helper()
			if got := c.Count(method, path); got != want {
				t.Errorf("got %d requests %s %s, want %d", got, method, path, want)
			}
		}
		other := strings.Replace(m.one, m.parent, m.other, 1)
		runSteps(t,
			resource.TestStep{Config: m.config(c, m.role), ConfigStateChecks: m.state(m.role), ConfigPlanChecks: m.planned(plancheck.ResourceActionCreate)},
			resource.TestStep{Config: m.config(c, m.role), PlanOnly: true},
			resource.TestStep{
				PreConfig: func() { count(http.MethodPost, m.all, 1) },
				Config:    m.config(c, m.change), ConfigStateChecks: m.state(m.change), ConfigPlanChecks: m.planned(plancheck.ResourceActionUpdate),
			},
			resource.TestStep{
				PreConfig:    func() { count(http.MethodPatch, m.one, 1) },
				ResourceName: m.address(), ImportState: true, ImportStateId: m.parent + "/velvet_march", ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "user_id",
			},
			resource.TestStep{Config: m.config(c, m.change, m.parent, m.other), ConfigPlanChecks: m.planned(plancheck.ResourceActionReplace)},
			resource.TestStep{
				PreConfig: func() { count(http.MethodDelete, m.one, 1); count(http.MethodGet, other, 0) },
				Config:    c.config("# none"),
			},
		)
		count(http.MethodDelete, other, 1)
		count(http.MethodPost, m.all, map[string]int{"team": 1, "group": 2}[m.kind.noun])
		count(http.MethodPatch, "/v1", 1)
	})
}

// TestFivetranMembershipDrift brings back what was changed or ended elsewhere, and
// keeps the state if the service does not say.
func TestFivetranMembershipDrift(t *testing.T) {
	eachMembership(t, sandbox.Options{}, func(t *testing.T, c *company, m membershipTest) {
		t.Helper()
		send := func(method, path, body string) {
			t.Helper()
			req, err := http.NewRequestWithContext(t.Context(), method, c.url+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			req.SetBasicAuth(sandbox.FivetranKey, sandbox.FivetranSecret)
			req.Header.Set("Content-Type", "application/json")
			resp, err := http.DefaultClient.Do(req)
			if err != nil || resp.StatusCode != http.StatusOK {
				t.Fatal(err, resp)
			}
			_ = resp.Body.Close()
		}
		runSteps(t,
			resource.TestStep{Config: m.config(c, m.role)},
			resource.TestStep{
				PreConfig: func() { send(http.MethodPatch, m.one, fmt.Sprintf(`{"role":%q}`, m.change)) },
				Config:    m.config(c, m.role), ConfigPlanChecks: m.planned(plancheck.ResourceActionUpdate), ConfigStateChecks: m.state(m.role),
			},
			resource.TestStep{
				PreConfig: func() { send(http.MethodDelete, m.one, "") },
				Config:    m.config(c, m.role), ConfigPlanChecks: m.planned(plancheck.ResourceActionCreate), ConfigStateChecks: m.state(m.role),
			},
			resource.TestStep{
				PreConfig: func() {
					c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/" + string(m.kind.in), Times: 1, Status: http.StatusNotFound, Body: "<html>no such page</html>"})
				},
				Config: m.config(c, m.role), ExpectError: regexp.MustCompile(`(?s)Unable to Read Fivetran ` + m.kind.title + ` Membership.*state\s+is\s+left.*no\s+such\s+page`),
			},
			resource.TestStep{
				PreConfig: func() { c.RemoveFivetranUser("raj.patel@northwind.example") },
				Config:    c.config("# none"),
			},
		)
	})
}

// TestFivetranMembershipThere adopts a membership, and brings its role to the
// configuration.
func TestFivetranMembershipThere(t *testing.T) {
	eachMembership(t, sandbox.Options{}, func(t *testing.T, c *company, m membershipTest) {
		t.Helper()
		there := []string{"velvet_march", "walnut_sing"}
		runSteps(t,
			resource.TestStep{Config: m.config(c, m.change, there...), ConfigPlanChecks: m.planned(plancheck.ResourceActionCreate)},
			resource.TestStep{Config: m.config(c, m.change, there...), PlanOnly: true},
		)
		if posts, patches := c.Count(http.MethodPost, "/v1"), c.Count(http.MethodPatch, "/v1"); posts != 1 || patches != 1 {
			t.Errorf("got %d POST and %d PATCH, want one of each", posts, patches)
		}
	})
}

// TestFivetranMembershipWithItsUser invites a user into a team and a group, and
// deletes all three in one run.
func TestFivetranMembershipWithItsUser(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	team, group := membershipTests["team"], membershipTests["group"]
	ada := []string{`"velvet_march"`, "datastack_fivetran_user_invite.ada.id"}
	config := c.ada("") + team.block("raj", team.role, ada...) + group.block("raj", group.role, ada...)
	runSteps(t,
		resource.TestStep{Config: config},
		resource.TestStep{Config: config, PlanOnly: true},
		resource.TestStep{Config: c.config("# none")},
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: func() { c.RemoveFivetranUser("ada@northwind.example") }, Config: c.config("# none")},
	)
	if got := c.Count(http.MethodDelete, "/v1"); got != 3 {
		t.Errorf("got %d DELETE, want 3", got)
	}
}

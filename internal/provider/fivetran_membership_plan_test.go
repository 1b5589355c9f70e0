// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// memberships writes a configuration of blocks.
func (w *workspace) memberships(t *testing.T, blocks ...string) {
	t.Helper()
	w.write(t, "main.tf", "provider \"datastack\" {}\n"+strings.Join(blocks, "\n"))
}

// TestFivetranMembershipPlans has the plan say what would fail, or change more
// than meets the eye.
func TestFivetranMembershipPlans(t *testing.T) {
	t.Parallel()
	team, group := membershipTests["team"], membershipTests["group"]
	for name, test := range map[string]struct {
		block string
		ok    bool
		want  string // "" for no problem
	}{
		"a new member":               {team.block("raj", team.role), true, ""},
		"a new member of a group":    {group.block("raj", group.role), true, ""},
		"the same twice":             {team.block("raj", team.role) + team.block("again", team.change), false, `Fivetran Team Membership Has Two Resources.*user "velvet_march" in the team "loud_cedar"`},
		"the same twice, group":      {group.block("raj", group.role) + group.block("again", group.role), false, "Fivetran Group Membership Has Two Resources"},
		"one user in two teams":      {team.block("raj", team.role) + team.block("more", team.role, "loud_cedar", "calm_otter"), true, ""},
		"a name for an id":           {team.block("raj", team.role, "loud_cedar", "analytics engineering"), false, `Fivetran Team Not Found.*"Analytics Engineering" is the name of a team\. Write its id: team_id = "loud_cedar"`},
		"a name for a group's id":    {group.block("raj", group.role, "serving_iodine", "Warehouse_Staging"), false, `Fivetran Group Not Found.*group_id = "serving_iodine"`},
		"nearly a name":              {team.block("raj", team.role, "loud_cedar", "Analytic Enginering"), false, `Did you mean "Analytics Engineering"\? That is the name of a team: set .team_id. to its id`},
		"nearly an id":               {team.block("raj", team.role, "loud_cedar", "loud_ceder"), false, `There is no team with the id "loud_ceder"\. Did you mean "loud_cedar"\?`},
		"no id at all":               {team.block("raj", team.role, "loud_cedar", "qqqqqq"), false, `There is no team with the id "qqqqqq"\. Find ids with the data source datastack_fivetran_teams`},
		"no such user":               {team.block("raj", team.role, "velvet_march", "other_account"), false, `Fivetran User Not Found.*No user of the account has the id "other_account"`},
		"an address for a user":      {group.block("raj", group.role, "velvet_march", "Raj.Patel@northwind.example"), false, `is an email address\. Write the id of the user: user_id = "velvet_march"`},
		"a suspended user":           {team.block("raj", team.role, "velvet_march", "ribbon_climb"), true, `Fivetran User Is Suspended.*ribbon_climb`},
		"a role of another kind":     {group.block("raj", "Account Reviewer"), false, `The role "Account Reviewer" exists, and is no destination role\. Destination roles: Connector Creator,`},
		"nearly a role":              {group.block("raj", "View Destinatio"), false, `There is no destination role "View Destinatio"\. Did you mean "View Destination"\?`},
		"a deprecated role":          {group.block("raj", "Destination Administrator"), true, `Deprecated Fivetran Role.*Use its replacement "Manage Destination"`},
		"a role that teams have not": {team.block("raj", "team member"), false, `role value must be one of: \["Team Member" "Team Manager"\]`},
		"a blank role":               {group.block("raj", " "), false, "Empty Value"},
		"space in an id":             {group.block("raj", group.role, "velvet_march", "velvet_march "), false, "Space Around Value"},
		"there with another role":    {team.block("raj", team.change, "velvet_march", "walnut_sing"), true, `Fivetran Team Membership Will Be Adopted.*role: "Team Member" → "Team Manager"`},
		"there with the same role":   {team.block("raj", team.role, "velvet_march", "walnut_sing"), true, ""},
		"there under an older name":  {group.block("raj", "Destination Administrator", "velvet_march", "nozzle_eat"), true, "Deprecated Fivetran Role"},
		"there in a group":           {group.block("raj", group.change, "velvet_march", "walnut_sing"), true, `Fivetran Group Membership Will Be Adopted.*role: "View Destination" → "Manage Destination"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			w.memberships(t, test.block)
			output := w.expect(t, test.ok, "plan", []string{test.want})
			if test.want == "" && (contains(output, "Warning") || contains(output, "Error")) {
				t.Errorf("got a problem: %s", output)
			}
			if strings.HasPrefix(test.want, "Deprecated") && contains(output, "Will Be Adopted") {
				t.Errorf("one role under two names is a change: %s", output)
			}
			if got := w.changes(); got != 0 {
				t.Errorf("planning sent %d changes", got)
			}
		})
	}
}

// TestFivetranMembershipRenamed stops a plan that would end a membership that
// stays in the configuration, in either order.
func TestFivetranMembershipRenamed(t *testing.T) {
	t.Parallel()
	for name, m := range membershipTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{})
			w.memberships(t, m.block("raj", m.role))
			w.succeed(t, "apply -auto-approve")
			before := w.changes()
			for _, renamed := range []string{"aaa", "zzz"} {
				w.memberships(t, m.block(renamed, m.role))
				w.fail(t, "plan", "Membership Would Be Deleted.*moved \\{.*datastack_"+m.kind.typeName())
				w.memberships(t, m.block(renamed, m.role), "moved {\n  from = datastack_"+m.kind.typeName()+".raj\n  to = datastack_"+m.kind.typeName()+"."+renamed+"\n}\n")
				w.succeed(t, "plan", "0 to add, 0 to change, 0 to destroy|has moved to")
			}
			if got := w.changes(); got != before {
				t.Errorf("planning sent %d changes", got-before)
			}
			// Replacing is no rename.
			for _, lifecycle := range []string{"", "  lifecycle {\n    create_before_destroy = true\n  }\n}"} {
				block := m.block("raj", m.role)
				if lifecycle != "" {
					block = strings.TrimSuffix(strings.TrimSpace(block), "}") + lifecycle
				}
				w.memberships(t, block)
				w.succeed(t, "apply -auto-approve -replace=datastack_"+m.kind.typeName()+".raj", "1 added, 0 changed, 1 destroyed")
				w.succeed(t, "plan", "No changes")
			}
			w.memberships(t, m.block("raj", m.role))
			w.succeed(t, "taint datastack_"+m.kind.typeName()+".raj")
			w.succeed(t, "apply -auto-approve", "1 added, 0 changed, 1 destroyed")
			w.succeed(t, "plan", "No changes")
		})
	}
}

// TestFivetranMembershipRefused says what the key lacks, or why Fivetran refuses.
func TestFivetranMembershipRefused(t *testing.T) {
	t.Parallel()
	team, group := membershipTests["team"], membershipTests["group"]
	forbidden := func(method string) sandbox.Fault {
		return sandbox.Fault{Method: method, Status: http.StatusForbidden, Body: `{"code":"Forbidden","message":"Access denied."}`}
	}
	for name, test := range map[string]struct {
		behavior sandbox.FivetranBehavior
		fault    sandbox.Fault
		block    string
		want     string
	}{
		"team":              {sandbox.FivetranBehavior{}, forbidden(http.MethodPost), team.block("raj", team.role), `Unable to Create Fivetran Team Membership.*Access denied.*scope TEAM:MANAGE\.`},
		"group":             {sandbox.FivetranBehavior{}, forbidden(http.MethodPost), group.block("raj", group.role), `Unable to Create Fivetran Group Membership.*scope USER:MANAGE and DESTINATION:MANAGE`},
		"a key that cannot": {sandbox.FivetranBehavior{}, forbidden(""), team.block("raj", team.role), `Unable to Create Fivetran Team Membership.*TEAM:MANAGE`},
		"managed by SCIM":   {sandbox.FivetranBehavior{ManagedTeams: []string{"loud_cedar"}}, sandbox.Fault{PathPrefix: "/v1/none"}, team.block("raj", team.role), `managed by SCIM.*only the identity provider can manage users and teams`},
		"a conflict":        {sandbox.FivetranBehavior{}, sandbox.Fault{Method: http.MethodPost, Status: http.StatusConflict, Body: `{"code":"IllegalState","message":"No."}`}, team.block("raj", team.role), `refused to create the membership of the user "velvet_march" in the team "loud_cedar".*If the identity provider manages the team by SCIM, change its members there`},
		"a lost answer":     {sandbox.FivetranBehavior{}, sandbox.Fault{Method: http.MethodPost, Status: http.StatusBadGateway}, group.block("raj", group.role), `the answer was lost, and Fivetran does not show the change so far`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{Fivetran: test.behavior})
			w.memberships(t, test.block)
			w.Inject(test.fault)
			w.fail(t, "apply -auto-approve", test.want)
		})
	}
}

// TestFivetranTeamLosesItsManager: the plan warns, and says what Fivetran says.
func TestFivetranTeamLosesItsManager(t *testing.T) {
	t.Parallel()
	m := membershipTests["team"]
	manager := m.block("raj", m.change, "velvet_march", "ferry_blink")
	w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{KeepTeamManager: true}})
	w.memberships(t, manager)
	w.succeed(t, "apply -auto-approve")
	const warning = `Fivetran Team Loses Its Last Manager.*"ferry_blink".*"loud_cedar"`
	w.memberships(t, m.block("raj", m.role, "velvet_march", "ferry_blink"))
	w.succeed(t, "plan", warning)
	w.memberships(t)
	w.succeed(t, "plan", warning)
	w.fail(t, "apply -auto-approve", "Unable to Delete Fivetran Team Membership.*last manager")
	w.memberships(t, manager, m.block("second", m.change))
	w.succeed(t, "apply -auto-approve")
	w.memberships(t, m.block("second", m.change))
	if output := w.succeed(t, "apply -auto-approve"); contains(output, "Last Manager") {
		t.Errorf("warned although there is another one: %s", output)
	}
}

// TestFivetranMembershipRepliesThatContradict are a warning for a new membership,
// and an error for a change.
func TestFivetranMembershipRepliesThatContradict(t *testing.T) {
	t.Parallel()
	for name, m := range membershipTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, sandbox.Options{Fivetran: sandbox.FivetranBehavior{IgnoreUpdates: true}})
			w.memberships(t, m.block("raj", m.change, "velvet_march", "walnut_sing"))
			w.succeed(t, "apply -auto-approve", "Role Differs.*accepted the role \""+m.change+"\".*shows \""+m.role+"\".*next plan shows the difference")
			w.fail(t, "apply -auto-approve", "Role Differs.*The state has what Fivetran has")
			w.memberships(t, m.block("raj", m.role, "velvet_march", "walnut_sing"))
			w.succeed(t, "plan", "No changes")
		})
	}
}

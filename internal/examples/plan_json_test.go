// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// planJSON is what policies look at in the JSON of a plan.
type planJSON struct {
	Timestamp       string           `json:"timestamp"`
	Errored         bool             `json:"errored"`
	PriorState      state            `json:"prior_state"`
	PlannedValues   values           `json:"planned_values"`
	ResourceChanges []resourceChange `json:"resource_changes"`
	ResourceDrift   []resourceChange `json:"resource_drift"`
	Checks          []check          `json:"checks"`
	Configuration   json.RawMessage  `json:"configuration"`
}

type state struct {
	Values values `json:"values"`
}

type values struct {
	Outputs    map[string]struct{ Value any } `json:"outputs"`
	RootModule module                         `json:"root_module"`
}

type module struct {
	Resources    []resource `json:"resources"`
	ChildModules []module   `json:"child_modules"`
}

type resource struct {
	Address string         `json:"address"`
	Values  map[string]any `json:"values"`
}

type resourceChange struct {
	Address string `json:"address"`
	Reason  string `json:"action_reason"`
	Change  struct {
		Actions []string       `json:"actions"`
		Before  map[string]any `json:"before"`
		After   map[string]any `json:"after"`
		Unknown map[string]any `json:"after_unknown"`
	} `json:"change"`
}

type check struct {
	Address struct {
		Display string `json:"to_display"`
	} `json:"address"`
	Status    string `json:"status"`
	Instances []struct {
		Problems []struct{ Message string } `json:"problems"`
	} `json:"instances"`
}

// plan makes a plan and reads it as policies do. It returns the exit code of
// plan too, which is not 0 where a condition failed.
func (w *workspace) plan(t *testing.T, args ...string) (plan planJSON, code int) {
	t.Helper()
	output, code := w.run(t, terraform(), append([]string{"plan", "-out=tfplan"}, args...)...)
	cmd := w.environment.Command(t.Context(), w.dir, terraform(), "show", "-json", "tfplan")
	shown, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(shown, &plan)
	}
	if err != nil {
		t.Fatalf("no plan as JSON: %v\n%s", err, output)
	}
	return plan, code
}

// find returns the values of an address below a module, nil if there are none.
func (m module) find(address string) map[string]any {
	for _, resource := range m.Resources {
		if resource.Address == address {
			return resource.Values
		}
	}
	for _, child := range m.ChildModules {
		if values := child.find(address); values != nil {
			return values
		}
	}
	return nil
}

// change returns that of an address, a zero one if there is none.
func change(changes []resourceChange, address string) resourceChange {
	at := slices.IndexFunc(changes, func(c resourceChange) bool { return c.Address == address })
	if at < 0 {
		return resourceChange{}
	}
	return changes[at]
}

const everyFact = `
terraform {
  required_providers {
    datastack = { source = "datastack-iam/datastack" }
  }
}

provider "datastack" {
  fivetran = { api_key = "` + sandbox.FivetranKey + `", api_secret = "` + sandbox.FivetranSecret + `" }
}

data "datastack_dbtcloud_users" "all" {}

module "nested" {
  source = "./nested"
}

resource "terraform_data" "late" {
  input = "ada@northwind.example"
}

data "datastack_fivetran_user" "unknown" {
  email = terraform_data.late.output
}

data "datastack_fivetran_roles" "dependent" {
  depends_on = [terraform_data.late]
}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
}

resource "datastack_fivetran_user_invite" "unknown" {
  email       = "x-${terraform_data.late.output}"
  given_name  = "Nobody"
  family_name = "Yet"
}

check "groups" {
  data "datastack_dbtcloud_groups" "all" {}
  assert {
    condition     = length(data.datastack_dbtcloud_groups.all.groups) == 0
    error_message = "There are groups."
  }
}

output "people" {
  value = length(data.datastack_dbtcloud_users.all.users)
}
`

// TestWhereFactsStandInAPlan keeps true what the guide "Policy checks" says
// about the JSON of a plan, and what the rules in examples/policies build on.
func TestWhereFactsStandInAPlan(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "facts")
	w.write(t, "main.tf", everyFact)
	w.write(t, "nested/main.tf", `
terraform {
  required_providers {
    datastack = { source = "datastack-iam/datastack" }
  }
}

data "datastack_rudderstack_scim_groups" "all" {}
`)
	w.terraform(t, "init")
	plan, code := w.plan(t)
	if code != 0 || plan.Errored || plan.Timestamp == "" {
		t.Fatalf("plan ended with %d, errored %t, timestamp %q", code, plan.Errored, plan.Timestamp)
	}
	read, planned := plan.PriorState.Values.RootModule, plan.PlannedValues.RootModule

	// What was read stands in prior_state alone, in the plan that has no state yet too.
	const users = "data.datastack_dbtcloud_users.all"
	if list, _ := read.find(users)["users"].([]any); len(list) < 40 {
		t.Errorf("prior_state shows %d users, want all", len(list))
	}
	if planned.find(users) != nil || change(plan.ResourceChanges, users).Address != "" {
		t.Errorf("%s stands in planned_values or resource_changes, too", users)
	}
	if read.find("module.nested.data.datastack_rudderstack_scim_groups.all")["groups"] == nil {
		t.Error("prior_state lacks what a module read")
	}

	// A read that waits for the apply is a change, and its values are nowhere.
	for address, reason := range map[string]string{
		"data.datastack_fivetran_user.unknown":    "read_because_config_unknown",
		"data.datastack_fivetran_roles.dependent": "read_because_dependency_pending",
	} {
		late := change(plan.ResourceChanges, address)
		if !slices.Equal(late.Change.Actions, []string{"read"}) || late.Reason != reason || len(late.Change.Unknown) == 0 {
			t.Errorf("%s: got %+v, want a read with %s", address, late, reason)
		}
		if read.find(address) != nil {
			t.Errorf("%s stands in prior_state", address)
		}
	}

	// A read inside a check block stands in both places.
	const groups = "data.datastack_dbtcloud_groups.all"
	nested := change(plan.ResourceChanges, groups)
	if nested.Reason != "read_because_check_nested" || nested.Change.After["groups"] == nil || read.find(groups)["groups"] == nil {
		t.Errorf("%s: got %s, or its groups are not in both places", groups, nested.Reason)
	}

	// An invite is a change; what is not known yet is named in after_unknown and missing in after.
	ada := change(plan.ResourceChanges, "datastack_fivetran_user_invite.ada").Change
	if role, told := ada.After["role"]; ada.Actions[0] != "create" || ada.After["email"] != "ada@northwind.example" || !told || role != nil || ada.Unknown["role"] != nil {
		t.Errorf("the invite of Ada: got %+v", ada)
	}
	unknown := change(plan.ResourceChanges, "datastack_fivetran_user_invite.unknown").Change
	if _, told := unknown.After["email"]; told || unknown.Unknown["email"] != true {
		t.Errorf("the invite of nobody yet: got %+v", unknown)
	}

	// A check that fails is no error.
	failed := slices.IndexFunc(plan.Checks, func(c check) bool { return c.Address.Display == "check.groups" && c.Status == "fail" })
	if failed < 0 || plan.Checks[failed].Instances[0].Problems[0].Message != "There are groups." {
		t.Errorf("checks: got %+v", plan.Checks)
	}
	if people, _ := plan.PlannedValues.Outputs["people"].Value.(float64); people < 40 {
		t.Errorf("output people: got %v", people)
	}
	if !strings.Contains(string(plan.Configuration), sandbox.FivetranSecret) {
		t.Error("a secret that the configuration spells out is not in the plan: the guide warns of it in vain")
	}
}

// TestWhereChangesOutsideStandInAPlan suspends somebody in Fivetran.
func TestWhereChangesOutsideStandInAPlan(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "policies")
	w.terraform(t, "init")
	w.terraform(t, "apply", "-auto-approve")
	w.SuspendFivetranUser("marta.jansen@northwind.example")
	const marta = `datastack_fivetran_user_invite.person["marta.jansen@northwind.example"]`
	for _, args := range [][]string{{}, {"-refresh-only"}} {
		plan, _ := w.plan(t, args...)
		drift := change(plan.ResourceDrift, marta).Change
		if drift.Before["active"] != true || drift.After["active"] != false {
			t.Errorf("plan %v: got drift %+v", args, drift)
		}
		if plan.PriorState.Values.RootModule.find("data.datastack_identities.all") == nil {
			t.Errorf("plan %v: prior_state lacks what was read", args)
		}
	}

	// To delete everybody, the facts are read all the same.
	plan, _ := w.plan(t, "-destroy")
	if actions := change(plan.ResourceChanges, marta).Change.Actions; !slices.Equal(actions, []string{"delete"}) {
		t.Errorf("destroy: got %v", actions)
	}
	if plan.PriorState.Values.RootModule.find("data.datastack_identities.all") == nil {
		t.Error("destroy: prior_state lacks what was read")
	}
}

// TestAPlanOfAFailedCondition is written, and says that it is not whole.
func TestAPlanOfAFailedCondition(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "condition")
	w.write(t, "main.tf", `
terraform {
  required_providers {
    datastack = { source = "datastack-iam/datastack" }
  }
}

data "datastack_fivetran_users" "all" {}

resource "datastack_fivetran_user_invite" "ada" {
  email       = "ada@northwind.example"
  given_name  = "Ada"
  family_name = "Lovelace"
  lifecycle {
    precondition {
      condition     = length(data.datastack_fivetran_users.all.users) == 0
      error_message = "The account is full."
    }
  }
}
`)
	w.terraform(t, "init")
	plan, code := w.plan(t)
	failed := slices.IndexFunc(plan.Checks, func(c check) bool {
		return c.Address.Display == "datastack_fivetran_user_invite.ada" && c.Status == "fail"
	})
	if code != 1 || !plan.Errored || failed < 0 {
		t.Errorf("plan ended with %d, errored %t, checks %+v", code, plan.Errored, plan.Checks)
	}
}

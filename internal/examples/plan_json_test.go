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

// planJSON is what policies read in the JSON of a plan.
type planJSON struct {
	Timestamp       string          `json:"timestamp"`
	Errored         bool            `json:"errored"`
	PriorState      planState       `json:"prior_state"`
	PlannedValues   planValues      `json:"planned_values"`
	ResourceChanges []planChange    `json:"resource_changes"`
	ResourceDrift   []planChange    `json:"resource_drift"`
	Checks          []planCheck     `json:"checks"`
	Configuration   json.RawMessage `json:"configuration"`
}

type planState struct {
	Values planValues `json:"values"`
}

type planValues struct {
	Outputs    map[string]struct{ Value any } `json:"outputs"`
	RootModule planModule                     `json:"root_module"`
}

type planModule struct {
	Resources    []planResource `json:"resources"`
	ChildModules []planModule   `json:"child_modules"`
}

type planResource struct {
	Address string         `json:"address"`
	Values  map[string]any `json:"values"`
}

type planChange struct {
	Address string `json:"address"`
	Reason  string `json:"action_reason"`
	Change  struct {
		Actions []string       `json:"actions"`
		Before  map[string]any `json:"before"`
		After   map[string]any `json:"after"`
		Unknown map[string]any `json:"after_unknown"`
	} `json:"change"`
}

type planCheck struct {
	Address struct {
		Display string `json:"to_display"`
	} `json:"address"`
	Status    string `json:"status"`
	Instances []struct {
		Problems []struct{ Message string } `json:"problems"`
	} `json:"instances"`
}

// plan runs plan and decodes the JSON of the plan. It returns the exit code of
// plan too, which is not 0 if a condition failed.
func (w *workspace) plan(t *testing.T, args ...string) (plan planJSON, code int) {
	t.Helper()
	output, code := w.run(t, terraform(), append([]string{"plan", "-out=tfplan"}, args...)...)
	cmd := w.environment.Command(t.Context(), w.dir, terraform(), "show", "-json", "tfplan")
	shown, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(shown, &plan)
	}
	if err != nil {
		t.Fatalf("no plan in JSON: %v\n%s", err, output)
	}
	return plan, code
}

// find returns the values of an address below a module, nil if there are none.
func (m planModule) find(address string) map[string]any {
	for _, r := range m.Resources {
		if r.Address == address {
			return r.Values
		}
	}
	for _, child := range m.ChildModules {
		if values := child.find(address); values != nil {
			return values
		}
	}
	return nil
}

// changeAt returns the change at an address, a zero one if there is none.
func changeAt(changes []planChange, address string) planChange {
	at := slices.IndexFunc(changes, func(c planChange) bool { return c.Address == address })
	if at < 0 {
		return planChange{}
	}
	return changes[at]
}

// everyPlanPart is a configuration whose plan has each part that policies read.
const everyPlanPart = `
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
  given_name  = "Unknown"
  family_name = "User"
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

// TestPlanJSON checks what the guide "Policy checks" says about the JSON of a
// plan. The rules in examples/policies rely on it.
func TestPlanJSON(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "plan-json")
	w.write(t, "main.tf", everyPlanPart)
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
		t.Fatalf("plan exited with %d, errored %t, timestamp %q", code, plan.Errored, plan.Timestamp)
	}
	read, planned := plan.PriorState.Values.RootModule, plan.PlannedValues.RootModule

	// The results of data sources are only in prior_state, even if there is no state yet.
	const users = "data.datastack_dbtcloud_users.all"
	if list, _ := read.find(users)["users"].([]any); len(list) < 40 {
		t.Errorf("prior_state shows %d users, want all", len(list))
	}
	if planned.find(users) != nil || changeAt(plan.ResourceChanges, users).Address != "" {
		t.Errorf("%s is in planned_values or resource_changes, too", users)
	}
	if read.find("module.nested.data.datastack_rudderstack_scim_groups.all")["groups"] == nil {
		t.Error("prior_state lacks the data source of a module")
	}

	// A data source that is read during apply is a change without results.
	for address, reason := range map[string]string{
		"data.datastack_fivetran_user.unknown":    "read_because_config_unknown",
		"data.datastack_fivetran_roles.dependent": "read_because_dependency_pending",
	} {
		late := changeAt(plan.ResourceChanges, address)
		if !slices.Equal(late.Change.Actions, []string{"read"}) || late.Reason != reason || len(late.Change.Unknown) == 0 {
			t.Errorf("%s: got %+v, want a read with %s", address, late, reason)
		}
		if read.find(address) != nil {
			t.Errorf("%s is in prior_state", address)
		}
	}

	// A data source in a check block is in both places.
	const groups = "data.datastack_dbtcloud_groups.all"
	nested := changeAt(plan.ResourceChanges, groups)
	if nested.Reason != "read_because_check_nested" || nested.Change.After["groups"] == nil || read.find(groups)["groups"] == nil {
		t.Errorf("%s: got %s, or its groups are not in both places", groups, nested.Reason)
	}

	// An invite is a change. Values known only after apply are in after_unknown, not in after.
	ada := changeAt(plan.ResourceChanges, "datastack_fivetran_user_invite.ada").Change
	if role, known := ada.After["role"]; ada.Actions[0] != "create" || ada.After["email"] != "ada@northwind.example" || !known || role != nil || ada.Unknown["role"] != nil {
		t.Errorf("the invite of Ada: got %+v", ada)
	}
	unknown := changeAt(plan.ResourceChanges, "datastack_fivetran_user_invite.unknown").Change
	if _, known := unknown.After["email"]; known || unknown.Unknown["email"] != true {
		t.Errorf("the invite of an unknown address: got %+v", unknown)
	}

	// A failed check is not an error.
	failed := slices.IndexFunc(plan.Checks, func(c planCheck) bool { return c.Address.Display == "check.groups" && c.Status == "fail" })
	if failed < 0 || plan.Checks[failed].Instances[0].Problems[0].Message != "There are groups." {
		t.Errorf("checks: got %+v", plan.Checks)
	}
	if people, _ := plan.PlannedValues.Outputs["people"].Value.(float64); people < 40 {
		t.Errorf("output people: got %v", people)
	}
	if !strings.Contains(string(plan.Configuration), sandbox.FivetranSecret) {
		t.Error("a secret in the configuration is not in the plan: remove the warning from the guide")
	}
}

// TestPlanJSONDrift suspends a user in Fivetran, outside of Terraform.
func TestPlanJSONDrift(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "policies")
	w.terraform(t, "init")
	w.terraform(t, "apply", "-auto-approve")
	w.SuspendFivetranUser("marta.jansen@northwind.example")
	const invite = `datastack_fivetran_user_invite.person["marta.jansen@northwind.example"]`
	for _, args := range [][]string{{}, {"-refresh-only"}} {
		plan, _ := w.plan(t, args...)
		drift := changeAt(plan.ResourceDrift, invite).Change
		if drift.Before["active"] != true || drift.After["active"] != false {
			t.Errorf("plan %v: got drift %+v", args, drift)
		}
		if plan.PriorState.Values.RootModule.find("data.datastack_identities.all") == nil {
			t.Errorf("plan %v: prior_state lacks data.datastack_identities.all", args)
		}
	}

	// A plan to destroy reads the data sources, too.
	plan, _ := w.plan(t, "-destroy")
	if actions := changeAt(plan.ResourceChanges, invite).Change.Actions; !slices.Equal(actions, []string{"delete"}) {
		t.Errorf("destroy: got %v", actions)
	}
	if plan.PriorState.Values.RootModule.find("data.datastack_identities.all") == nil {
		t.Error("destroy: prior_state lacks data.datastack_identities.all")
	}
}

// TestPlanJSONFailedCondition checks that Terraform writes a plan even if a
// condition failed, and marks it as errored, since version 1.6.
func TestPlanJSONFailedCondition(t *testing.T) {
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
	failed := slices.IndexFunc(plan.Checks, func(c planCheck) bool {
		return c.Address.Display == "datastack_fivetran_user_invite.ada" && c.Status == "fail"
	})
	if code != 1 || failed < 0 || plan.Errored == olderThan(t, 6) {
		t.Errorf("plan exited with %d, errored %t, checks %+v", code, plan.Errored, plan.Checks)
	}
}

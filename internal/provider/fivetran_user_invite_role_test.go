// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranUserInviteRoleIsChecked(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: c.ada(`role = "Account Reviever"`), PlanOnly: true,
			ExpectError: regexp.MustCompile(`(?s)Unknown Fivetran Role.*Did\s+you\s+mean\s+"Account\s+Reviewer"`)},
		resource.TestStep{Config: c.ada(`role = "Manage Destination"`), PlanOnly: true,
			ExpectError: regexp.MustCompile(`(?s)role\s+"Manage Destination"\s+exists,\s+and\s+is\s+no\s+account\s+role`)},
		resource.TestStep{ // Without ROLES:READ Fivetran itself has to refuse it.
			PreConfig: func() {
				c.Inject(sandbox.Fault{PathPrefix: "/v1/roles", Status: http.StatusForbidden})
			},
			Config:      c.ada(`role = "Account Reviever"`),
			ExpectError: regexp.MustCompile(`(?s)Unable to Invite Fivetran User.*refused\s+the\s+invite.*Account Reviever`),
		},
		resource.TestStep{Config: c.config("# nobody")},
	)
}

// TestFivetranUserInviteRenamedRole sets a deprecated role, which Fivetran
// shows under its new name ever after.
func TestFivetranUserInviteRenamedRole(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{
			Config: c.ada(`role = "ReadOnly"`),
			Check:  c.sends(http.MethodPatch, "/v1/users", 0),
		},
		resource.TestStep{
			Config:            c.ada(`role = "ReadOnly"`),
			ConfigPlanChecks:  planned(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{has("role", knownvalue.StringExact("Account Reviewer"))},
		},
		resource.TestStep{
			Config:           c.ada(`role = "Account Reviewer"`),
			ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
		},
		resource.TestStep{
			Config:           c.ada(`role = "Account Analyst"`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
		},
	)
}

// TestFivetranUserInviteRoleWhilePlanning tells a role that is left out, which
// a new person does not have, from one that is not known yet.
func TestFivetranUserInviteRoleWhilePlanning(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	role := tfjsonpath.New("role")
	for _, plan := range []struct {
		hcl   string
		check plancheck.PlanCheck
	}{
		{``, plancheck.ExpectKnownValue(invited, role, knownvalue.Null())},
		{`adopt_existing = true`, plancheck.ExpectUnknownValue(invited, role)},
		{`role = terraform_data.late.output`, plancheck.ExpectUnknownValue(invited, role)},
	} {
		runSteps(t, resource.TestStep{
			Config:           c.ada(plan.hcl) + `resource "terraform_data" "late" { input = "Account Reviewer" }`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plan.check}},
		})
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranRoles(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_fivetran_roles" "all" {}

data "datastack_fivetran_roles" "connector" {
  scope = "connector"
}

data "datastack_fivetran_roles" "team" {
  scope = "TEAM"
}

resource "terraform_data" "deprecated" {
  input = { for role in data.datastack_fivetran_roles.all.roles : role.name => role.replacement_role_name if coalesce(role.is_deprecated, false) }
}

locals {
  roles = { for role in data.datastack_fivetran_roles.all.roles : role.name => role }
}`, expressions{
		`length(local.roles)`: `19`,
		`slice(data.datastack_fivetran_roles.all.roles[*].name, 0, 3)`: `["Account Administrator", "Account Analyst", "Account Billing"]`,
		`data.datastack_fivetran_roles.connector.roles[*].name`:        `["Edit Connection", "Manage Connection", "Northwind Data Steward", "View Connection"]`,
		// Fivetran sends one scope as a plain string, and does not say that they are not deprecated.
		`data.datastack_fivetran_roles.team.roles`: `[
			{"name": "Team Manager", "description": "Users with the role Team Manager", "scopes": ["TEAM"], "is_custom": false, "is_deprecated": false, "replacement_role_name": null},
			{"name": "Team Member", "description": "Users with the role Team Member", "scopes": ["TEAM"], "is_custom": false, "is_deprecated": false, "replacement_role_name": null}
		]`,
		`local.roles["Northwind Data Steward"]`: `{
			"name": "Northwind Data Steward", "description": "Users with the role Northwind Data Steward", "scopes": ["ACCOUNT", "CONNECTOR", "DESTINATION"],
			"is_custom": true, "is_deprecated": null, "replacement_role_name": null
		}`,
		`terraform_data.deprecated.output`: `{
			"Connector Creator": "Create Connection", "Destination Administrator": "Manage Destination",
			"Owner": "Account Administrator", "ReadOnly": "Account Reviewer"
		}`,
	}))
}

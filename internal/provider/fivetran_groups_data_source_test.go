// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranGroups(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_fivetran_groups" "all" {}

data "datastack_fivetran_groups" "named" {
  names = ["warehouse_archive"]
}

data "datastack_fivetran_groups" "bare" {
  include_members = false
}

data "datastack_fivetran_groups" "none" {
  names = ["Warehouse"]
}

locals {
  production = data.datastack_fivetran_groups.all.groups[1]
}

resource "terraform_data" "managers" {
  input = [for member in local.production.members : member.email if member.role == "Manage Destination"]
}`, expressions{
		`data.datastack_fivetran_groups.all.groups[*].name`:     `["Warehouse_Archive", "Warehouse_Production", "Warehouse_Staging"]`,
		`data.datastack_fivetran_groups.bare.groups[*].members`: `[null, null, null]`,
		`data.datastack_fivetran_groups.none.groups`:            `[]`,
		`data.datastack_fivetran_groups.named.groups`: `[
			{"id": "ample_lichen", "name": "Warehouse_Archive", "created_at": "2023-01-03T09:14:26.016838Z", "members": []}
		]`,
		`local.production.members[6]`:    `{"user_id": "robot_stack", "email": null, "role": "Edit Destination"}`,
		`terraform_data.managers.output`: `["amara.okafor@northwind.example", "jonas.weber@northwind.example", "tomasz.nowak@northwind.example"]`,
	}))
}

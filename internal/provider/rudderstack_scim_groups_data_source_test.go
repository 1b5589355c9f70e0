// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestRudderStackSCIMGroups(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{SCIMPageCap: 4})
	runSteps(t, c.reading(`
data "datastack_rudderstack_scim_groups" "all" {}

data "datastack_rudderstack_scim_groups" "named" {
  display_names = ["Analysts", "data platform", "Finance & \"Legal\""]
}

data "datastack_rudderstack_scim_groups" "empty" {
  display_names = []
}

data "datastack_rudderstack_scim_groups" "bare" {
  include_members = false
}

locals {
  groups = data.datastack_rudderstack_scim_groups.all.groups
}

resource "terraform_data" "sizes" {
  input = { for group in local.groups : coalesce(group.external_id, group.display_name) => length(group.members) }
}`, expressions{
		`local.groups[*].display_name`: `["Analysts", "Analysts", "Analytics Engineering", "Contractors", "Data Platform", "Finance & \"Legal\""]`,
		`terraform_data.sizes.output`: `{
			"idp-analysts": 6, "idp-bi": 3, "idp-analytics-engineering": 6, "idp-contractors": 0, "idp-platform": 3, "Finance & \"Legal\"": 4
		}`,
		`local.groups[3].members`: `[]`,
		// The group does not say of what type they are, the list of users does.
		`distinct(local.groups[2].members[*].type)`:                            `["User"]`,
		`local.groups[2].members[*].id == sort(local.groups[2].members[*].id)`: `true`,
		`data.datastack_rudderstack_scim_groups.named.groups[*].display_name`:  `["Analysts", "Analysts", "Finance & \"Legal\""]`,
		`data.datastack_rudderstack_scim_groups.empty.groups`:                  `[]`,
		`data.datastack_rudderstack_scim_groups.bare.groups[*].members`:        `[null, null, null, null, null, null]`,
	}))
	c.expectOnlyGET(t)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestDBTCloudGroups(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_dbtcloud_groups" "all" {}

data "datastack_dbtcloud_groups" "analytics" {
  name_contains = "ANALY"
}

data "datastack_dbtcloud_groups" "special" {
  name_contains = "\"core\" + #1 \\ "
}

data "datastack_dbtcloud_groups" "nothing" {
  name_contains = "interns"
}

data "datastack_dbtcloud_groups" "any" {
  name_contains = ""
}

data "datastack_dbtcloud_groups" "bare" {
  include_members = false
}

locals {
  groups = { for group in data.datastack_dbtcloud_groups.all.groups : group.id => group }
}

resource "terraform_data" "administrators" {
  input = flatten([
    for group in data.datastack_dbtcloud_groups.all.groups : group.members[*].email
    if contains(group.permissions[*].permission_set, "account_admin")
  ])
}`, expressions{
		`data.datastack_dbtcloud_groups.all.groups[*].id`:                     upwards(201, 1, 12),
		`data.datastack_dbtcloud_groups.analytics.groups[*].id`:               `[204, 205]`,
		`data.datastack_dbtcloud_groups.special.groups[*].id`:                 `[210]`,
		`data.datastack_dbtcloud_groups.nothing.groups`:                       `[]`,
		`length(data.datastack_dbtcloud_groups.any.groups)`:                   `12`,
		`data.datastack_dbtcloud_groups.bare.groups[*].members`:               `[null, null, null, null, null, null, null, null, null, null, null, null]`,
		`terraform_data.administrators.output`:                                `["amara.okafor@northwind.example", "jonas.weber@northwind.example", "tomasz.nowak@northwind.example"]`,
		`[for group in local.groups : group.name if group.assign_by_default]`: `["Everyone"]`,
		`local.groups[203].permissions`:                                       `[]`,
		`local.groups[204].permissions`: `[
			{"permission_set": "developer", "project_id": null, "all_projects": true, "writable_environment_categories": ["development", "staging"]},
			{"permission_set": "job_admin", "project_id": 501, "all_projects": false, "writable_environment_categories": []}
		]`,
		`local.groups[205].sso_mapping_groups`: `["idp-analysts", "idp-bi"]`,
		// He is in the group and cannot log in: dbt Cloud does not count him.
		`[for member in local.groups[204].members : member if member.status != "active"]`: `[
			{"id": 4594, "email": "ivan.petrov@northwind.example", "status": "inactive", "license_type": "developer"}
		]`,
		`[local.groups[204].member_count, length(local.groups[204].members)]`: `[9, 10]`,
	}))
}

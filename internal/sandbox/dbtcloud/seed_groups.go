// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
)

// The groups of the account.
const (
	groupInterns      = 198
	groupOwner        = 201
	groupMember       = 202
	groupEveryone     = 203
	groupEngineering  = 204
	groupAnalysts     = 205
	groupFinance      = 206
	groupPlatform     = 207
	groupContractors  = 208
	groupContractors2 = 209
	groupOps          = 210
	groupSecurity     = 211
	groupMarketing    = 212
)

const otherAccountID = 99001

// groupRows are the groups: two share a name, one is deleted, one has a name
// that needs every kind of escaping. Grants read "permission_set" for all
// projects or "permission_set:project", separated by spaces.
var groupRows = []struct {
	id                int64
	name, sso, grants string
	byDefault, scim   bool
	state             int
}{
	{groupInterns, "Interns", "", "readonly", false, false, 2},
	{groupOwner, "Owner", "", "owner", false, false, 1},
	{groupMember, "Member", "", "member", false, false, 1},
	{groupEveryone, "Everyone", "", "", true, false, 1},
	{groupEngineering, "Analytics Engineering", "idp-analytics-engineering", "developer job_admin:501", false, true, 1},
	{groupAnalysts, "Analysts", "idp-analysts idp-bi", "analyst", false, true, 1},
	{groupFinance, "Finance Reporting", "idp-finance", "readonly:502", false, false, 1},
	{groupPlatform, "Platform", "", "account_admin git_admin", false, false, 1},
	{groupContractors, "Contractors", "", "developer:501", false, false, 1},
	{groupContractors2, "Contractors", "", "readonly:503", false, false, 1},
	{groupOps, `R&D "Core" + #1 \ Ops`, "", "job_runner:501 job_viewer:502", false, false, 1},
	{groupSecurity, "Security", "idp-security", "security_admin account_viewer", false, false, 1},
	{groupMarketing, "Marketing Insights", "", "stakeholder", false, false, 1},
}

func seedGroups(dates company.Calendar) []*wireGroup {
	var groups []*wireGroup
	for i, row := range groupRows {
		group := &wireGroup{
			SCIMManaged: row.scim,
			wireGroupCore: wireGroupCore{
				ID: row.id, AccountID: AccountID, Name: row.name, State: row.state,
				AssignByDefault: row.byDefault, SSOMappingGroups: strings.Fields(row.sso),
				CreatedAt: dates.Moment(2023, i), UpdatedAt: dates.Moment(2025, 3*i), Permissions: []wireGroupPermission{},
			},
		}
		for j, grant := range strings.Fields(row.grants) {
			set, project, limited := strings.Cut(grant, ":")
			permission := wireGroupPermission{
				ID: 10*row.id + int64(j), AccountID: AccountID, GroupID: row.id,
				AllProjects: !limited, PermissionSet: set, State: 1,
				WritableEnvironmentCategories: []string{},
				CreatedAt:                     group.CreatedAt, UpdatedAt: group.UpdatedAt,
			}
			if id, err := strconv.ParseInt(project, 10, 64); err == nil {
				permission.ProjectID = &id
			}
			if set == "developer" {
				permission.WritableEnvironmentCategories = []string{"development", "staging"}
			}
			group.Permissions = append(group.Permissions, permission)
		}
		groups = append(groups, group)
	}
	return groups
}

// otherGroup belongs to an account that the token cannot see.
func otherGroup(dates company.Calendar) wireGroupCore {
	return wireGroupCore{
		ID: 9901, AccountID: otherAccountID, Name: "Owner", State: 1, SSOMappingGroups: []string{},
		CreatedAt: dates.Moment(2022, 3), UpdatedAt: dates.Moment(2022, 3), Permissions: []wireGroupPermission{},
	}
}

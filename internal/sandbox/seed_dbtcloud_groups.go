// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"strconv"
	"strings"
)

// The groups of the account.
const (
	dbtInterns      = 198
	dbtOwner        = 201
	dbtMember       = 202
	dbtEveryone     = 203
	dbtEngineering  = 204
	dbtAnalysts     = 205
	dbtFinance      = 206
	dbtPlatform     = 207
	dbtContractors  = 208
	dbtContractors2 = 209
	dbtOps          = 210
	dbtSecurity     = 211
	dbtMarketing    = 212
)

const dbtOtherAccount = 99001

// dbtGroupRows are the groups: two share a name, one is deleted, one has a name
// that needs every kind of escaping. Grants read "permission_set" for all
// projects or "permission_set:project", separated by commas.
var dbtGroupRows = []struct {
	id                int64
	name, sso, grants string
	byDefault, scim   bool
	state             int
}{
	{dbtInterns, "Interns", "", "readonly", false, false, 2},
	{dbtOwner, "Owner", "", "owner", false, false, 1},
	{dbtMember, "Member", "", "member", false, false, 1},
	{dbtEveryone, "Everyone", "", "", true, false, 1},
	{dbtEngineering, "Analytics Engineering", "idp-analytics-engineering", "developer,job_admin:501", false, true, 1},
	{dbtAnalysts, "Analysts", "idp-analysts,idp-bi", "analyst", false, true, 1},
	{dbtFinance, "Finance Reporting", "idp-finance", "readonly:502", false, false, 1},
	{dbtPlatform, "Platform", "", "account_admin,git_admin", false, false, 1},
	{dbtContractors, "Contractors", "", "developer:501", false, false, 1},
	{dbtContractors2, "Contractors", "", "readonly:503", false, false, 1},
	{dbtOps, `R&D "Core" + #1 \ Ops`, "", "job_runner:501,job_viewer:502", false, false, 1},
	{dbtSecurity, "Security", "idp-security", "security_admin,account_viewer", false, false, 1},
	{dbtMarketing, "Marketing Insights", "", "stakeholder", false, false, 1},
}

func dbtSeedGroups() []*dbtGroup {
	var groups []*dbtGroup
	for i, row := range dbtGroupRows {
		group := &dbtGroup{
			SCIMManaged: row.scim,
			dbtGroupCore: dbtGroupCore{
				ID: row.id, AccountID: DBTCloudAccount, Name: row.name, State: row.state,
				AssignByDefault: row.byDefault, SSOMappingGroups: list(row.sso),
				CreatedAt: moment(2023, i), UpdatedAt: moment(2025, 3*i), Permissions: []dbtGroupPermission{},
			},
		}
		for j, grant := range list(row.grants) {
			set, project, limited := strings.Cut(grant, ":")
			permission := dbtGroupPermission{
				ID: 10*row.id + int64(j), AccountID: DBTCloudAccount, GroupID: row.id,
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

// dbtOtherGroup belongs to an account that the token cannot see.
var dbtOtherGroup = dbtGroupCore{
	ID: 9901, AccountID: dbtOtherAccount, Name: "Owner", State: 1, SSOMappingGroups: []string{},
	CreatedAt: moment(2022, 3), UpdatedAt: moment(2022, 3), Permissions: []dbtGroupPermission{},
}

// dbtStatements are the single permissions of a licence. They are most of the
// bytes of a list of users.
func dbtStatements(license string) json.RawMessage {
	type statement struct {
		Permission     string `json:"permission"`
		TargetResource *int64 `json:"target_resource"`
		AllResources   bool   `json:"all_resources"`
	}
	actions := []string{"read"}
	if license == "developer" {
		actions = []string{"read", "write"}
	}
	var statements []statement
	for _, action := range actions {
		for _, subject := range strings.Fields(`account_settings artifacts audit_log connections credentials
			custom_environment_variables data_platform_configurations develop documentation dbt_adapters environments
			env_variables groups invitations jobs license_allocations licenses lineage members metadata
			model_notifications permissions profile projects repositories runs semantic_layer_config service_tokens
			slack_integrations sso_settings webhooks`) {
			statements = append(statements, statement{Permission: subject + "_" + action, AllResources: true})
		}
	}
	return encode(statements)
}

// list splits at commas. The list of "" is empty.
func list(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, ",")
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// dbtcloudGroup is a group with its members, which are nil when not asked for.
type dbtcloudGroup struct {
	dbtcloud.Group
	members []dbtcloud.User
}

var dbtcloudGroupFields = table.Fields[dbtcloudGroup]{
	table.Int64("id", "Id of the group.", func(g dbtcloudGroup) *int64 { return &g.ID }),
	table.String("name", "Name of the group. Several groups can have the same name.", func(g dbtcloudGroup) *string { return g.Name }),
	table.Bool("assign_by_default", "Whether new users join the group.", func(g dbtcloudGroup) *bool { return g.AssignByDefault }),
	table.Bool("scim_managed", "Whether the identity provider manages the group over SCIM. If so, SSO mappings do not apply.", func(g dbtcloudGroup) *bool { return g.SCIMManaged }),
	table.Int64("member_count", "Number of active members, as dbt Cloud counts them.", func(g dbtcloudGroup) *int64 { return g.MemberCount }),
	table.Strings("sso_mapping_groups", "Groups of the identity provider whose members join the group when they log in.", func(g dbtcloudGroup) []string { return g.SSOMappingGroups }),
	table.Objects("permissions", "Permissions of the members.", table.Fields[dbtcloud.Permission]{
		table.String("permission_set", "Permission set, such as `account_admin` or `developer`.", func(p dbtcloud.Permission) *string { return p.PermissionSet }),
		table.Int64("project_id", "Id of the only project that the permission applies to. Null for all projects.", func(p dbtcloud.Permission) *int64 { return p.ProjectID }),
		table.Bool("all_projects", "Whether the permission applies to all projects.", func(p dbtcloud.Permission) *bool { return p.AllProjects }),
		table.Strings("writable_environment_categories", "Kinds of environment that members can change.", func(p dbtcloud.Permission) []string { return p.WritableEnvironmentCategories }),
	}, func(g dbtcloudGroup) []dbtcloud.Permission { return g.Permissions }),
	table.Objects("members", "Users in the group, sorted by id. Null with `include_members = false`.", dbtcloudUserFields.Pick("id", "email", "status", "license_type"),
		func(g dbtcloudGroup) []dbtcloud.User { return g.members }),
}

func newDBTCloudGroup() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_group", table.Lookup[*dbtcloud.Client, dbtcloudGroup]{
		Noun:    "dbt Cloud Group",
		Doc:     "Looks up one group of the dbt Cloud account by name or id, with its permissions and members. The token needs the permission set Account Viewer.",
		Fields:  dbtcloudGroupFields,
		Members: true,
		ID:      func(g dbtcloudGroup) string { return strconv.FormatInt(g.ID, 10) },
		Keys: []table.Key[*dbtcloud.Client, dbtcloudGroup]{
			table.ByInt64("id", findDBTCloudGroups(func(g dbtcloud.Group, id int64) bool { return g.ID == id })),
			table.ByString("name", notEmpty, findDBTCloudGroups(func(g dbtcloud.Group, name string) bool { return orEmpty(g.Name) == name })),
		},
		Missing: dbtcloudGroupMissing,
	})
}

func findDBTCloudGroups[V any](match func(dbtcloud.Group, V) bool) func(context.Context, *dbtcloud.Client, V, table.Request) ([]dbtcloudGroup, error) {
	return func(ctx context.Context, c *dbtcloud.Client, value V, req table.Request) ([]dbtcloudGroup, error) {
		groups, err := c.Groups(ctx)
		if err != nil {
			return nil, err
		}
		return withMembers(ctx, c, table.Matching(groups, func(g dbtcloud.Group) bool { return match(g, value) }), req)
	}
}

// withMembers adds members to groups. It warns of each group of which dbt Cloud
// counts another number of active members.
func withMembers(ctx context.Context, c *dbtcloud.Client, groups []dbtcloud.Group, req table.Request) ([]dbtcloudGroup, error) {
	rows := make([]dbtcloudGroup, len(groups))
	for i, group := range groups {
		rows[i] = dbtcloudGroup{Group: group}
	}
	if !req.Members || len(groups) == 0 {
		return rows, nil
	}
	users, err := c.Users(ctx)
	if err != nil {
		return nil, err
	}
	table.WarnOfGaps("dbt Cloud Users", dbtcloudUserFields, users, req.Warn)
	members, err := c.GroupMembers(ctx)
	if err != nil {
		return nil, err
	}
	var differing []string
	for i := range rows {
		rows[i].members = append([]dbtcloud.User{}, members[rows[i].ID]...)
		active := len(table.Matching(rows[i].members, func(u dbtcloud.User) bool { return u.Status != nil && *u.Status == rest.UserActive }))
		if count := rows[i].MemberCount; count != nil && *count != int64(active) {
			differing = append(differing, fmt.Sprintf("- %s (id %d): dbt Cloud counts %d, found %d", printable.Quote(orEmpty(rows[i].Name)), rows[i].ID, *count, active))
		}
	}
	if len(differing) > 0 {
		req.Warn("dbt Cloud Group Member Counts Differ",
			"dbt Cloud counts other numbers of active members in these groups than there are active users with the group. `members` lists those users.\n"+strings.Join(differing, "\n"))
	}
	return rows, nil
}

func dbtcloudGroupMissing(ctx context.Context, c *dbtcloud.Client, value string) string {
	groups, err := c.Groups(ctx)
	if err != nil {
		return ""
	}
	return suggestion.Searched("groups", dbtcloudAccount(c), value, groups, func(g dbtcloud.Group) *string { return g.Name })
}

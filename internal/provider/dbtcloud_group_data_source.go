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
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// dbtcloudGroup is a group with its members, which are nil when not asked for.
type dbtcloudGroup struct {
	dbtcloud.Group
	members []dbtcloud.User
}

var dbtcloudGroupFields = fields[dbtcloudGroup]{
	number("id", "Id of the group.", func(g dbtcloudGroup) *int64 { return &g.ID }),
	text("name", "Name of the group. Two groups may share one.", func(g dbtcloudGroup) *string { return g.Name }),
	flag("assign_by_default", "Whether new users join it.", func(g dbtcloudGroup) *bool { return g.AssignByDefault }),
	flag("scim_managed", "Whether the identity provider manages it over SCIM. SSO mappings do not apply then.", func(g dbtcloudGroup) *bool { return g.SCIMManaged }),
	number("member_count", "Number of active members, as dbt Cloud counts them.", func(g dbtcloudGroup) *int64 { return g.MemberCount }),
	texts("sso_mapping_groups", "Groups of the identity provider whose members join it at login.", func(g dbtcloudGroup) []string { return g.SSOMappingGroups }),
	objects("permissions", "What members may do.", fields[dbtcloud.Permission]{
		text("permission_set", "Permission set, such as `account_admin` or `developer`.", func(p dbtcloud.Permission) *string { return p.PermissionSet }),
		number("project_id", "Id of the only project it holds for; null for all.", func(p dbtcloud.Permission) *int64 { return p.ProjectID }),
		flag("all_projects", "Whether it holds for all projects.", func(p dbtcloud.Permission) *bool { return p.AllProjects }),
		texts("writable_environment_categories", "Kinds of environment that may be changed.", func(p dbtcloud.Permission) []string { return p.WritableEnvironmentCategories }),
	}, func(g dbtcloudGroup) []dbtcloud.Permission { return g.Permissions }),
	objects("members", "Users in the group, sorted by id; null with `include_members = false`.", fields[dbtcloud.User]{
		dbtcloudUserFields.named("id"),
		dbtcloudUserFields.named("email"),
		dbtcloudUserFields.named("status"),
		dbtcloudUserFields.named("license_type"),
	}, func(g dbtcloudGroup) []dbtcloud.User { return g.members }),
}

func newDBTCloudGroup() datasource.DataSource {
	return &lookupDataSource[*dbtcloud.Client, dbtcloudGroup]{
		service: dbtcloudService,
		name:    "dbtcloud_group",
		noun:    "dbt Cloud Group",
		doc:     "One group of the dbt Cloud account with its permissions and members, by name or id.",
		fields:  dbtcloudGroupFields,
		members: true,
		keys: []key[*dbtcloud.Client, dbtcloudGroup]{
			{
				name:    "id",
				find:    findDBTCloudGroups(func(g dbtcloud.Group, id string) bool { return strconv.FormatInt(g.ID, 10) == id }),
				missing: dbtcloudGroupMissing,
			},
			{
				name:      "name",
				validator: notEmpty,
				find:      findDBTCloudGroups(func(g dbtcloud.Group, name string) bool { return g.Name != nil && *g.Name == name }),
				missing:   dbtcloudGroupMissing,
			},
		},
	}
}

func findDBTCloudGroups(match func(dbtcloud.Group, string) bool) func(context.Context, *dbtcloud.Client, string, bool, warnFunc) ([]dbtcloudGroup, error) {
	return func(ctx context.Context, c *dbtcloud.Client, value string, members bool, warn warnFunc) ([]dbtcloudGroup, error) {
		groups, err := c.Groups(ctx)
		if err != nil {
			return nil, err
		}
		return withMembers(ctx, c, filterRows(groups, func(g dbtcloud.Group) bool { return match(g, value) }), members, warn)
	}
}

// withMembers adds their members to groups, and warns where dbt Cloud counts
// another number of active ones.
func withMembers(ctx context.Context, c *dbtcloud.Client, groups []dbtcloud.Group, wanted bool, warn warnFunc) ([]dbtcloudGroup, error) {
	rows := make([]dbtcloudGroup, len(groups))
	for i, group := range groups {
		rows[i] = dbtcloudGroup{Group: group}
	}
	if !wanted || len(groups) == 0 {
		return rows, nil
	}
	members, err := c.GroupMembers(ctx)
	if err != nil {
		return nil, err
	}
	var differing []string
	for i := range rows {
		rows[i].members = append([]dbtcloud.User{}, members[rows[i].ID]...)
		active := len(filterRows(rows[i].members, func(u dbtcloud.User) bool { return u.Status != nil && *u.Status == rest.UserActive }))
		if count := rows[i].MemberCount; count != nil && *count != int64(active) {
			differing = append(differing, fmt.Sprintf("- %q (%d): dbt Cloud counts %d, the users name %d", orEmpty(rows[i].Name), rows[i].ID, *count, active))
		}
	}
	if len(differing) > 0 {
		warn("dbt Cloud Groups Have Other Numbers of Members",
			"dbt Cloud counts another number of active members than there are active users who say that they are in the group. `members` shows those users.\n"+strings.Join(differing, "\n"))
	}
	return rows, nil
}

func dbtcloudGroupMissing(ctx context.Context, c *dbtcloud.Client, value string) string {
	groups, err := c.Groups(ctx)
	if err != nil {
		return ""
	}
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = orEmpty(g.Name)
	}
	return suggestion.Searched("groups", dbtcloudAccount(c), value, names)
}

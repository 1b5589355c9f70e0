// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var scimGroupFields = table.Fields[scim.Group]{
	table.String("id", "Id of the group in SCIM.", func(g scim.Group) *string { return &g.ID }),
	table.String("display_name", "Name of the group. Several groups can have the same name.", func(g scim.Group) *string { return g.DisplayName }),
	table.String("external_id", "Id of the group in the identity provider.", func(g scim.Group) *string { return g.ExternalID }),
	table.Objects("members", "Direct members, `[]` if there are none. Null with `include_members = false`, and if RudderStack does not say.", table.Fields[scim.Member]{
		table.String("id", "Id of the user or group.", func(m scim.Member) *string { return nilIfEmpty(m.ID) }),
		table.String("user_name", "Login name, if the member is in the list of users.", func(m scim.Member) *string { return m.UserName }),
		table.String("display", "Name of the member that the group shows.", func(m scim.Member) *string { return m.Display }),
		table.String("type", "`User`, `Group` or `unknown`.", func(m scim.Member) *scim.MemberType { return &m.Type }),
	}, func(g scim.Group) []scim.Member { return g.Members }),
}

func newRudderStackSCIMGroup() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_group", table.Lookup[*rudderstack.Client, scim.Group]{
		Noun:    "RudderStack SCIM Group",
		Doc:     "Looks up one SCIM group of the RudderStack organization by name or id, with its members. " + scimGroupNote,
		Fields:  scimGroupFields,
		Members: true,
		ID:      func(g scim.Group) string { return g.ID },
		Keys: []table.Key[*rudderstack.Client, scim.Group]{
			table.ByString("id", notEmpty, scimGroupByID),
			table.ByString("display_name", notEmpty, scimGroupsNamed),
		},
		Missing: scimGroupMissing,
	})
}

// scimGroupNote is about two kinds of group that are easily confused.
const scimGroupNote = "SCIM groups come from an identity provider. They can differ from the groups of RudderStack's Access Management. " + scimTokenNote

func scimGroupByID(ctx context.Context, c *rudderstack.Client, id string, req table.Request) ([]scim.Group, error) {
	read := c.Group
	if req.Members {
		read = c.GroupWithMembers
	}
	group, err := read(ctx, id)
	warnOfMembers(c, []scim.Group{group}, req.Warn)
	return noneIfNotFound(group, err, scim.NotFound)
}

func scimGroupsNamed(ctx context.Context, c *rudderstack.Client, name string, req table.Request) ([]scim.Group, error) {
	if !req.Members {
		return c.GroupsNamed(ctx, name)
	}
	groups, err := c.GroupsNamedWithMembers(ctx, name)
	warnOfMembers(c, groups, req.Warn)
	return groups, err
}

func scimGroupMissing(ctx context.Context, c *rudderstack.Client, value string) string {
	groups, err := c.Groups(ctx)
	if err != nil {
		return ""
	}
	return suggestion.Searched("groups", c.Base(), value, groups, func(g scim.Group) *string { return g.DisplayName })
}

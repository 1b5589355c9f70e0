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
	table.String("id", "Id that the SCIM service gave the group.", func(g scim.Group) *string { return &g.ID }),
	table.String("display_name", "Name of the group. Two groups may share one.", func(g scim.Group) *string { return g.DisplayName }),
	table.String("external_id", "Id in the identity provider.", func(g scim.Group) *string { return g.ExternalID }),
	table.Objects("members", "Direct members; null with `include_members = false` and where the service does not tell, `[]` where it says that there are none.", table.Fields[scim.Member]{
		table.String("id", "Id of the user or group.", func(m scim.Member) *string { return &m.ID }),
		table.String("user_name", "Login name of a user who is in the list of users.", func(m scim.Member) *string { return m.UserName }),
		table.String("display", "Name as the group shows it.", func(m scim.Member) *string { return m.Display }),
		table.String("type", "`User`, `Group` or `unknown`.", func(m scim.Member) *scim.MemberType { return &m.Type }),
	}, func(g scim.Group) []scim.Member { return g.Members }),
}

func newRudderStackSCIMGroup() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_group", table.Lookup[*rudderstack.Client, scim.Group]{
		Noun:    "RudderStack SCIM Group",
		Doc:     "One SCIM group of the RudderStack organization with its members, by name or id. " + scimGroupNote,
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

// scimGroupNote keeps readers from taking one kind of group for another.
const scimGroupNote = "SCIM groups are those that an identity provider pushes; they need not be the groups of RudderStack's Access Management."

func scimGroupByID(ctx context.Context, c *rudderstack.Client, id string, req table.Request) ([]scim.Group, error) {
	read := c.Group
	if req.Members {
		read = c.GroupWithMembers
	}
	group, err := read(ctx, id)
	return noneIfNotFound(group, err)
}

func scimGroupsNamed(ctx context.Context, c *rudderstack.Client, name string, req table.Request) ([]scim.Group, error) {
	if req.Members {
		return c.GroupsNamedWithMembers(ctx, name)
	}
	return c.GroupsNamed(ctx, name)
}

func scimGroupMissing(ctx context.Context, c *rudderstack.Client, value string) string {
	groups, err := c.Groups(ctx)
	if err != nil {
		return ""
	}
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = orEmpty(g.DisplayName)
	}
	return suggestion.Searched("groups", c.Base(), value, names)
}

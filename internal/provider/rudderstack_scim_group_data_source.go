// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var scimGroupFields = fields[scim.Group]{
	text("id", "Id that the SCIM service gave the group.", func(g scim.Group) *string { return &g.ID }),
	text("display_name", "Name of the group. Two groups may share one.", func(g scim.Group) *string { return g.DisplayName }),
	text("external_id", "Id in the identity provider.", func(g scim.Group) *string { return g.ExternalID }),
	objects("members", "Direct members; null with `include_members = false` and where the service does not tell, `[]` where it says that there are none.", fields[scim.Member]{
		text("id", "Id of the user or group.", func(m scim.Member) *string { return &m.ID }),
		text("user_name", "Login name of a user who is in the list of users.", func(m scim.Member) *string { return m.UserName }),
		text("display", "Name as the group shows it.", func(m scim.Member) *string { return m.Display }),
		text("type", "`User`, `Group` or `unknown`.", func(m scim.Member) *string { return (*string)(&m.Type) }),
	}, func(g scim.Group) []scim.Member { return g.Members }),
}

func newRudderStackSCIMGroup() datasource.DataSource {
	return &lookupDataSource[*rudderstack.Client, scim.Group]{
		service: rudderstackService,
		name:    "rudderstack_scim_group",
		noun:    "RudderStack SCIM Group",
		doc:     "One SCIM group of the RudderStack organization with its members, by name or id. " + scimGroupNote,
		fields:  scimGroupFields,
		members: true,
		keys: []key[*rudderstack.Client, scim.Group]{
			{
				name:      "id",
				validator: notEmpty,
				find: func(ctx context.Context, c *rudderstack.Client, id string, members bool, _ warnFunc) ([]scim.Group, error) {
					read := c.Group
					if members {
						read = c.GroupWithMembers
					}
					group, err := read(ctx, id)
					return found(group, err)
				},
				missing: scimGroupMissing,
			},
			{
				name:      "display_name",
				validator: notEmpty,
				find: func(ctx context.Context, c *rudderstack.Client, name string, members bool, _ warnFunc) ([]scim.Group, error) {
					if members {
						return c.GroupsNamedWithMembers(ctx, name)
					}
					return c.GroupsNamed(ctx, name)
				},
				missing: scimGroupMissing,
			},
		},
	}
}

// scimGroupNote keeps readers from taking one kind of group for another.
const scimGroupNote = "SCIM groups are those that an identity provider pushes; they need not be the groups of RudderStack's Access Management."

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

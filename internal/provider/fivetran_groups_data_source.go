// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// fivetranGroup is a group with its members, which are nil when not asked for.
type fivetranGroup struct {
	fivetran.Group
	members []fivetran.Member
}

var fivetranGroupFields = fields[fivetranGroup]{
	text("id", "Id of the group, which is also that of its destination.", func(g fivetranGroup) *string { return &g.ID }),
	text("name", "Name of the group.", func(g fivetranGroup) *string { return g.Name }),
	text("created_at", "When the group was created.", func(g fivetranGroup) *string { return g.CreatedAt }),
	objects("members", "Users in the group, sorted by address; null with `include_members = false`. `role` is what Fivetran lists with the users of a group. "+
		"It is taken for the role in the group, such as `View Destination`, though Fivetran describes it as the role in the account.",
		fivetranMemberFields, func(g fivetranGroup) []fivetran.Member { return g.members }),
}

func newFivetranGroups() datasource.DataSource {
	return &listDataSource[*fivetran.Client, fivetranGroup]{
		service: fivetranService,
		name:    "fivetran_groups",
		nouns:   "Fivetran Groups",
		doc: "Groups of the Fivetran account, each with one destination, and their members, sorted by name. Members cost a request for each group of the account. " +
			"A system key needs the scope `DESTINATION:READ`.",
		result:  "groups",
		fields:  fivetranGroupFields,
		members: true,
		filters: []filter[fivetranGroup]{
			oneOf("names", "Only groups with these names, compared without case.", casefold.Fold, func(g fivetranGroup) *string { return g.Name }),
		},
		read: func(ctx context.Context, c *fivetran.Client, wanted bool, _ warnFunc) ([]fivetranGroup, error) {
			groups, err := c.Groups(ctx)
			var members map[string][]fivetran.Member
			if err == nil && wanted {
				members, err = c.GroupMembers(ctx)
			}
			rows := make([]fivetranGroup, len(groups))
			for i, group := range groups {
				rows[i] = fivetranGroup{group, members[group.ID]}
			}
			return rows, err
		},
	}
}

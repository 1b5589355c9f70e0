// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

// fivetranGroup is a group with its members, which are nil when not asked for.
type fivetranGroup struct {
	fivetran.Group
	members []fivetran.Member
}

// Unread is for table.WarnOfGaps.
func (g fivetranGroup) Unread() []string { return withUnreadMembers(g.Group.Unread(), g.members) }

var fivetranGroupFields = table.Fields[fivetranGroup]{
	table.String("id", "Id of the group, which is also the id of its destination.", func(g fivetranGroup) *string { return &g.ID }),
	table.String("name", "Name of the group.", func(g fivetranGroup) *string { return g.Name }),
	table.String("created_at", "When the group was created.", func(g fivetranGroup) *string { return g.CreatedAt }),
	table.Objects("members", "Users in the group, sorted by email address. Null with `include_members = false`. `role` is the role that Fivetran returns with the users of a group. "+
		"It looks like the role in the group, such as `View Destination`, but Fivetran documents it as the role in the account. "+
		"For the role in the group, use `datastack_grants` with `include_fivetran_groups = true`: Fivetran returns it with each user and team.",
		fivetranMemberFields, func(g fivetranGroup) []fivetran.Member { return g.members }),
}

func newFivetranGroups() datasource.DataSource {
	return fivetranService.dataSource("fivetran_groups", table.List[*fivetran.Client, fivetranGroup]{
		Nouns: "Fivetran Groups",
		Doc: "Lists the groups of the Fivetran account, each with one destination, and their members, sorted by name. Members take one request for each group of the account. " +
			"A system key needs the scope `DESTINATION:READ`.",
		Result:  "groups",
		Fields:  fivetranGroupFields,
		Members: true,
		Filters: []table.Filter[fivetranGroup]{
			table.OneOf("names", "Only groups with one of these names, ignoring case.", table.Open(casefold.Fold), func(g fivetranGroup) *string { return g.Name }),
		},
		Read: func(ctx context.Context, c *fivetran.Client, req table.Request) ([]fivetranGroup, error) {
			groups, err := c.Groups(ctx)
			var members map[string][]fivetran.Member
			if err == nil && req.Members {
				members, err = c.GroupMembers(ctx)
			}
			rows := make([]fivetranGroup, len(groups))
			for i, group := range groups {
				rows[i] = fivetranGroup{group, members[group.ID]}
			}
			return rows, err
		},
	})
}

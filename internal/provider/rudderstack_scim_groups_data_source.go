// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newRudderStackSCIMGroups() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_groups", table.List[*rudderstack.Client, scim.Group]{
		Nouns:   "RudderStack SCIM Groups",
		Doc:     "Lists the SCIM groups of the RudderStack organization with their members, sorted by name. " + scimGroupNote,
		Result:  "groups",
		Fields:  scimGroupFields,
		Members: true,
		Filters: []table.Filter[scim.Group]{
			table.OneOf("display_names", "Only groups with exactly one of these names, in the same case.", table.Open(table.Exactly), func(g scim.Group) *string { return g.DisplayName }),
		},
		Read: func(ctx context.Context, c *rudderstack.Client, req table.Request) ([]scim.Group, error) {
			read := c.Groups
			if req.Members {
				read = c.GroupsWithMembers
			}
			groups, err := read(ctx)
			warnOfMembers(c, groups, req.Warn)
			return groups, err
		},
	})
}

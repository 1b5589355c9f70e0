// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newRudderStackSCIMGroups() datasource.DataSource {
	return &listDataSource[*rudderstack.Client, scim.Group]{
		service: rudderstackService,
		name:    "rudderstack_scim_groups",
		nouns:   "RudderStack SCIM Groups",
		doc:     "SCIM groups of the RudderStack organization with their members, sorted by name. " + scimGroupNote,
		result:  "groups",
		fields:  scimGroupFields,
		members: true,
		filters: []filter[scim.Group]{
			oneOf("display_names", "Only groups with these names, compared letter by letter.", exactly, func(g scim.Group) *string { return g.DisplayName }),
		},
		read: func(ctx context.Context, c *rudderstack.Client, members bool, _ warnFunc) ([]scim.Group, error) {
			if members {
				return c.GroupsWithMembers(ctx)
			}
			return c.Groups(ctx)
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudGroups() datasource.DataSource {
	return &listDataSource[*dbtcloud.Client, dbtcloudGroup]{
		service: dbtcloudService,
		name:    "dbtcloud_groups",
		nouns:   "dbt Cloud Groups",
		doc:     "Groups of the dbt Cloud account with their permissions and members, sorted by id.",
		result:  "groups",
		fields:  dbtcloudGroupFields,
		members: true,
		filters: []filter[dbtcloudGroup]{
			containing("name_contains", "Only groups whose name holds this text, compared without case.", func(g dbtcloudGroup) string { return orEmpty(g.Name) }),
		},
		read: func(ctx context.Context, c *dbtcloud.Client, members bool, warn warnFunc) ([]dbtcloudGroup, error) {
			groups, err := c.Groups(ctx)
			if err != nil {
				return nil, err
			}
			return withMembers(ctx, c, groups, members, warn)
		},
	}
}

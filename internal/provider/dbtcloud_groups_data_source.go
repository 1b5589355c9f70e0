// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudGroups() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_groups", table.List[*dbtcloud.Client, dbtcloudGroup]{
		Nouns:   "dbt Cloud Groups",
		Doc:     "Lists the groups of the dbt Cloud account with their permissions and members, sorted by id. The token needs the permission set Account Viewer.",
		Result:  "groups",
		Fields:  dbtcloudGroupFields,
		Members: true,
		Filters: []table.Filter[dbtcloudGroup]{
			table.Containing("name_contains", "Only groups whose name contains this text, ignoring case.", func(g dbtcloudGroup) string { return orEmpty(g.Name) }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, req table.Request) ([]dbtcloudGroup, error) {
			groups, err := c.Groups(ctx)
			if err != nil {
				return nil, err
			}
			return withMembers(ctx, c, groups, req)
		},
	})
}

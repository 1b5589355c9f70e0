// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func newDBTCloudUsers() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_users", table.List[*dbtcloud.Client, dbtcloud.User]{
		Nouns: "dbt Cloud Users",
		Doc: "Users of the dbt Cloud account with status, licence and groups, sorted by id. Licence and groups are those of the configured account, " +
			"also for people who have several. People who were invited and have not accepted are not users yet.",
		Result: "users",
		Fields: dbtcloudUserFields,
		Filters: []table.Filter[dbtcloud.User]{
			table.OneOf("emails", "Only users with these addresses, compared without case.", casefold.Fold, func(u dbtcloud.User) *string { return u.Email }),
			table.OneOf("license_types", "Only users with one of these licences.", table.Exactly, func(u dbtcloud.User) *dbtcloud.LicenseType { return u.LicenseType }),
			table.OneOf("statuses", "Only users with one of these statuses: `active`, `inactive`.", table.Exactly, func(u dbtcloud.User) *rest.UserStatus { return u.Status }),
			table.AnyOf("group_ids", "Only members of at least one of the groups with these ids.", func(u dbtcloud.User) []int64 {
				ids := make([]int64, len(u.Groups))
				for i, g := range u.Groups {
					ids[i] = g.ID
				}
				return ids
			}),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.User, error) {
			return c.Users(ctx)
		},
	})
}

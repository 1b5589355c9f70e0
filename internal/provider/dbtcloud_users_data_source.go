// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudUsers() datasource.DataSource {
	return &listDataSource[*dbtcloud.Client, dbtcloud.User]{
		service: dbtcloudService,
		name:    "dbtcloud_users",
		nouns:   "dbt Cloud Users",
		doc: "Users of the dbt Cloud account with status, licence and groups, sorted by id. Licence and groups are those of the configured account, " +
			"also for people who have several. People who were invited and have not accepted are not users yet.",
		result: "users",
		fields: dbtcloudUserFields,
		filters: []filter[dbtcloud.User]{
			oneOf("emails", "Only users with these addresses, compared without case.", casefold.Fold, func(u dbtcloud.User) *string { return u.Email }),
			oneOf("license_types", "Only users with one of these licences.", exactly, func(u dbtcloud.User) *string { return (*string)(u.LicenseType) }),
			oneOf("statuses", "Only users with one of these statuses: `active`, `inactive`.", exactly, func(u dbtcloud.User) *string { return (*string)(u.Status) }),
			anyOf("group_ids", "Only members of at least one of the groups with these ids.", func(u dbtcloud.User) []int64 {
				ids := make([]int64, len(u.Groups))
				for i, g := range u.Groups {
					ids[i] = g.ID
				}
				return ids
			}),
		},
		read: func(ctx context.Context, c *dbtcloud.Client, _ bool, _ warnFunc) ([]dbtcloud.User, error) {
			return c.Users(ctx)
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newRudderStackSCIMUsers() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_users", table.List[*rudderstack.Client, scim.User]{
		Nouns:  "RudderStack SCIM Users",
		Doc:    "Users of the RudderStack organization with their groups, as its SCIM service tells, sorted by user name.",
		Result: "users",
		Fields: scimUserFields,
		Filters: []table.Filter[scim.User]{
			table.OneOf("user_names", "Only users with these user names, compared without case.", casefold.Fold, func(u scim.User) *string { return u.UserName }),
			table.Is("active", "Only users who are active, or who are not. Those of whom the service does not say are left out of both.", func(u scim.User) *bool { return u.Active }),
		},
		Read: func(ctx context.Context, c *rudderstack.Client, req table.Request) ([]scim.User, error) {
			users, err := c.Users(ctx)
			warnOfMemberships(c, users, req.Warn)
			return users, err
		},
	})
}

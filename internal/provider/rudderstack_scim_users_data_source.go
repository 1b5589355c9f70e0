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
		Doc:    "Lists the users of the RudderStack organization in SCIM with their groups, sorted by user name. " + scimTokenNote,
		Result: "users",
		Groups: true,
		Fields: scimUserFields,
		Filters: []table.Filter[scim.User]{
			table.OneOf("user_names", "Only users with one of these user names, ignoring case.", table.Open(casefold.Fold), func(u scim.User) *string { return u.UserName }),
			table.Is("active", "`true` for active users only, `false` for inactive users only. Both leave out users for which RudderStack does not say.", func(u scim.User) *bool { return u.Active }),
		},
		Read: func(ctx context.Context, c *rudderstack.Client, req table.Request) ([]scim.User, error) {
			read := c.UsersWithoutGroups
			if req.Groups {
				read = c.Users
			}
			users, err := read(ctx)
			warnOfMemberships(c, users, lackingSCIMGroups, req.Warn)
			return users, err
		},
	})
}

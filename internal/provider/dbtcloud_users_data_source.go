// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func newDBTCloudUsers() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_users", table.List[*dbtcloud.Client, dbtcloud.User]{
		Nouns: "dbt Cloud Users",
		Doc: "Lists the users of the dbt Cloud account with status, license and groups, sorted by id. License and groups are those of the configured account, " +
			"even if a user is in several accounts. Invited users are listed when they accept: until then, see `datastack_dbtcloud_invites`. The token needs the permission set Account Viewer.",
		Result: "users",
		Fields: dbtcloudUserFields,
		Filters: []table.Filter[dbtcloud.User]{
			table.OneOf("emails", "Only users with one of these email addresses, ignoring case.", table.Open(casefold.Fold), func(u dbtcloud.User) *string { return u.Email }),
			table.OneOf("license_types", "Only users with one of these licenses, such as `developer`, `read_only`, `it` or `analyst`.", table.Open(table.Exactly), func(u dbtcloud.User) *dbtcloud.LicenseType { return u.LicenseType }),
			table.OneOf("statuses", "Only users with one of these statuses.", table.Closed(rest.UserActive, rest.UserInactive), func(u dbtcloud.User) *rest.UserStatus { return u.Status }),
			table.AnyOf("group_ids", "Only users in at least one of the groups with these ids.", func(u dbtcloud.User) []int64 {
				var ids []int64
				for _, g := range u.Groups {
					if g.ID != nil {
						ids = append(ids, *g.ID)
					}
				}
				return ids
			}),
		},
		Elsewhere: table.Elsewhere[*dbtcloud.Client]{
			"emails":        {Nouns: "invites", Names: dbtcloudInvitedAddresses},
			"license_types": {Nouns: "license types", Names: dbtcloudLicenseTypes},
			"group_ids":     {Nouns: "groups", Names: dbtcloudGroupIDs},
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.User, error) {
			return c.Users(ctx)
		},
	})
}

func dbtcloudInvitedAddresses(ctx context.Context, c *dbtcloud.Client) ([]string, error) {
	invites, err := c.Invites(ctx)
	return invitedAddresses(invites), err
}

// invitedAddresses returns the email addresses of invites: an invited user is
// not among the users yet.
func invitedAddresses(invites []dbtcloud.Invite) []string {
	var addresses []string
	for _, invite := range invites {
		if invite.Email != nil {
			addresses = append(addresses, *invite.Email)
		}
	}
	return addresses
}

func dbtcloudLicenseTypes(ctx context.Context, c *dbtcloud.Client) ([]string, error) {
	licenses, err := c.Licenses(ctx)
	var types []string
	for licenseType := range licenses {
		types = append(types, string(licenseType))
	}
	return types, err
}

func dbtcloudGroupIDs(ctx context.Context, c *dbtcloud.Client) ([]string, error) {
	groups, err := c.Groups(ctx)
	ids := make([]string, len(groups))
	for i, group := range groups {
		ids[i] = strconv.FormatInt(group.ID, 10)
	}
	return ids, err
}

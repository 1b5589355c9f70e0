// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var dbtcloudUserFields = table.Fields[dbtcloud.User]{
	table.Int64("id", "Id of the user, the same in all accounts.", func(u dbtcloud.User) *int64 { return &u.ID }),
	table.String("email", "Address, as dbt Cloud spells it.", func(u dbtcloud.User) *string { return u.Email }),
	table.String("first_name", "Given name.", func(u dbtcloud.User) *string { return u.FirstName }),
	table.String("last_name", "Family name.", func(u dbtcloud.User) *string { return u.LastName }),
	table.String("status", "`active`: may log in to this account. `inactive`: deactivated, or without a licence in this account.", func(u dbtcloud.User) *rest.UserStatus { return u.Status }),
	table.Bool("is_active", "Whether the user is active at all, in whatever account.", func(u dbtcloud.User) *bool { return u.IsActive }),
	table.String("license_type", "Licence in this account, such as `developer`, `read_only`, `it` or `analyst`; null without one.", func(u dbtcloud.User) *dbtcloud.LicenseType { return u.LicenseType }),
	table.Bool("email_verified", "Whether the address is verified.", func(u dbtcloud.User) *bool { return u.EmailVerified }),
	table.Bool("sso_only_user", "Whether the user can log in by single sign-on only.", func(u dbtcloud.User) *bool { return u.SSOOnlyUser }),
	table.String("created_at", "When the user was created.", func(u dbtcloud.User) *string { return u.CreatedAt }),
	table.String("last_login", "When the user last logged in; null for never.", func(u dbtcloud.User) *string { return u.LastLogin }),
	table.Objects("groups", "Groups in this account.", table.Fields[dbtcloud.GroupRef]{
		table.Int64("id", "Id of the group.", func(g dbtcloud.GroupRef) *int64 { return &g.ID }),
		table.String("name", "Name of the group.", func(g dbtcloud.GroupRef) *string { return g.Name }),
	}, func(u dbtcloud.User) []dbtcloud.GroupRef { return u.Groups }),
}

func newDBTCloudUser() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_user", table.Lookup[*dbtcloud.Client, dbtcloud.User]{
		Noun:   "dbt Cloud User",
		Doc:    "One user of the dbt Cloud account, by address or id. However many are looked up, the account's users are listed once.",
		Fields: dbtcloudUserFields,
		ID:     func(u dbtcloud.User) string { return strconv.FormatInt(u.ID, 10) },
		Keys: []table.Key[*dbtcloud.Client, dbtcloud.User]{
			table.ByInt64("id", dbtcloudUserByID),
			table.ByString("email", emailAddress{}, dbtcloudUserByEmail),
		},
		Missing: dbtcloudUserMissing,
	})
}

func dbtcloudUserByID(ctx context.Context, c *dbtcloud.Client, id int64, _ table.Request) ([]dbtcloud.User, error) {
	users, err := c.Users(ctx)
	return table.Matching(users, func(u dbtcloud.User) bool { return u.ID == id }), err
}

func dbtcloudUserByEmail(ctx context.Context, c *dbtcloud.Client, email string, _ table.Request) ([]dbtcloud.User, error) {
	users, err := c.Users(ctx)
	return table.Matching(users, func(u dbtcloud.User) bool { return u.Email != nil && casefold.Same(*u.Email, email) }), err
}

// dbtcloudUserMissing knows that people appear among the users only after they
// have accepted an invite.
func dbtcloudUserMissing(ctx context.Context, c *dbtcloud.Client, value string) string {
	users, err := c.Users(ctx)
	if err != nil {
		return ""
	}
	emails := make([]string, len(users))
	for i, u := range users {
		emails[i] = orEmpty(u.Email)
	}
	sentence := suggestion.Searched("users", dbtcloudAccount(c), value, emails)
	// Only a hint: without permission to read invites the look-up has failed all the same.
	invites, _ := c.Invites(ctx)
	for _, invite := range slices.Backward(invites) {
		status := orEmpty(invite.Status)
		if casefold.Fold(orEmpty(invite.Email)) != casefold.Fold(value) || status == "redeemed" {
			continue
		}
		next := "the user appears when it is accepted"
		if status == "expired" {
			next = "it has to be sent again"
		}
		return sentence + fmt.Sprintf(" There is an invite for this address, with the status %s: %s.", status, next)
	}
	return sentence
}

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
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var dbtcloudUserFields = table.Fields[dbtcloud.User]{
	table.Int64("id", "Id of the user, the same in all accounts.", func(u dbtcloud.User) *int64 { return &u.ID }),
	table.String("email", "Email address, as dbt Cloud spells it.", func(u dbtcloud.User) *string { return u.Email }),
	table.String("first_name", "Given name.", func(u dbtcloud.User) *string { return u.FirstName }),
	table.String("last_name", "Family name.", func(u dbtcloud.User) *string { return u.LastName }),
	table.String("status", "`active`, or `inactive` if the user is deactivated or has no license in this account.", func(u dbtcloud.User) *rest.UserStatus { return u.Status }),
	table.Bool("is_active", "Whether the user is active in any account.", func(u dbtcloud.User) *bool { return u.IsActive }),
	table.String("license_type", "License in this account, such as `developer`, `read_only`, `it` or `analyst`. Null without a license.", func(u dbtcloud.User) *dbtcloud.LicenseType { return u.LicenseType }),
	table.Bool("email_verified", "Whether the email address is verified.", func(u dbtcloud.User) *bool { return u.EmailVerified }),
	table.Bool("sso_only_user", "Whether the user can log in only by single sign-on.", func(u dbtcloud.User) *bool { return u.SSOOnlyUser }),
	table.String("created_at", "When the user was created.", func(u dbtcloud.User) *string { return u.CreatedAt }),
	table.String("last_login", "When the user last logged in. Null if never.", func(u dbtcloud.User) *string { return u.LastLogin }),
	table.String("apitoken_last_used", "When the user last used an API token of their own. Null if never. It does not count as a login.", func(u dbtcloud.User) *string { return u.APITokenLastUsed }),
	table.Objects("groups", "Groups in this account.", table.Fields[dbtcloud.GroupRef]{
		table.Int64("id", "Id of the group.", func(g dbtcloud.GroupRef) *int64 { return g.ID }),
		table.String("name", "Name of the group.", func(g dbtcloud.GroupRef) *string { return g.Name }),
	}, func(u dbtcloud.User) []dbtcloud.GroupRef { return u.Groups }),
}

func newDBTCloudUser() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_user", table.Lookup[*dbtcloud.Client, dbtcloud.User]{
		Noun:   "dbt Cloud User",
		Doc:    "Looks up one user of the dbt Cloud account by email address or id. However many users you look up, the provider lists the account once. The token needs the permission set Account Viewer.",
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

// dbtcloudUserMissing also looks among the invites: an invited user is not among
// the users yet.
func dbtcloudUserMissing(ctx context.Context, c *dbtcloud.Client, value string) string {
	users, err := c.Users(ctx)
	if err != nil {
		return ""
	}
	sentence := suggestion.Searched("users", dbtcloudAccount(c), value, users, func(u dbtcloud.User) *string { return u.Email })
	// Without permission to read invites, the lookup has failed all the same.
	invites, _ := c.Invites(ctx)
	for _, invite := range slices.Backward(invites) {
		status := orEmpty(invite.Status)
		if casefold.Fold(orEmpty(invite.Email)) != casefold.Fold(value) || status == "redeemed" {
			continue
		}
		next := "The user appears when they accept it."
		if status == "expired" {
			next = "Send it again: the user appears when they accept it."
		}
		return sentence + fmt.Sprintf(" There is an invite for this email address, with the status %s. %s", printable.Quote(status), next)
	}
	return sentence
}

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
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var dbtcloudUserFields = fields[dbtcloud.User]{
	number("id", "Id of the user, the same in all accounts.", func(u dbtcloud.User) *int64 { return &u.ID }),
	text("email", "Address, as dbt Cloud spells it.", func(u dbtcloud.User) *string { return u.Email }),
	text("first_name", "Given name.", func(u dbtcloud.User) *string { return u.FirstName }),
	text("last_name", "Family name.", func(u dbtcloud.User) *string { return u.LastName }),
	text("status", "`active`: may log in to this account. `inactive`: deactivated, or without a licence in this account.", func(u dbtcloud.User) *string { return (*string)(u.Status) }),
	flag("is_active", "Whether the user is active at all, in whatever account.", func(u dbtcloud.User) *bool { return u.IsActive }),
	text("license_type", "Licence in this account, such as `developer`, `read_only`, `it` or `analyst`; null without one.", func(u dbtcloud.User) *string { return (*string)(u.LicenseType) }),
	flag("email_verified", "Whether the address is verified.", func(u dbtcloud.User) *bool { return u.EmailVerified }),
	flag("sso_only_user", "Whether the user can log in by single sign-on only.", func(u dbtcloud.User) *bool { return u.SSOOnlyUser }),
	text("created_at", "When the user was created.", func(u dbtcloud.User) *string { return u.CreatedAt }),
	text("last_login", "When the user last logged in; null for never.", func(u dbtcloud.User) *string { return u.LastLogin }),
	objects("groups", "Groups in this account.", fields[dbtcloud.GroupRef]{
		number("id", "Id of the group.", func(g dbtcloud.GroupRef) *int64 { return &g.ID }),
		text("name", "Name of the group.", func(g dbtcloud.GroupRef) *string { return g.Name }),
	}, func(u dbtcloud.User) []dbtcloud.GroupRef { return u.Groups }),
}

func newDBTCloudUser() datasource.DataSource {
	return &lookupDataSource[*dbtcloud.Client, dbtcloud.User]{
		service: dbtcloudService,
		name:    "dbtcloud_user",
		noun:    "dbt Cloud User",
		doc:     "One user of the dbt Cloud account, by address or id. However many are looked up, the account's users are listed once.",
		fields:  dbtcloudUserFields,
		keys: []key[*dbtcloud.Client, dbtcloud.User]{
			{name: "id", find: dbtcloudUserByID, missing: dbtcloudUserMissing},
			{name: "email", validator: emailAddress{}, find: dbtcloudUserByEmail, missing: dbtcloudUserMissing},
		},
	}
}

func dbtcloudUserByID(ctx context.Context, c *dbtcloud.Client, id string, _ bool, _ warnFunc) ([]dbtcloud.User, error) {
	users, err := c.Users(ctx)
	return filterRows(users, func(u dbtcloud.User) bool { return strconv.FormatInt(u.ID, 10) == id }), err
}

func dbtcloudUserByEmail(ctx context.Context, c *dbtcloud.Client, email string, _ bool, _ warnFunc) ([]dbtcloud.User, error) {
	users, err := c.Users(ctx)
	return filterRows(users, func(u dbtcloud.User) bool { return u.Email != nil && casefold.Same(*u.Email, email) }), err
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

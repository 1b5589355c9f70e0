// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var scimUserFields = table.Fields[scim.User]{
	table.String("id", "Id of the user in SCIM.", func(u scim.User) *string { return &u.ID }),
	table.String("user_name", "Login name. It is an email address if an identity provider set it.", func(u scim.User) *string { return u.UserName }),
	table.String("external_id", "Id of the user in the identity provider.", func(u scim.User) *string { return u.ExternalID }),
	table.String("display_name", "Name to display.", func(u scim.User) *string { return u.DisplayName }),
	table.String("given_name", "Given name.", func(u scim.User) *string { return u.GivenName }),
	table.String("family_name", "Family name.", func(u scim.User) *string { return u.FamilyName }),
	table.Bool("active", "Whether the user can log in. Null if RudderStack does not say.", func(u scim.User) *bool { return u.Active }),
	table.String("status", "`active` or `inactive`. Null if RudderStack does not say.", scim.User.Status),
	table.String("email", "Primary email address: the one marked as primary, otherwise the one for work, otherwise the first.", func(u scim.User) *string { return u.Email }),
	table.Strings("emails", "All email addresses. Null if RudderStack returns none.", func(u scim.User) []string { return u.Emails }),
	table.String("created_at", "When the user was created. Null if RudderStack does not say.", func(u scim.User) *string { return u.CreatedAt }),
	table.Objects("groups", "Groups of the user. Null if RudderStack does not return them with the user, nor the members of every group.", table.Fields[scim.GroupRef]{
		table.String("id", "Id of the group.", func(g scim.GroupRef) *string { return nilIfEmpty(g.ID) }),
		table.String("display_name", "Name of the group.", func(g scim.GroupRef) *string { return g.DisplayName }),
	}, func(u scim.User) []scim.GroupRef { return u.Groups }),
}

// scimTokenNote says what all SCIM data sources need.
const scimTokenNote = "The token must be an organization-level Service Access Token."

func newRudderStackSCIMUser() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_user", table.Lookup[*rudderstack.Client, scim.User]{
		Noun:   "RudderStack SCIM User",
		Doc:    "Looks up one user of the RudderStack organization in SCIM by user name or id. " + scimTokenNote,
		Fields: scimUserFields,
		ID:     func(u scim.User) string { return u.ID },
		Keys: []table.Key[*rudderstack.Client, scim.User]{
			table.ByString("id", notEmpty, scimUserByID),
			table.ByString("user_name", notEmpty, scimUsersNamed),
		},
		Missing: scimUserMissing,
	})
}

func scimUserByID(ctx context.Context, c *rudderstack.Client, id string, req table.Request) ([]scim.User, error) {
	user, err := c.User(ctx, id)
	warnOfMemberships(c, []scim.User{user}, lackingSCIMGroups, req.Warn)
	return noneIfNotFound(user, err, scim.NotFound)
}

func scimUsersNamed(ctx context.Context, c *rudderstack.Client, name string, req table.Request) ([]scim.User, error) {
	users, err := c.UsersNamed(ctx, name)
	warnOfMemberships(c, users, lackingSCIMGroups, req.Warn)
	return users, err
}

func scimUserMissing(ctx context.Context, c *rudderstack.Client, value string) string {
	users, err := c.Users(ctx)
	if err != nil {
		return ""
	}
	return suggestion.Searched("users", c.Base(), value, users, func(u scim.User) *string { return u.UserName })
}

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
	table.String("id", "Id that the SCIM service gave the user.", func(u scim.User) *string { return &u.ID }),
	table.String("user_name", "Login name; an e-mail address where an identity provider set it.", func(u scim.User) *string { return u.UserName }),
	table.String("external_id", "Id in the identity provider.", func(u scim.User) *string { return u.ExternalID }),
	table.String("display_name", "Name as shown.", func(u scim.User) *string { return u.DisplayName }),
	table.String("given_name", "Given name.", func(u scim.User) *string { return u.GivenName }),
	table.String("family_name", "Family name.", func(u scim.User) *string { return u.FamilyName }),
	table.Bool("active", "Whether the user may log in; null where the service does not say.", func(u scim.User) *bool { return u.Active }),
	table.String("status", "`active` or `inactive`; null where the service does not say.", scim.User.Status),
	table.String("email", "Primary address: the one marked so, else the one for work, else the first.", func(u scim.User) *string { return u.Email }),
	table.Strings("emails", "All addresses; null where the service tells none.", func(u scim.User) []string { return u.Emails }),
	table.Objects("groups", "Groups that the user is in; null where the service tells neither the groups of users nor the members of groups.", table.Fields[scim.GroupRef]{
		table.String("id", "Id of the group.", func(g scim.GroupRef) *string { return &g.ID }),
		table.String("display_name", "Name of the group.", func(g scim.GroupRef) *string { return g.DisplayName }),
	}, func(u scim.User) []scim.GroupRef { return u.Groups }),
}

func newRudderStackSCIMUser() datasource.DataSource {
	return rudderstackService.dataSource("rudderstack_scim_user", table.Lookup[*rudderstack.Client, scim.User]{
		Noun:   "RudderStack SCIM User",
		Doc:    "One user of the RudderStack organization, as its SCIM service tells, by user name or id.",
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
	warnOfMemberships(c, []scim.User{user}, req.Warn)
	return noneIfNotFound(user, err)
}

func scimUsersNamed(ctx context.Context, c *rudderstack.Client, name string, req table.Request) ([]scim.User, error) {
	users, err := c.UsersNamed(ctx, name)
	warnOfMemberships(c, users, req.Warn)
	return users, err
}

// noneIfNotFound makes a list of what a lookup by id returned, empty if there is
// nothing with that id.
func noneIfNotFound[T any](row T, err error) ([]T, error) {
	if scim.NotFound(err) {
		return nil, nil
	}
	return []T{row}, err
}

// warnOfMemberships says why memberships may be missing from users that could
// be read: the service refused its groups.
func warnOfMemberships(c *rudderstack.Client, users []scim.User, warn warnFunc) {
	for _, user := range users {
		if user.GroupsErr != nil {
			warn("RudderStack SCIM Groups Cannot Be Read",
				"`groups` of users holds only what the users themselves tell, and is null where they tell nothing.\n\n"+rudderstackService.explain(c, user.GroupsErr))
			return
		}
	}
}

func scimUserMissing(ctx context.Context, c *rudderstack.Client, value string) string {
	users, err := c.Users(ctx)
	if err != nil {
		return ""
	}
	names := make([]string, len(users))
	for i, u := range users {
		names[i] = orEmpty(u.UserName)
	}
	return suggestion.Searched("users", c.Base(), value, names)
}

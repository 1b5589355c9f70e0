// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var scimUserFields = fields[scim.User]{
	text("id", "Id that the SCIM service gave the user.", func(u scim.User) *string { return &u.ID }),
	text("user_name", "Login name; an e-mail address where an identity provider set it.", func(u scim.User) *string { return u.UserName }),
	text("external_id", "Id in the identity provider.", func(u scim.User) *string { return u.ExternalID }),
	text("display_name", "Name as shown.", func(u scim.User) *string { return u.DisplayName }),
	text("given_name", "Given name.", func(u scim.User) *string { return u.GivenName }),
	text("family_name", "Family name.", func(u scim.User) *string { return u.FamilyName }),
	flag("active", "Whether the user may log in; null where the service does not say.", func(u scim.User) *bool { return u.Active }),
	text("status", "`active` or `inactive`; null where the service does not say.", func(u scim.User) *string { return (*string)(u.Status()) }),
	text("email", "Primary address: the one marked so, else the one for work, else the first.", func(u scim.User) *string { return u.Email }),
	texts("emails", "All addresses; null where the service tells none.", func(u scim.User) []string { return u.Emails }),
	objects("groups", "Groups that the user is in; null where the service tells neither the groups of users nor the members of groups.", fields[scim.GroupRef]{
		text("id", "Id of the group.", func(g scim.GroupRef) *string { return &g.ID }),
		text("display_name", "Name of the group.", func(g scim.GroupRef) *string { return g.DisplayName }),
	}, func(u scim.User) []scim.GroupRef { return u.Groups }),
}

func newRudderStackSCIMUser() datasource.DataSource {
	return &lookupDataSource[*rudderstack.Client, scim.User]{
		service: rudderstackService,
		name:    "rudderstack_scim_user",
		noun:    "RudderStack SCIM User",
		doc:     "One user of the RudderStack organization, as its SCIM service tells, by user name or id.",
		fields:  scimUserFields,
		keys: []key[*rudderstack.Client, scim.User]{
			{
				name:      "id",
				validator: notEmpty,
				find: func(ctx context.Context, c *rudderstack.Client, id string, _ bool, warn warnFunc) ([]scim.User, error) {
					user, err := c.User(ctx, id)
					warnOfMemberships(c, []scim.User{user}, warn)
					return found(user, err)
				},
				missing: scimUserMissing,
			},
			{
				name:      "user_name",
				validator: notEmpty,
				find: func(ctx context.Context, c *rudderstack.Client, name string, _ bool, warn warnFunc) ([]scim.User, error) {
					users, err := c.UsersNamed(ctx, name)
					warnOfMemberships(c, users, warn)
					return users, err
				},
				missing: scimUserMissing,
			},
		},
	}
}

// found makes a list of what a look-up by id returned: empty when there is
// nothing with that id.
func found[T any](row T, err error) ([]T, error) {
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

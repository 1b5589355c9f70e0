// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

var fivetranUserFields = table.Fields[fivetran.User]{
	table.String("id", "Id of the user, such as `nozzle_eat`.", func(u fivetran.User) *string { return &u.ID }),
	table.String("email", "Email address, as Fivetran spells it. Null for service accounts.", func(u fivetran.User) *string { return u.Email }),
	table.String("given_name", "Given name.", func(u fivetran.User) *string { return u.GivenName }),
	table.String("family_name", "Family name.", func(u fivetran.User) *string { return u.FamilyName }),
	table.String("role", "Role in the account, such as `Account Reviewer`. Null for none. The user can have more roles through teams and groups.", func(u fivetran.User) *string { return u.Role }),
	table.String("status", "`active`, `invited` if the user has not accepted the invite yet, or `inactive` if the user is suspended. Null if Fivetran does not say.", fivetran.User.Status),
	table.Bool("active", "Whether the user is active, not suspended.", func(u fivetran.User) *bool { return u.Active }),
	table.Bool("invited", "Whether the user has not accepted the invite yet.", func(u fivetran.User) *bool { return u.Invited }),
	table.Bool("verified", "Whether the user has activated the account.", func(u fivetran.User) *bool { return u.Verified }),
	table.String("user_type", "`REGULAR_USER` or `SERVICE_ACCOUNT`. Null if Fivetran does not say.", func(u fivetran.User) *string { return u.UserType }),
	table.String("phone", "Phone number.", func(u fivetran.User) *string { return u.Phone }),
	table.String("picture", "Picture, as a URL or a data URI.", func(u fivetran.User) *string { return u.Picture }),
	table.String("created_at", "When the user was created.", func(u fivetran.User) *string { return u.CreatedAt }),
	table.String("logged_in_at", "When the user last logged in. Null if never.", func(u fivetran.User) *string { return u.LoggedInAt }),
}

func newFivetranUser() datasource.DataSource {
	return fivetranService.dataSource("fivetran_user", table.Lookup[*fivetran.Client, fivetran.User]{
		Noun:   "Fivetran User",
		Doc:    "Looks up one user of the Fivetran account by email address or id. However many users you look up, the provider lists the account at most once. A system key needs the scope `USER:READ`.",
		Fields: fivetranUserFields,
		ID:     func(u fivetran.User) string { return u.ID },
		Keys: []table.Key[*fivetran.Client, fivetran.User]{
			table.ByString("id", notEmpty, fivetranUserByID),
			table.ByString("email", emailAddress{}, fivetranUserByEmail),
		},
		Missing: fivetranUserMissing,
	})
}

func fivetranUserByID(ctx context.Context, c *fivetran.Client, id string, _ table.Request) ([]fivetran.User, error) {
	user, err := c.SharedUser(ctx, id)
	return noneIfNotFound(user, err, fivetran.NotFound)
}

func fivetranUserByEmail(ctx context.Context, c *fivetran.Client, email string, _ table.Request) ([]fivetran.User, error) {
	users, err := c.Users(ctx)
	return table.Matching(users, func(u fivetran.User) bool { return u.Email != nil && casefold.Same(*u.Email, email) }), err
}

// fivetranUserMissing says where a user was not found, and which email addresses
// are spelled like the value.
func fivetranUserMissing(ctx context.Context, client *fivetran.Client, value string) string {
	users, err := client.Users(ctx)
	if err != nil {
		return ""
	}
	return suggestion.Searched("users", client.Base(), value, users, func(u fivetran.User) *string { return u.Email })
}

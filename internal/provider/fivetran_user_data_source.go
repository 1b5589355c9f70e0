// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

var fivetranUserFields = fields[fivetran.User]{
	text("id", "Id of the user, such as `nozzle_eat`.", func(u fivetran.User) *string { return &u.ID }),
	text("email", "Address, as Fivetran spells it; null for service accounts.", func(u fivetran.User) *string { return u.Email }),
	text("given_name", "Given name.", func(u fivetran.User) *string { return u.GivenName }),
	text("family_name", "Family name.", func(u fivetran.User) *string { return u.FamilyName }),
	text("role", "Role in the account, such as `Account Reviewer`; null for none. Roles in teams and groups come on top.", func(u fivetran.User) *string { return u.Role }),
	text("status", "`active`: may log in. `invited`: has not accepted the invitation yet. `inactive`: suspended. Null where Fivetran does not say.", func(u fivetran.User) *string { return (*string)(u.Status()) }),
	flag("active", "Whether the user is not suspended.", func(u fivetran.User) *bool { return u.Active }),
	flag("invited", "Whether the invitation is still to be accepted.", func(u fivetran.User) *bool { return u.Invited }),
	flag("verified", "Whether the user has activated the account.", func(u fivetran.User) *bool { return u.Verified }),
	text("phone", "Phone number.", func(u fivetran.User) *string { return u.Phone }),
	text("picture", "Picture, as a URL or a data URI.", func(u fivetran.User) *string { return u.Picture }),
	text("created_at", "When the user was created.", func(u fivetran.User) *string { return u.CreatedAt }),
	text("logged_in_at", "When the user last logged in; null for never.", func(u fivetran.User) *string { return u.LoggedInAt }),
}

func newFivetranUser() datasource.DataSource {
	return &lookupDataSource[*fivetran.Client, fivetran.User]{
		service: fivetranService,
		name:    "fivetran_user",
		noun:    "Fivetran User",
		doc:     "One user of the Fivetran account, by address or id. However many are looked up, the account's users are listed once. A system key needs the scope `USER:READ`.",
		fields:  fivetranUserFields,
		keys: []key[*fivetran.Client, fivetran.User]{
			{name: "id", validator: notEmpty, find: fivetranUserByID, missing: fivetranUserMissing},
			{name: "email", validator: emailAddress{}, find: fivetranUserByEmail, missing: fivetranUserMissing},
		},
	}
}

func fivetranUserByID(ctx context.Context, c *fivetran.Client, id string, _ bool, _ warnFunc) ([]fivetran.User, error) {
	user, err := c.SharedUser(ctx, id)
	if fivetran.NotFound(err) {
		return nil, nil
	}
	return []fivetran.User{user}, err
}

func fivetranUserByEmail(ctx context.Context, c *fivetran.Client, email string, _ bool, _ warnFunc) ([]fivetran.User, error) {
	users, err := c.Users(ctx)
	return filterRows(users, func(u fivetran.User) bool { return u.Email != nil && casefold.Same(*u.Email, email) }), err
}

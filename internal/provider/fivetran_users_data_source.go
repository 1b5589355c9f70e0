// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

func newFivetranUsers() datasource.DataSource {
	return &listDataSource[*fivetran.Client, fivetran.User]{
		service: fivetranService,
		name:    "fivetran_users",
		nouns:   "Fivetran Users",
		doc: "Users of the Fivetran account with status and role, invited and suspended people and service accounts included, sorted by address. " +
			"A system key needs the scope `USER:READ`.",
		result: "users",
		fields: fivetranUserFields,
		filters: []filter[fivetran.User]{
			oneOf("emails", "Only users with these addresses, compared without case.", casefold.Fold, func(u fivetran.User) *string { return u.Email }),
			oneOf("roles", "Only users with one of these roles in the account.", exactly, func(u fivetran.User) *string { return u.Role }),
			oneOf("statuses", "Only users with one of these statuses: `active`, `invited`, `inactive`.", exactly, func(u fivetran.User) *string { return (*string)(u.Status()) }),
		},
		read: func(ctx context.Context, c *fivetran.Client, _ bool, _ warnFunc) ([]fivetran.User, error) {
			return c.Users(ctx)
		},
	}
}

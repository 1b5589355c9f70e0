// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newFivetranUsers() datasource.DataSource {
	return fivetranService.dataSource("fivetran_users", table.List[*fivetran.Client, fivetran.User]{
		Nouns: "Fivetran Users",
		Doc: "Users of the Fivetran account with status and role, invited and suspended people and service accounts included, sorted by address. " +
			"A system key needs the scope `USER:READ`.",
		Result: "users",
		Fields: fivetranUserFields,
		Filters: []table.Filter[fivetran.User]{
			table.OneOf("emails", "Only users with these addresses, compared without case.", casefold.Fold, func(u fivetran.User) *string { return u.Email }),
			table.OneOf("roles", "Only users with one of these roles in the account.", table.Exactly, func(u fivetran.User) *string { return u.Role }),
			table.OneOf("statuses", "Only users with one of these statuses: `active`, `invited`, `inactive`.", table.Exactly, fivetran.User.Status),
		},
		Read: func(ctx context.Context, c *fivetran.Client, _ table.Request) ([]fivetran.User, error) {
			return c.Users(ctx)
		},
	})
}

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
		Doc: "Lists the users of the Fivetran account with status and role, sorted by email address. Invited and suspended users and service accounts are included. " +
			"A system key needs the scope `USER:READ`.",
		Result: "users",
		Fields: fivetranUserFields,
		Filters: []table.Filter[fivetran.User]{
			table.OneOf("emails", "Only users with one of these email addresses, ignoring case.", casefold.Fold, func(u fivetran.User) *string { return u.Email }),
			table.OneOf("roles", "Only users with one of these roles in the account, such as `Account Reviewer`.", table.Exactly, func(u fivetran.User) *string { return u.Role }),
			table.OneOf("statuses", "Only users with one of these statuses. Valid values: `active`, `invited`, `inactive`.", table.Exactly, fivetran.User.Status),
		},
		Read: func(ctx context.Context, c *fivetran.Client, _ table.Request) ([]fivetran.User, error) {
			return c.Users(ctx)
		},
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranUserFilters are the filters of everything that lists users.
var fivetranUserFilters = table.Filters[fivetran.User]{
	table.OneOf("roles", "Only users with one of these roles in the account, such as `Account Reviewer`.", table.Open(table.Exactly), func(u fivetran.User) *string { return u.Role }),
	table.OneOf("statuses", "Only users with one of these statuses.", table.Closed(rest.UserActive, rest.UserInvited, rest.UserInactive), fivetran.User.Status),
}

// fivetranUserElsewhere is where else the values of these filters can be.
var fivetranUserElsewhere = table.Elsewhere[*fivetran.Client]{"roles": {Nouns: "roles", Names: fivetranRoleNames}}

func newFivetranUsers() datasource.DataSource {
	return fivetranService.dataSource("fivetran_users", table.List[*fivetran.Client, fivetran.User]{
		Nouns: "Fivetran Users",
		Doc: "Lists the users of the Fivetran account with status and role, sorted by email address. Invited and suspended users and service accounts are included. " +
			"A system key needs the scope `USER:READ`.",
		Result: "users",
		Fields: fivetranUserFields,
		Filters: append(table.Filters[fivetran.User]{
			table.OneOf("emails", "Only users with one of these email addresses, ignoring case.", table.Open(casefold.Fold), func(u fivetran.User) *string { return u.Email }),
		}, fivetranUserFilters...),
		Elsewhere: fivetranUserElsewhere,
		Read: func(ctx context.Context, c *fivetran.Client, _ table.Request) ([]fivetran.User, error) {
			return c.Users(ctx)
		},
	})
}

func fivetranRoleNames(ctx context.Context, c *fivetran.Client) ([]string, error) {
	roles, err := c.Roles(ctx)
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = role.Name
	}
	return names, err
}

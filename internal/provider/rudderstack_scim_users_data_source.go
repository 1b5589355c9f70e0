// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newRudderStackSCIMUsers() datasource.DataSource {
	return &listDataSource[*rudderstack.Client, scim.User]{
		service: rudderstackService,
		name:    "rudderstack_scim_users",
		nouns:   "RudderStack SCIM Users",
		doc:     "Users of the RudderStack organization with their groups, as its SCIM service tells, sorted by user name.",
		result:  "users",
		fields:  scimUserFields,
		filters: []filter[scim.User]{
			oneOf("user_names", "Only users with these user names, compared without case.", casefold.Fold, func(u scim.User) *string { return u.UserName }),
			is("active", "Only users who are active, or who are not. Those of whom the service does not say are left out of both.", func(u scim.User) *bool { return u.Active }),
		},
		read: func(ctx context.Context, c *rudderstack.Client, _ bool, warn warnFunc) ([]scim.User, error) {
			users, err := c.Users(ctx)
			warnOfMemberships(c, users, warn)
			return users, err
		},
	}
}

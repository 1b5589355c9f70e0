// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import "github.com/datastack-iam/terraform-provider-datastack/internal/rest"

// groupMemberships are read and changed from the user's side: there the role is
// the one in the group, whereas that of the group's list of users can be taken
// for the one in the account.
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/users
var groupMemberships = membershipAPI{
	noun: "Group",
	all:  func(key MembershipKey) string { return rest.Path("users", key.UserID, "groups") },
	one:  func(key MembershipKey) string { return rest.Path("users", key.UserID, "groups", key.ID) },
	body: func(key MembershipKey, role string) any {
		return struct {
			ID   string `json:"id"`
			Role string `json:"role"`
		}{key.ID, role}
	},
	named: func(asked MembershipKey, reply wireMembership) MembershipKey {
		asked.ID = reply.ID.String()
		return asked
	},
}

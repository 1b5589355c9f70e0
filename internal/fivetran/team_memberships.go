// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import "github.com/datastack-iam/terraform-provider-datastack/internal/rest"

// The roles that a member can have in a team:
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/teams
const (
	TeamMember  = "Team Member"
	TeamManager = "Team Manager"
)

var teamMemberships = membershipAPI{
	noun: "Team",
	all:  func(key MembershipKey) string { return rest.Path("teams", key.ID, "users") },
	one:  func(key MembershipKey) string { return rest.Path("teams", key.ID, "users", key.UserID) },
	body: func(key MembershipKey, role string) any {
		return struct {
			UserID string `json:"user_id"`
			Role   string `json:"role"`
		}{key.UserID, role}
	},
	named: func(asked MembershipKey, reply wireMembership) MembershipKey {
		asked.UserID = reply.UserID.String()
		return asked
	},
	repliesToChange: true,
}

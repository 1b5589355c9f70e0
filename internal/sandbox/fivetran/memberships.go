// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

// memberMap is the members of a team or group, keyed by the user's id.
type memberMap map[string]wireMember

// wireMember is a member of a team or group. Role is the role in it.
type wireMember struct {
	UserID    string `json:"user_id"`
	Role      string `json:"role"`
	CreatedAt string `json:"created_at"`
}

// membershipMap is the groups that a team gives to its members, keyed by the
// group's id.
type membershipMap map[string]wireMembership

// inOrderOf returns the memberships in the order of the groups.
func (m membershipMap) inOrderOf(groups []*wireGroup) []wireMembership {
	var memberships []wireMembership
	for _, group := range groups {
		if membership, ok := m[group.ID]; ok {
			memberships = append(memberships, membership)
		}
	}
	return memberships
}

// wireMembership is a group or connection that a user or team has access to.
type wireMembership struct {
	ID        string `json:"id"`
	Role      string `json:"role"`
	CreatedAt string `json:"created_at"`
}

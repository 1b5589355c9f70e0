// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Member is a user in a team or a group.
type Member struct {
	rest.Gapped
	UserID string
	// Email is nil for a service account, and for a member of a team who is not
	// among the users of the account.
	Email *string
	// Role is, in a team, the role in the team. In a group it is what the service
	// returns with the group's users: taken for the role in the group, as
	// Fivetran's own Terraform provider does, though the field's description
	// speaks of the role in the account. UserGroups and TeamGroups are certain.
	Role *string
}

// members returns what lists the members of one team or group, sorted by email
// address without case and then by id. The list is never nil.
func (c *Client) members(in Collection, email func(wireMember) *string) func(ctx context.Context, id string) ([]Member, error) {
	return func(ctx context.Context, id string) ([]Member, error) {
		list, err := c.memberList(ctx, in, id)
		if err != nil {
			return nil, err
		}
		members := make([]Member, len(list.rows))
		for i, row := range list.rows {
			members[i] = Member{Gapped: row.Gapped, UserID: row.key(), Email: email(row), Role: row.Role.Value}
		}
		slices.SortFunc(members, func(a, b Member) int {
			return cmp.Or(casefold.CompareNames(a.Email, b.Email), cmp.Compare(a.UserID, b.UserID))
		})
		return members, nil
	}
}

// wireMember is a member of a team, which has a UserID and no email address, or
// a member of a group, which is a whole user.
type wireMember struct {
	rest.Gapped
	UserID rest.Text `json:"user_id"`
	ID     rest.Text `json:"id"`
	Email  rest.Text `json:"email"`
	Role   rest.Text `json:"role"`
}

func (m wireMember) key() string { return cmp.Or(m.UserID.String(), m.ID.String()) }

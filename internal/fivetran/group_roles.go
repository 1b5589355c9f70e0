// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// GroupRole is the role that a user or a team has in a group, and so in its
// destination.
type GroupRole struct {
	rest.Gapped
	GroupID string
	// Role is nil where the service returns null, "" or nothing.
	Role *string
}

// UserGroups returns the groups that each user was given directly, by the user's
// id, sorted by the group's id. Unlike GroupMembers it says for certain which
// role the user has in the group. Every user of Users has an entry. It costs a
// listing for each user, side by side. A system key needs USER:READ, and
// DESTINATION:READ for what it has of groups. They are listed once and shared
// until a user is changed; the map must not be changed. The errors are those of
// Users.
//
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/users
func (c *Client) UserGroups(ctx context.Context) (map[string][]GroupRole, error) {
	return c.userGroups.Get(ctx, func(ctx context.Context) (map[string][]GroupRole, error) {
		return detailsOf(ctx, c.listedUsers(), c.groupRoles("users"))
	})
}

// TeamGroups returns the groups that each team gives to its members, by the
// team's id, sorted by the group's id. Every team of Teams has an entry. It costs
// a listing for each team, side by side. A system key needs TEAM:READ, and
// DESTINATION:READ for what it has of groups. They are listed once and shared;
// the map must not be changed. The errors are those of Teams.
//
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/teams
func (c *Client) TeamGroups(ctx context.Context) (map[string][]GroupRole, error) {
	return c.teamGroups.Get(ctx, func(ctx context.Context) (map[string][]GroupRole, error) {
		return detailsOf(ctx, c.listedTeams(), c.groupRoles("teams"))
	})
}

// groupRoles returns what lists the groups of one user or team.
func (c *Client) groupRoles(collection string) func(ctx context.Context, id string) ([]GroupRole, error) {
	return func(ctx context.Context, id string) ([]GroupRole, error) {
		rows, err := listAll(ctx, "Fivetran groups of "+collection+"/"+id, wireGroupRole.key, pagesOf[wireGroupRole](c, rest.Path(collection, id, "groups")))
		if err != nil {
			return nil, err
		}
		roles := make([]GroupRole, len(rows))
		for i, row := range rows {
			roles[i] = GroupRole{Gapped: row.Gapped, GroupID: row.key(), Role: row.Role.Value}
		}
		slices.SortFunc(roles, func(a, b GroupRole) int { return cmp.Compare(a.GroupID, b.GroupID) })
		return roles, nil
	}
}

// wireGroupRole is MembershipResponse.
type wireGroupRole struct {
	rest.Gapped
	ID   rest.Text `json:"id"`
	Role rest.Text `json:"role"`
}

func (r wireGroupRole) key() string { return r.ID.String() }

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

// Team is a number of users who get roles together. A pointer is nil where the
// service returns null, "" or nothing.
type Team struct {
	rest.Gapped
	ID          string
	Name        *string
	Description *string
	// Role is the name of the role in the account that the team gives its
	// members, nil when it gives none.
	Role *string
}

// Teams returns all teams, sorted by name without case, then by id. A system
// key needs the scope TEAM:READ. They are listed once and shared; the slice
// must not be changed. The error is a *rest.Error, or a *rest.IncompleteError
// when the pages did not come to an end.
//
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/teams
func (c *Client) Teams(ctx context.Context) ([]Team, error) {
	return c.teams.Get(ctx, func(ctx context.Context) ([]Team, error) {
		rows, err := listAll(ctx, "Fivetran teams", wireTeam.key, pagesOf[wireTeam](c, "teams"))
		if err != nil {
			return nil, err
		}
		teams := make([]Team, len(rows))
		for i, row := range rows {
			teams[i] = Team{Gapped: row.Gapped, ID: row.ID.String(), Name: row.Name.Value, Description: row.Description.Value, Role: row.Role.Value}
		}
		slices.SortFunc(teams, func(a, b Team) int { return cmp.Or(casefold.CompareNames(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
		return teams, nil
	})
}

// TeamMembers returns the members of every team by the team's id, sorted by
// email address without case, then by id; a team without members has an empty
// slice. It costs a listing for each team. The email addresses come from Users,
// so that a system key needs USER:READ besides TEAM:READ. They are listed once
// and shared until a user is changed; the map must not be changed. The errors
// are those of Teams and Users.
func (c *Client) TeamMembers(ctx context.Context) (map[string][]Member, error) {
	return c.teamMembers.Get(ctx, func(ctx context.Context) (map[string][]Member, error) {
		teams, err := c.Teams(ctx)
		if err != nil {
			return nil, err
		}
		if len(teams) == 0 {
			return map[string][]Member{}, nil
		}
		users, err := c.Users(ctx)
		if err != nil {
			return nil, err
		}
		emails := make(map[string]*string, len(users))
		for _, user := range users {
			emails[user.ID] = user.Email
		}
		return detailsOf(ctx, c.listedTeams(), c.members(InTeam, func(m wireMember) *string { return emails[m.key()] }))
	})
}

type wireTeam struct {
	rest.Gapped
	ID          rest.Text `json:"id"`
	Name        rest.Text `json:"name"`
	Description rest.Text `json:"description"`
	Role        rest.Text `json:"role"`
}

func (t wireTeam) key() string { return t.ID.String() }

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

// fivetranTeam is a team with its members, which are nil when not asked for.
type fivetranTeam struct {
	fivetran.Team
	members []fivetran.Member
}

// Unread is for table.WarnOfGaps.
func (t fivetranTeam) Unread() []string { return withUnreadMembers(t.Team.Unread(), t.members) }

var fivetranTeamFields = table.Fields[fivetranTeam]{
	table.String("id", "Id of the team.", func(t fivetranTeam) *string { return &t.ID }),
	table.String("name", "Name of the team.", func(t fivetranTeam) *string { return t.Name }),
	table.String("description", "What the team is for.", func(t fivetranTeam) *string { return t.Description }),
	table.String("role", "Role in the account that members get from the team. Null for none.", func(t fivetranTeam) *string { return t.Role }),
	table.Objects("members", "Users in the team, sorted by email address. Null with `include_members = false`. `role` is the role in the team, `Team Manager` or `Team Member`. "+
		"`email` is null for service accounts, and for members that are not in the list of users.",
		fivetranMemberFields, func(t fivetranTeam) []fivetran.Member { return t.members }),
}

func newFivetranTeams() datasource.DataSource {
	return fivetranService.dataSource("fivetran_teams", table.List[*fivetran.Client, fivetranTeam]{
		Nouns: "Fivetran Teams",
		Doc: "Lists the teams of the Fivetran account with their members, sorted by name. Members take one request for each team of the account. " +
			"A system key needs the scope `TEAM:READ`, and `USER:READ` to read members.",
		Result:  "teams",
		Fields:  fivetranTeamFields,
		Members: true,
		Filters: []table.Filter[fivetranTeam]{
			table.OneOf("names", "Only teams with one of these names, ignoring case.", table.Open(casefold.Fold), func(t fivetranTeam) *string { return t.Name }),
		},
		Read: func(ctx context.Context, c *fivetran.Client, req table.Request) ([]fivetranTeam, error) {
			teams, err := c.Teams(ctx)
			var members map[string][]fivetran.Member
			if err == nil && req.Members {
				members, err = c.TeamMembers(ctx)
			}
			rows := make([]fivetranTeam, len(teams))
			for i, team := range teams {
				rows[i] = fivetranTeam{team, members[team.ID]}
			}
			return rows, err
		},
	})
}

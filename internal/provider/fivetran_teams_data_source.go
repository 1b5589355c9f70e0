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

// fivetranTeam is a team with its members and groups, which are nil when not
// asked for.
type fivetranTeam struct {
	fivetran.Team
	members []fivetran.Member
	groups  []fivetranGroupRole
}

// Unread is for table.WarnOfGaps.
func (t fivetranTeam) Unread() []string {
	return withUnreadGroups(withUnreadMembers(t.Team.Unread(), t.members), t.groups)
}

var fivetranTeamFields = table.Fields[fivetranTeam]{
	table.String("id", "Id of the team.", func(t fivetranTeam) *string { return &t.ID }),
	table.String("name", "Name of the team.", func(t fivetranTeam) *string { return t.Name }),
	table.String("description", "What the team is for.", func(t fivetranTeam) *string { return t.Description }),
	table.String("role", "Role in the account that members get from the team. Null for none.", func(t fivetranTeam) *string { return t.Role }),
	table.Objects("members", "Users in the team, sorted by email address. Null with `include_members = false`. `role` is the role in the team, `Team Manager` or `Team Member`. "+
		"`email` is null for service accounts, and for members that are not in the list of users.",
		fivetranMemberFields, func(t fivetranTeam) []fivetran.Member { return t.members }),
	table.Objects("groups", "Groups that members get from the team, each with one destination, sorted by name. Null unless `include_groups = true`, and if the key is not allowed to read them.",
		fivetranGroupRoleFields, func(t fivetranTeam) []fivetranGroupRole { return t.groups }),
}

func newFivetranTeams() datasource.DataSource {
	return fivetranService.dataSource("fivetran_teams", table.List[*fivetran.Client, fivetranTeam]{
		Nouns: "Fivetran Teams",
		Doc: "Lists the teams of the Fivetran account with their members, sorted by name. Members take one request for each team of the account, and groups another one. " +
			"A system key needs the scope `TEAM:READ`, `USER:READ` to read members, and `DESTINATION:READ` to read groups.",
		Result:          "teams",
		Fields:          fivetranTeamFields,
		Members:         true,
		GroupsOnRequest: "Whether to read the groups that members get from the team too. It takes one request for each team of the account, and the list of groups.",
		Filters: []table.Filter[fivetranTeam]{
			table.OneOf("names", "Only teams with one of these names, ignoring case.", table.Open(casefold.Fold), func(t fivetranTeam) *string { return t.Name }),
		},
		Read: readFivetranTeams,
	})
}

// readFivetranTeams reads the list of teams last, as reading members and groups
// reads it again if a team was deleted meanwhile. A team that was added after
// these is left out.
func readFivetranTeams(ctx context.Context, c *fivetran.Client, req table.Request) ([]fivetranTeam, error) {
	var members map[string][]fivetran.Member
	var groups map[string][]fivetranGroupRole
	var err error
	if req.Members {
		members, err = c.TeamMembers(ctx)
	}
	if err == nil && req.Groups {
		groups, err = fivetranTeamGroups(ctx, c, req.Warn)
	}
	if err != nil {
		return nil, err
	}
	teams, err := c.Teams(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]fivetranTeam, 0, len(teams))
	for _, team := range teams {
		inTeam, known := members[team.ID]
		ofTeam, read := groups[team.ID]
		if (known || members == nil) && (read || groups == nil) {
			rows = append(rows, fivetranTeam{team, inTeam, ofTeam})
		}
	}
	return rows, nil
}

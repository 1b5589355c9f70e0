// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// fivetranTeam is a team with its members, which are nil when not asked for.
type fivetranTeam struct {
	fivetran.Team
	members []fivetran.Member
}

var fivetranTeamFields = fields[fivetranTeam]{
	text("id", "Id of the team.", func(t fivetranTeam) *string { return &t.ID }),
	text("name", "Name of the team.", func(t fivetranTeam) *string { return t.Name }),
	text("description", "What the team is for.", func(t fivetranTeam) *string { return t.Description }),
	text("role", "Role in the account that members get from the team; null for none.", func(t fivetranTeam) *string { return t.Role }),
	objects("members", "Users in the team, sorted by address; null with `include_members = false`. `role` is the role in the team, `Team Manager` or `Team Member`. "+
		"`email` is null for service accounts, and for a user whom the account does not list.",
		fivetranMemberFields, func(t fivetranTeam) []fivetran.Member { return t.members }),
}

func newFivetranTeams() datasource.DataSource {
	return &listDataSource[*fivetran.Client, fivetranTeam]{
		service: fivetranService,
		name:    "fivetran_teams",
		nouns:   "Fivetran Teams",
		doc: "Teams of the Fivetran account with their members, sorted by name. Members cost a request for each team of the account. " +
			"A system key needs the scope `TEAM:READ`, and with members `USER:READ`.",
		result:  "teams",
		fields:  fivetranTeamFields,
		members: true,
		filters: []filter[fivetranTeam]{
			oneOf("names", "Only teams with these names, compared without case.", casefold.Fold, func(t fivetranTeam) *string { return t.Name }),
		},
		read: func(ctx context.Context, c *fivetran.Client, wanted bool, _ warnFunc) ([]fivetranTeam, error) {
			teams, err := c.Teams(ctx)
			var members map[string][]fivetran.Member
			if err == nil && wanted {
				members, err = c.TeamMembers(ctx)
			}
			rows := make([]fivetranTeam, len(teams))
			for i, team := range teams {
				rows[i] = fivetranTeam{team, members[team.ID]}
			}
			return rows, err
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

func newFivetranTeamMembership() resource.Resource {
	return &fivetranMembership{kind: teamMembership}
}

func newFivetranTeamMembershipList() list.ListResource {
	return &fivetranMembershipList{fivetranMembership{kind: teamMembership}}
}

var teamMembership = membershipKind{
	in: fivetran.InTeam, noun: "team", title: "Team", parent: "team_id",
	doc: "One user in one team of the Fivetran account. Other members of the team are not touched, whoever manages them. " +
		"If the user is in the team already, the membership is adopted, and the user gets the configured role. A membership that is gone, with its user or team or without, is no error on destroy. " +
		"A system key needs the scope `TEAM:MANAGE`; recommended: `USER:READ` to check the user in the plan.",
	parentDoc: "Id of the team. Another team replaces the membership.",
	role: schema.StringAttribute{
		Optional: true, Computed: true, Default: stringdefault.StaticString(fivetran.TeamMember),
		Validators:          []validator.String{stringvalidator.OneOf(fivetran.TeamMember, fivetran.TeamManager)},
		MarkdownDescription: "Role in the team. Valid values: `Team Member`, `Team Manager`. Default: `Team Member`.",
	},
	parents: func(ctx context.Context, client *fivetran.Client) ([]membershipParent, error) {
		teams, err := client.Teams(ctx)
		parents := make([]membershipParent, len(teams))
		for i, team := range teams {
			parents[i] = membershipParent{team.ID, orEmpty(team.Name)}
		}
		return parents, err
	},
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranTeams(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t, c.reading(`
data "datastack_fivetran_teams" "all" {}

data "datastack_fivetran_teams" "named" {
  names = ["contractors \"eu\" & more", "Interns"]
}

data "datastack_fivetran_teams" "bare" {
  include_members = false
}

data "datastack_fivetran_teams" "groups" {
  include_members = false
  include_groups  = true
}

data "datastack_fivetran_teams" "none" {
  names = []
}

resource "terraform_data" "managers" {
  input = { for team in data.datastack_fivetran_teams.all.teams : team.id => [for member in team.members : member.email if member.role == "Team Manager"] }
}`, expressions{
		`data.datastack_fivetran_teams.all.teams[*].id`:       `["calm_otter", "loud_cedar", "brief_comet", "tidy_anvil", "night_heron"]`,
		`data.datastack_fivetran_teams.bare.teams[*].members`: `[null, null, null, null, null]`,
		`data.datastack_fivetran_teams.none.teams`:            `[]`,
		`data.datastack_fivetran_teams.named.teams`: `[{
			"id": "brief_comet", "name": "Contractors \"EU\" & more", "description": "People of Brightloop", "role": null, "members": [
				{"user_id": "pillow_race", "email": "julia.costa@brightloop.example", "role": "Team Member"},
				{"user_id": "tunnel_bake", "email": "max.hoffmann@brightloop.example", "role": "Team Member"}
			], "groups": null
		}]`,
		`[for team in data.datastack_fivetran_teams.groups.teams : [team.name, team.members, team.groups]]`: `[
			["Analysts", null, []],
			["Analytics Engineering", null, [{"id": "serving_iodine", "name": "Warehouse_Staging", "role": "Edit Destination"}]],
			["Contractors \"EU\" & more", null, [{"id": "serving_iodine", "name": "Warehouse_Staging", "role": "Edit Destination"}]],
			["Data Platform", null, [
				{"id": "decent_dropsy", "name": "Warehouse_Production", "role": "Edit Destination"},
				{"id": "serving_iodine", "name": "Warehouse_Staging", "role": "Edit Destination"}
			]],
			["On Call", null, [
				{"id": "ample_lichen", "name": "Warehouse_Archive", "role": "Edit Destination"},
				{"id": "decent_dropsy", "name": "Warehouse_Production", "role": "Edit Destination"},
				{"id": "serving_iodine", "name": "Warehouse_Staging", "role": "Edit Destination"}
			]]
		]`,
		`data.datastack_fivetran_teams.all.teams[3].members[3]`: `{"user_id": "robot_stack", "email": null, "role": "Team Member"}`,
		`terraform_data.managers.output`: `{
			"loud_cedar": ["mei.tanaka@northwind.example"], "calm_otter": ["Grace.Thompson@Northwind.example"],
			"brief_comet": [], "tidy_anvil": ["amara.okafor@northwind.example"], "night_heron": []
		}`,
	}))
}

// TestFivetranTeamsWithUnknownMembers has a member that is not in the list of
// users, and a team that is deleted before its members are read.
func TestFivetranTeamsWithUnknownMembers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	c.Inject(sandbox.Fault{PathPrefix: "/v1/teams/calm_otter/users", Times: 1, Status: http.StatusOK, Body: `{"data":{"items":[{"user_id":"gone_away","role":null}]}}`})
	p := open(t, c.settings())
	p.reads(t, "datastack_fivetran_teams", `{"names":["ANALYSTS"]}`, `{"names": ["ANALYSTS"], "include_members": null, "include_groups": null, "teams": [
		{"id": "calm_otter", "name": "Analysts", "description": null, "role": "Account Reviewer", "members": [{"user_id": "gone_away", "email": null, "role": null}], "groups": null}
	]}`)

	c.Inject(sandbox.Fault{PathPrefix: "/v1/teams/calm_otter/users", Status: http.StatusNotFound, Body: `{"code":"NotFound_Team","message":"Team with id 'calm_otter' does not exist."}`})
	_, said := open(t, c.settings()).read(t, "datastack_fivetran_teams", `{}`)
	expectSaid(t, said, "ERROR", "Unable to List Fivetran Teams", "404 Not Found (NotFound_Team)", "Run again: it was deleted after it was listed.")
}

func TestFivetranWithoutMembersReadsNoUsers(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := open(t, c.settings())
	for _, name := range []string{"datastack_fivetran_teams", "datastack_fivetran_groups"} {
		if _, said := p.read(t, name, `{"include_members":false}`); said != "" {
			t.Errorf("%s: got the message %s", name, said)
		}
	}
	if got := c.Count("", ""); got != 2 || c.Count(http.MethodGet, "/v1/teams") != 1 || c.Count(http.MethodGet, "/v1/groups") != 1 {
		t.Errorf("got the requests %v, want those for the teams and for the groups", c.Requests())
	}
}

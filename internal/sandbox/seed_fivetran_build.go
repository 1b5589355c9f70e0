// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "strings"

func newFivetran(people int) *fivetran {
	f := &fivetran{connections: map[string][]fivetranMembership{
		"ferry_blink": {
			{"unhappy_glider", "Manage Connection", moment(2025, 30)},
			{"spry_canyon", "View Connection", moment(2025, 31)},
		},
		"tunnel_bake": {{"spry_canyon", "View Connection", moment(2025, 60)}},
	}}
	teams, groups := f.seedTeams()
	for n, row := range fivetranPeople {
		user := seedFivetranUser(row.id, company[row.who], row.role, n)
		switch row.state {
		case "invited":
			user.Invited, user.Verified, user.LoggedInAt = true, false, nil
		case "suspended":
			user.Active = false
		case "nameless":
			user.GivenName, user.FamilyName = nil, nil
		}
		for _, key := range strings.Fields(row.teams) {
			role := "Team Member"
			key, manager := strings.CutSuffix(key, "!")
			if manager {
				role = "Team Manager"
			}
			teams[key][row.id] = fivetranMember{row.id, role, moment(2025, n)}
		}
		for _, key := range strings.Fields(row.groups) {
			role := "View Destination"
			if strings.HasPrefix(row.teams, "platform") {
				role = "Manage Destination"
			}
			groups[key][row.id] = fivetranMember{row.id, role, moment(2025, n)}
		}
		f.users = append(f.users, user)
	}
	phone, picture := "+46 8 123 456 78", "https://northwind.example/faces/zoe.png"
	f.user("copper_lean").Phone, f.user("copper_lean").Picture = &phone, &picture
	f.users = append(f.users, &FivetranUser{
		ID: "robot_stack", GivenName: ptr("Orchestrator"), Verified: true, Active: true,
		Role: ptr("Account Analyst"), CreatedAt: moment(2026, 20), UserType: "SERVICE_ACCOUNT",
	})
	teams["platform"]["robot_stack"] = fivetranMember{"robot_stack", "Team Member", moment(2026, 20)}
	groups["production"]["robot_stack"] = fivetranMember{"robot_stack", "Edit Destination", moment(2026, 20)}
	roles := []string{"Account Reviewer", "", "Account Analyst"}
	for len(f.users) < people {
		f.made++
		f.users = append(f.users, seedFivetranUser(slug(f.made), extra(f.made), roles[f.made%len(roles)], f.made))
	}
	return f
}

func seedFivetranUser(id string, p person, role string, n int) *FivetranUser {
	return &FivetranUser{
		ID: id, Email: ptr(p.email), GivenName: ptr(p.given), FamilyName: ptr(p.family), Role: ptr(role),
		Verified: true, Active: true, CreatedAt: moment(2024, n), LoggedInAt: ptr(moment(2026, 7*n)),
	}
}

// seedTeams makes roles, groups and teams, and returns the members of the teams
// and groups, still empty, by key.
func (f *fivetran) seedTeams() (teams, groups map[string]members) {
	teams, groups = map[string]members{}, map[string]members{}
	ids := map[string]string{}
	for n, row := range fivetranGroupRows {
		groups[row.key], ids[row.key] = members{}, row.id
		f.groups = append(f.groups, &fivetranGroup{row.id, row.name, moment(2023, n), groups[row.key]})
	}
	for n, row := range fivetranTeamRows {
		teams[row.key] = members{}
		team := &fivetranTeam{
			ID: row.id, Name: row.name, Description: ptr(row.description), Role: ptr(row.role), members: teams[row.key],
		}
		for _, key := range strings.Fields(row.groups) {
			team.groups = append(team.groups, fivetranMembership{ids[key], "Edit Destination", moment(2024, n)})
		}
		f.teams = append(f.teams, team)
	}
	for _, row := range fivetranRoleRows {
		f.roles = append(f.roles, fivetranRole{
			Name: row.name, Description: "Users with the role " + row.name, Scope: list(row.scopes),
			IsCustom: strings.HasPrefix(row.name, "Northwind"), IsDeprecated: row.replacement != "", ReplacementRoleName: ptr(row.replacement),
		})
	}
	return teams, groups
}

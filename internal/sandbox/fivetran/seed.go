// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
)

// NewAccount returns the account of the company, with made-up people up to the
// number of users. now is the service's clock, dates that of the seed.
func NewAccount(people int, now func() time.Time, dates company.Calendar, behavior Behavior) *Account {
	a := &Account{now: now, behavior: behavior, connections: map[string][]wireMembership{
		"ferry_blink": {
			{"unhappy_glider", "Manage Connection", dates.Moment(2025, 30)},
			{"spry_canyon", "View Connection", dates.Moment(2025, 31)},
		},
		"tunnel_bake": {{"spry_canyon", "View Connection", dates.Moment(2025, 60)}},
	}}
	teams, groups := a.seedTeams(dates)
	for n, row := range userRows {
		user := seedUser(dates, row.id, company.People[row.who], row.role, n)
		switch row.state {
		case "invited":
			user.Invited, user.Verified, user.LoggedInAt = true, false, nil
		case "suspended":
			user.Active = false
		case "nameless":
			user.GivenName, user.FamilyName = nil, nil
		}
		for _, key := range strings.Fields(row.teams) {
			role := teamMember
			key, manager := strings.CutSuffix(key, "!")
			if manager {
				role = teamManager
			}
			teams[key][row.id] = wireMember{row.id, role, dates.Moment(2025, n)}
		}
		for _, key := range strings.Fields(row.groups) {
			role := "View Destination"
			if strings.HasPrefix(row.teams, "platform") {
				role = "Manage Destination"
			}
			groups[key][row.id] = wireMember{row.id, role, dates.Moment(2025, n)}
		}
		a.users = append(a.users, user)
	}
	phone, picture := "+46 8 123 456 78", "https://northwind.example/faces/zoe.png"
	a.user("copper_lean").Phone, a.user("copper_lean").Picture = &phone, &picture
	a.users = append(a.users, &User{
		ID: "robot_stack", GivenName: new("Orchestrator"), Verified: true, Active: true,
		Role: new("Account Analyst"), CreatedAt: dates.Moment(2026, 20), UserType: "SERVICE_ACCOUNT",
	})
	// The address of a service account does not make it a person.
	a.users = append(a.users, &User{
		ID: "robot_alert", Email: new("alerts@northwind.example"), GivenName: new("Alerts"), Verified: true, Active: true,
		CreatedAt: dates.Moment(2026, 21), UserType: "SERVICE_ACCOUNT",
	})
	teams["oncall"]["robot_alert"] = wireMember{"robot_alert", "Team Member", dates.Moment(2026, 21)}
	teams["platform"]["robot_stack"] = wireMember{"robot_stack", "Team Member", dates.Moment(2026, 20)}
	groups["production"]["robot_stack"] = wireMember{"robot_stack", "Edit Destination", dates.Moment(2026, 20)}
	roles := []string{"Account Reviewer", "", "Account Analyst"}
	for len(a.users) < people {
		a.made++
		a.users = append(a.users, seedUser(dates, slug(a.made), company.MakeUp(a.made), roles[a.made%len(roles)], a.made))
	}
	return a
}

func seedUser(dates company.Calendar, id string, p company.Person, role string, n int) *User {
	return &User{
		ID: id, Email: new(p.Email), GivenName: new(p.Given), FamilyName: new(p.Family), Role: orNil(role),
		Verified: true, Active: true, CreatedAt: dates.Moment(2024, n), LoggedInAt: new(dates.Moment(2026, 7*n)),
	}
}

// seedTeams makes roles, groups and teams, and returns the members of the teams
// and groups, still empty, by key.
func (a *Account) seedTeams(dates company.Calendar) (teams, groups map[string]memberMap) {
	teams, groups = map[string]memberMap{}, map[string]memberMap{}
	ids := map[string]string{}
	for n, row := range groupRows {
		groups[row.key], ids[row.key] = memberMap{}, row.id
		a.groups = append(a.groups, &wireGroup{row.id, row.name, dates.Moment(2023, n), groups[row.key]})
	}
	for n, row := range teamRows {
		teams[row.key] = memberMap{}
		team := &wireTeam{
			ID: row.id, Name: row.name, Description: orNil(row.description), Role: orNil(row.role),
			members: teams[row.key], groups: membershipMap{},
		}
		if row.key == "engineering" {
			team.connections = []wireMembership{{"spry_canyon", "Edit Connection", dates.Moment(2025, 40)}}
		}
		for _, key := range strings.Fields(row.groups) {
			team.groups[ids[key]] = wireMembership{ids[key], "Edit Destination", dates.Moment(2024, n)}
		}
		a.teams = append(a.teams, team)
	}
	for _, row := range roleRows {
		role := wireRole{
			Name: row.name, Description: "Users with the role " + row.name, Scope: strings.Fields(row.scopes),
			IsCustom: strings.HasPrefix(row.name, "Northwind"), ReplacementRoleName: orNil(row.replacement),
		}
		if !role.IsCustom {
			role.IsDeprecated = new(row.replacement != "")
		}
		a.roles = append(a.roles, role)
	}
	return teams, groups
}

// orNil returns nil for "".
func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

var idSyllables = strings.Fields("ba ce di fo gu ha ke li mo nu pa re si to vu za")

// slug makes the n-th id in the service's form of two words. Different numbers
// up to a million give different ids.
func slug(n int) string {
	mixed := n * 40503 % (1 << 20)
	var word strings.Builder
	for i := range 5 {
		if i == 2 {
			word.WriteString("_")
		}
		word.WriteString(idSyllables[mixed>>(4*i)&15])
	}
	return word.String()
}

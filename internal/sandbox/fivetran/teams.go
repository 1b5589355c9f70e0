// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

type wireTeam struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
	// Role is the account role of the team, null for none.
	Role *string `json:"role"`

	members memberMap
	groups  membershipMap
	// connections are in the order of the list.
	connections []wireMembership
}

func (a *Account) listTeams(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, "Teams list retrieved successfully", a.teams)
}

func (a *Account) withTeam(h func(http.ResponseWriter, *http.Request, *wireTeam)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, team := range a.teams {
			if team.ID == r.PathValue("team") {
				h(w, r, team)
				return
			}
		}
		fail(w, http.StatusNotFound, "NotFound_Team", "Team with id '%s' does not exist.", r.PathValue("team"))
	}
}

func (a *Account) showTeam(w http.ResponseWriter, _ *http.Request, team *wireTeam) {
	succeed(w, http.StatusOK, "Team details retrieved successfully", team)
}

func (a *Account) listTeamUsers(w http.ResponseWriter, r *http.Request, team *wireTeam) {
	var rows []wireMember
	for _, user := range filterActive(r, a.users) {
		if member, ok := team.members[user.ID]; ok {
			rows = append(rows, member)
		}
	}
	writeList(w, r, "Team users retrieved successfully", rows)
}

func (a *Account) listTeamGroups(w http.ResponseWriter, r *http.Request, team *wireTeam) {
	writeList(w, r, "Team group memberships retrieved successfully", team.groups.inOrderOf(a.groups))
}

func (a *Account) listTeamConnections(w http.ResponseWriter, r *http.Request, team *wireTeam) {
	writeList(w, r, "Team connection memberships retrieved successfully", team.connections)
}

// createTeam needs a name, and takes one that another team has: Fivetran
// documents neither.
func (a *Account) createTeam(w http.ResponseWriter, r *http.Request) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	name, err := fields.value("name")
	if err != nil || strings.TrimSpace(orEmpty(name)) == "" {
		fail(w, http.StatusBadRequest, "InvalidInput", "name must not be empty")
		return
	}
	description, descriptionErr := fields.value("description")
	role, roleErr := fields.value("role")
	if roleErr == nil && role != nil {
		*role, roleErr = a.roleIn("ACCOUNT", *role)
	}
	if err := cmp.Or(descriptionErr, roleErr); err != nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
		return
	}
	a.made++
	team := &wireTeam{ID: slug(a.made), Name: *name, Description: description, Role: role, members: memberMap{}, groups: membershipMap{}}
	a.teams = append(a.teams, team)
	succeed(w, http.StatusCreated, "Team has been created", team)
}

func (a *Account) deleteTeam(w http.ResponseWriter, _ *http.Request, team *wireTeam) {
	a.teams = slices.DeleteFunc(a.teams, func(t *wireTeam) bool { return t == team })
	succeed(w, http.StatusOK, "Team has been deleted", nil)
}

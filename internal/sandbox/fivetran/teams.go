// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import "net/http"

type wireTeam struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
	// Role is the account role of the team, null for none.
	Role *string `json:"role"`

	members memberMap
	groups  membershipMap
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

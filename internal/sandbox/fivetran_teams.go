// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "net/http"

type fivetranTeam struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
	// Role is the account role of the team, null for none.
	Role *string `json:"role"`

	members members
	groups  []fivetranMembership
}

type fivetranGroup struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	CreatedAt string `json:"created_at"`

	members members
}

// members are the members of a team or group, keyed by the user's id.
type members map[string]fivetranMember

// fivetranMember is a member of a team. Role is the role in the team.
type fivetranMember struct {
	UserID    string `json:"user_id"`
	Role      string `json:"role"`
	CreatedAt string `json:"created_at"`
}

// fivetranMembership is a group or connection that a user or team has access to.
type fivetranMembership struct {
	ID        string `json:"id"`
	Role      string `json:"role"`
	CreatedAt string `json:"created_at"`
}

func (f *fivetran) listTeams(w http.ResponseWriter, r *http.Request) {
	fivetranList(w, r, "Teams list retrieved successfully", f.teams)
}

func (f *fivetran) withTeam(h func(http.ResponseWriter, *http.Request, *fivetranTeam)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, team := range f.teams {
			if team.ID == r.PathValue("team") {
				h(w, r, team)
				return
			}
		}
		fivetranFail(w, http.StatusNotFound, "NotFound_Team", "Team with id '%s' does not exist.", r.PathValue("team"))
	}
}

func (f *fivetran) showTeam(w http.ResponseWriter, _ *http.Request, team *fivetranTeam) {
	fivetranSuccess(w, http.StatusOK, "Team details retrieved successfully", team)
}

func (f *fivetran) listTeamUsers(w http.ResponseWriter, r *http.Request, team *fivetranTeam) {
	var rows []fivetranMember
	for _, user := range only(r, f.users) {
		if member, ok := team.members[user.ID]; ok {
			rows = append(rows, member)
		}
	}
	fivetranList(w, r, "Team users retrieved successfully", rows)
}

func (f *fivetran) listTeamGroups(w http.ResponseWriter, r *http.Request, team *fivetranTeam) {
	fivetranList(w, r, "Team memberships in groups retrieved successfully", team.groups)
}

func (f *fivetran) listGroups(w http.ResponseWriter, r *http.Request) {
	fivetranList(w, r, "Groups list retrieved successfully", f.groups)
}

func (f *fivetran) withGroup(h func(http.ResponseWriter, *http.Request, *fivetranGroup)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, group := range f.groups {
			if group.ID == r.PathValue("group") {
				h(w, r, group)
				return
			}
		}
		fivetranFail(w, http.StatusNotFound, "NotFound_Group", "Group with id '%s' does not exist.", r.PathValue("group"))
	}
}

func (f *fivetran) showGroup(w http.ResponseWriter, _ *http.Request, group *fivetranGroup) {
	fivetranSuccess(w, http.StatusOK, "Group details retrieved successfully", group)
}

// listGroupUsers shows whole users, with their role in the group in the place
// of their account role.
func (f *fivetran) listGroupUsers(w http.ResponseWriter, r *http.Request, group *fivetranGroup) {
	var rows []FivetranUser
	for _, user := range only(r, f.users) {
		if member, ok := group.members[user.ID]; ok {
			row := *user
			row.Role = &member.Role
			rows = append(rows, row)
		}
	}
	fivetranList(w, r, "Group users retrieved successfully", rows)
}

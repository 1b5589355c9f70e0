// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import "net/http"

const (
	teamManager = "Team Manager"
	teamMember  = "Team Member"
)

// withTeamMember hands a handler the membership of the user in the path, which
// may not exist.
func (a *Account) withTeamMember(h func(http.ResponseWriter, *http.Request, *membershipChange)) http.HandlerFunc {
	return a.withTeam(func(w http.ResponseWriter, r *http.Request, team *wireTeam) {
		a.withUser(func(w http.ResponseWriter, r *http.Request, user *User) {
			h(w, r, a.inTeam(team, user))
		})(w, r)
	})
}

func (a *Account) inTeam(team *wireTeam, user *User) *membershipChange {
	return &membershipChange{account: a, members: team.members, user: user, scope: "TEAM", what: "TeamMembership", inWhat: "team '" + team.ID + "'"}
}

// writable refuses changes of a team that SCIM manages.
func (a *Account) writable(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if team := r.PathValue("team"); a.isManaged(team) {
			fail(w, http.StatusForbidden, "Forbidden", "Team '%s' is managed by SCIM and cannot be changed here", team)
			return
		}
		h(w, r)
	}
}

func (a *Account) addTeamMember(w http.ResponseWriter, r *http.Request, team *wireTeam) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	id, err := fields.value("user_id")
	if err != nil || id == nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "user_id is required")
		return
	}
	user := a.user(*id)
	if user == nil {
		noUser(w, *id)
		return
	}
	change := a.inTeam(team, user)
	if role, ok := change.role(w, fields, teamMember); ok {
		if added, ok := change.add(w, role); ok {
			succeed(w, http.StatusCreated, "User has been added to the team", added)
		}
	}
}

func (a *Account) showTeamMember(w http.ResponseWriter, _ *http.Request, c *membershipChange) {
	if is, ok := c.find(w); ok {
		succeed(w, http.StatusOK, "Team user details retrieved successfully", is)
	}
}

func (a *Account) updateTeamMember(w http.ResponseWriter, r *http.Request, c *membershipChange) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	is, ok := c.find(w)
	if !ok {
		return
	}
	if role, ok := c.role(w, fields, ""); ok && (role == is.Role || a.mayLoseManager(w, c, is)) {
		succeed(w, http.StatusOK, "User role has been updated", c.change(w, is, role))
	}
}

func (a *Account) deleteTeamMember(w http.ResponseWriter, _ *http.Request, c *membershipChange) {
	if is, ok := c.find(w); ok && a.mayLoseManager(w, c, is) {
		c.remove(w)
		succeed(w, http.StatusOK, "User has been removed from the team", nil)
	}
}

// mayLoseManager answers itself, and returns false, where the service keeps the
// last manager of a team.
func (a *Account) mayLoseManager(w http.ResponseWriter, c *membershipChange, is wireMember) bool {
	if !a.behavior.KeepTeamManager || is.Role != teamManager {
		return true
	}
	for id, member := range c.members {
		if id != is.UserID && member.Role == teamManager {
			return true
		}
	}
	fail(w, http.StatusConflict, "IllegalState", "The last manager of %s cannot be removed", c.inWhat)
	return false
}

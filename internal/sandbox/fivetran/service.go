// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package fivetran answers like Fivetran's REST API, with users that can be
// invited, changed and deleted, and memberships in teams and groups.
package fivetran

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Key and Secret belong to a user of the seed, an Account Administrator: they
// stop working when that user is deleted.
const (
	Key    = "fivetran_sandbox_key"
	Secret = "fivetran_sandbox_secret"
)

// Account is the account of the key.
type Account struct {
	now      func() time.Time
	behavior Behavior

	mu    sync.Mutex
	users []*User
	// made counts the users and teams that were ever made, so that no id returns.
	made     int
	requests int
	roles    []wireRole
	teams    []*wireTeam
	groups   []*wireGroup
	// connections are the memberships of users in single connections.
	connections map[string][]wireMembership
}

// quota is how many requests an account may send in an hour. The service counts
// it down; the sandbox never refuses because of it.
const quota = 20000

// Service returns the API of the account.
func (a *Account) Service() *service.Service {
	mux := http.NewServeMux()
	// One request at a time: each sees what the one before it did.
	handle := func(pattern string, h http.HandlerFunc) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.requests++
			w.Header().Set("X-Rate-Limit", strconv.Itoa(quota))
			w.Header().Set("X-Rate-Limit-Remaining", strconv.Itoa(max(0, quota-a.requests)))
			h(w, r)
		})
	}
	handle("GET /v1/account/info", a.showAccount)
	handle("GET /v1/users", a.listUsers)
	handle("POST /v1/users", a.inviteUser)
	handle("GET /v1/users/{user}", a.withUser(a.showUser))
	handle("PATCH /v1/users/{user}", a.withUser(a.updateUser))
	handle("DELETE /v1/users/{user}", a.withUser(a.deleteUser))
	handle("DELETE /v1/users/{user}/role", a.withUser(a.clearRole))
	handle("GET /v1/roles", a.listRoles)
	handle("GET /v1/teams", a.listTeams)
	handle("POST /v1/teams", a.createTeam)
	handle("DELETE /v1/teams/{team}", a.writable(a.withTeam(a.deleteTeam)))
	handle("GET /v1/teams/{team}/users", a.withTeam(a.listTeamUsers))
	handle("POST /v1/teams/{team}/users", a.writable(a.withTeam(a.addTeamMember)))
	handle("GET /v1/teams/{team}/users/{user}", a.withTeamMember(a.showTeamMember))
	handle("PATCH /v1/teams/{team}/users/{user}", a.writable(a.withTeamMember(a.updateTeamMember)))
	handle("DELETE /v1/teams/{team}/users/{user}", a.writable(a.withTeamMember(a.deleteTeamMember)))
	handle("GET /v1/teams/{team}/connections", a.withTeam(a.listTeamConnections))
	handle("GET /v1/groups", a.listGroups)
	handle("GET /v1/groups/{group}/users", a.withGroup(a.listGroupUsers))
	handle("POST /v1/groups/{group}/users", a.withGroup(a.addGroupUser))
	handle("DELETE /v1/groups/{group}/users/{user}", a.withGroupMember(a.deleteGroupUser))
	handle("GET /v1/users/{user}/groups", a.withUser(a.listUserGroups))
	handle("POST /v1/users/{user}/groups", a.withUser(a.addUserGroup))
	handle("GET /v1/users/{user}/groups/{group}", a.withGroupMember(a.showUserGroup))
	handle("PATCH /v1/users/{user}/groups/{group}", a.withGroupMember(a.updateUserGroup))
	handle("DELETE /v1/users/{user}/groups/{group}", a.withGroupMember(a.deleteUserGroup))

	// The official provider fivetran/fivetran calls these too, for its data
	// sources and memberships of users, teams and groups.
	handle("GET /v1/users/{user}/connections", a.withUser(a.listUserConnections))
	handle("GET /v1/teams/{team}", a.withTeam(a.showTeam))
	handle("GET /v1/teams/{team}/groups", a.withTeam(a.listTeamGroups))
	handle("GET /v1/groups/{group}", a.withGroup(a.showGroup))
	return &service.Service{Prefix: "/v1/", Mux: mux, Admit: a.admit, Refuse: refuse}
}

// admit lets the owner of the key in. To the service, key and secret the wrong
// way round are a key without permissions.
func (a *Account) admit(r *http.Request) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	key, secret, ok := r.BasicAuth()
	switch {
	case ok && key == Secret && secret == Key:
		return http.StatusForbidden
	case !ok || key != Key || secret != Secret || a.user(ownerID) == nil:
		return http.StatusUnauthorized
	default:
		return 0
	}
}

func (a *Account) showAccount(w http.ResponseWriter, _ *http.Request) {
	succeed(w, http.StatusOK, "Account information retrieved successfully", struct {
		AccountID   string  `json:"account_id"`
		AccountName string  `json:"account_name"`
		UserID      string  `json:"user_id"`
		SystemKeyID *string `json:"system_key_id"`
	}{"northwind_analytics", "Northwind Analytics", ownerID, nil})
}

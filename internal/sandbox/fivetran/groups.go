// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import "net/http"

type wireGroup struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	CreatedAt string `json:"created_at"`

	members memberMap
}

func (a *Account) listGroups(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, "Groups list retrieved successfully", a.groups)
}

func (a *Account) withGroup(h func(http.ResponseWriter, *http.Request, *wireGroup)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if group := a.group(r.PathValue("group")); group != nil {
			h(w, r, group)
			return
		}
		noGroup(w, r.PathValue("group"))
	}
}

// group returns the group with the id, nil if there is none.
func (a *Account) group(id string) *wireGroup {
	for _, group := range a.groups {
		if group.ID == id {
			return group
		}
	}
	return nil
}

func noGroup(w http.ResponseWriter, id string) {
	fail(w, http.StatusNotFound, "NotFound_Group", "Group with id '%s' does not exist.", id)
}

func (a *Account) showGroup(w http.ResponseWriter, _ *http.Request, group *wireGroup) {
	succeed(w, http.StatusOK, "Group details retrieved successfully", group)
}

// listGroupUsers shows whole users, with their role in the group instead of
// their account role. The official provider reads it so; Fivetran's OpenAPI
// document does not say.
func (a *Account) listGroupUsers(w http.ResponseWriter, r *http.Request, group *wireGroup) {
	var rows []User
	for _, user := range filterActive(r, a.users) {
		if member, ok := group.members[user.ID]; ok {
			row := *user
			row.Role = &member.Role
			rows = append(rows, row)
		}
	}
	writeList(w, r, "Group users retrieved successfully", rows)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"fmt"
	"net/http"
)

func (a *Account) inGroup(group *wireGroup, user *User) *membershipChange {
	return &membershipChange{account: a, members: group.members, user: user, scope: "DESTINATION", what: "GroupMembership", inWhat: "group '" + group.ID + "'"}
}

// withGroupMember hands a handler the membership of the user in the group of the
// path, which may not exist.
func (a *Account) withGroupMember(h func(http.ResponseWriter, *http.Request, *membershipChange)) http.HandlerFunc {
	return a.withUser(func(w http.ResponseWriter, r *http.Request, user *User) {
		a.withGroup(func(w http.ResponseWriter, r *http.Request, group *wireGroup) {
			h(w, r, a.inGroup(group, user))
		})(w, r)
	})
}

// addUserGroup adds the user of the path to a group. Its two 404 say which of
// them is missing.
func (a *Account) addUserGroup(w http.ResponseWriter, r *http.Request, user *User) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	id, err := fields.value("id")
	if err != nil || id == nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "id is required")
		return
	}
	group := a.group(*id)
	if group == nil {
		noGroup(w, *id)
		return
	}
	change := a.inGroup(group, user)
	if role, ok := change.role(w, fields, ""); ok {
		if added, ok := change.add(w, role); ok {
			succeed(w, http.StatusCreated, "Group membership has been created", wireMembership{group.ID, added.Role, added.CreatedAt})
		}
	}
}

func (a *Account) showUserGroup(w http.ResponseWriter, r *http.Request, c *membershipChange) {
	if is, ok := c.find(w); ok {
		succeed(w, http.StatusOK, "Group membership details retrieved successfully", wireMembership{r.PathValue("group"), is.Role, is.CreatedAt})
	}
}

// updateUserGroup answers without data, as documented.
func (a *Account) updateUserGroup(w http.ResponseWriter, r *http.Request, c *membershipChange) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	is, ok := c.find(w)
	if !ok {
		return
	}
	if role, ok := c.role(w, fields, ""); ok {
		c.change(w, is, role)
		succeed(w, http.StatusOK, "Group membership has been updated", nil)
	}
}

func (a *Account) deleteUserGroup(w http.ResponseWriter, _ *http.Request, c *membershipChange) {
	if _, ok := c.find(w); ok {
		c.remove(w)
		succeed(w, http.StatusOK, "Group membership has been deleted", nil)
	}
}

// addGroupUser takes the address of a user, and answers with 200 and without
// data, as documented.
func (a *Account) addGroupUser(w http.ResponseWriter, r *http.Request, group *wireGroup) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	email, err := fields.value("email")
	if err != nil || email == nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "email is required")
		return
	}
	user := a.userByEmail(*email)
	if user == nil {
		noUser(w, *email)
		return
	}
	change := a.inGroup(group, user)
	if role, ok := change.role(w, fields, ""); ok {
		if _, ok := change.add(w, role); ok {
			succeed(w, http.StatusOK, "User has been added to the group", nil)
		}
	}
}

func (a *Account) deleteGroupUser(w http.ResponseWriter, _ *http.Request, c *membershipChange) {
	if is, ok := c.find(w); ok {
		c.remove(w)
		succeed(w, http.StatusOK, fmt.Sprintf("User with id '%s' has been removed from the group", is.UserID), nil)
	}
}

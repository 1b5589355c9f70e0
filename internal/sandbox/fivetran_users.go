// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// FivetranUser is a user in Fivetran's wire format.
type FivetranUser struct {
	ID string `json:"id"`
	// Email is null for service accounts.
	Email      *string `json:"email"`
	GivenName  *string `json:"given_name"`
	FamilyName *string `json:"family_name"`
	Verified   bool    `json:"verified"`
	// Invited is true until the invitation is accepted.
	Invited bool    `json:"invited"`
	Picture *string `json:"picture"`
	Phone   *string `json:"phone"`
	// Role is the name of the account role, null for none.
	Role *string `json:"role"`
	// LoggedInAt is null until the first login.
	LoggedInAt *string `json:"logged_in_at"`
	CreatedAt  string  `json:"created_at"`
	// Active is false while the user is suspended.
	Active bool `json:"active"`
	// UserType is said for service accounts only.
	UserType string `json:"user_type,omitempty"`
}

// user returns the user with the id, nil if there is none.
func (f *fivetran) user(id string) *FivetranUser {
	for _, user := range f.users {
		if user.ID == id {
			return user
		}
	}
	return nil
}

// userByEmail compares without case.
func (f *fivetran) userByEmail(email string) *FivetranUser {
	for _, user := range f.users {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			return user
		}
	}
	return nil
}

// withUser hands a handler the user in the path.
func (f *fivetran) withUser(h func(http.ResponseWriter, *http.Request, *FivetranUser)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user := f.user(r.PathValue("user"))
		if user == nil {
			fivetranFail(w, http.StatusNotFound, "NotFound_User", "User with id '%s' does not exist.", r.PathValue("user"))
			return
		}
		h(w, r, user)
	}
}

// only returns the users that the active parameter leaves: true leaves those
// who are not suspended, anything else leaves all.
func only(r *http.Request, users []*FivetranUser) []*FivetranUser {
	if r.URL.Query().Get("active") != "true" {
		return users
	}
	return slices.DeleteFunc(slices.Clone(users), func(u *FivetranUser) bool { return !u.Active })
}

func (f *fivetran) listUsers(w http.ResponseWriter, r *http.Request) {
	fivetranList(w, r, "Users list retrieved successfully", only(r, f.users))
}

func (f *fivetran) showUser(w http.ResponseWriter, _ *http.Request, user *FivetranUser) {
	fivetranSuccess(w, http.StatusOK, "User details retrieved successfully", user)
}

func (f *fivetran) listUserGroups(w http.ResponseWriter, r *http.Request, user *FivetranUser) {
	var memberships []fivetranMembership
	for _, group := range f.groups {
		if member, ok := group.members[user.ID]; ok {
			memberships = append(memberships, fivetranMembership{group.ID, member.Role, member.CreatedAt})
		}
	}
	fivetranList(w, r, "User memberships in groups retrieved successfully", memberships)
}

func (f *fivetran) listUserConnections(w http.ResponseWriter, r *http.Request, user *FivetranUser) {
	fivetranList(w, r, "User memberships in connections retrieved successfully", f.connections[user.ID])
}

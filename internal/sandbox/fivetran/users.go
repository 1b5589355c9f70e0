// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"net/http"
	"slices"
	"strings"
)

// User is a user in Fivetran's wire format.
type User struct {
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

// Users returns copies of the users, in the order of the list.
func (a *Account) Users() []User {
	a.mu.Lock()
	defer a.mu.Unlock()
	users := make([]User, 0, len(a.users))
	for _, user := range a.users {
		users = append(users, *user)
	}
	return users
}

// Change changes the user with an address, without regard to case. It reports
// whether there is one.
func (a *Account) Change(email string, change func(*User)) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	user := a.userByEmail(email)
	if user != nil {
		change(user)
	}
	return user != nil
}

// Accept accepts the invitation of the user with an address, who logs in. It
// reports whether there is one.
func (a *Account) Accept(email string) bool {
	return a.Change(email, func(u *User) {
		u.Invited, u.Verified, u.LoggedInAt = false, true, new(a.timestamp())
	})
}

// Remove removes the user with an address, even the last administrator. It
// reports whether there was one.
func (a *Account) Remove(email string) bool { return a.Change(email, a.remove) }

// timestamp returns the time by the service's clock, as the service gives it.
func (a *Account) timestamp() string { return a.now().Format("2006-01-02T15:04:05.000000Z07:00") }

// user returns the user with the id, nil if there is none.
func (a *Account) user(id string) *User {
	for _, user := range a.users {
		if user.ID == id {
			return user
		}
	}
	return nil
}

// userByEmail compares without regard to case.
func (a *Account) userByEmail(email string) *User {
	for _, user := range a.users {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			return user
		}
	}
	return nil
}

// withUser hands a handler the user in the path.
func (a *Account) withUser(h func(http.ResponseWriter, *http.Request, *User)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user := a.user(r.PathValue("user"))
		if user == nil {
			noUser(w, r.PathValue("user"))
			return
		}
		h(w, r, user)
	}
}

func noUser(w http.ResponseWriter, id string) {
	fail(w, http.StatusNotFound, "NotFound_User", "User with id '%s' does not exist.", id)
}

// filterActive returns the users that the active parameter leaves: true leaves
// out suspended users, anything else leaves all.
func filterActive(r *http.Request, users []*User) []*User {
	if r.URL.Query().Get("active") != "true" {
		return users
	}
	return slices.DeleteFunc(slices.Clone(users), func(u *User) bool { return !u.Active })
}

func (a *Account) listUsers(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, "Users list retrieved successfully", filterActive(r, a.users))
}

func (a *Account) showUser(w http.ResponseWriter, _ *http.Request, user *User) {
	succeed(w, http.StatusOK, "User details retrieved successfully", user)
}

func (a *Account) listUserGroups(w http.ResponseWriter, r *http.Request, user *User) {
	var memberships []wireMembership
	for _, group := range a.groups {
		if member, ok := group.members[user.ID]; ok {
			memberships = append(memberships, wireMembership{group.ID, member.Role, member.CreatedAt})
		}
	}
	writeList(w, r, "User memberships in groups retrieved successfully", memberships)
}

func (a *Account) listUserConnections(w http.ResponseWriter, r *http.Request, user *User) {
	writeList(w, r, "User memberships in connections retrieved successfully", a.connections[user.ID])
}

// orEmpty returns "" for nil.
func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

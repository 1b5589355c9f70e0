// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"fmt"
	"net/http"
	"net/mail"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// inviteUser stores the address as the request spells it, and compares it with
// others without regard to case. Fivetran documents neither.
func (a *Account) inviteUser(w http.ResponseWriter, r *http.Request) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	user := &User{Invited: true, Active: true}
	if err := a.apply(fields, user); err != nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
		return
	}
	email, err := fields.value("email")
	if err != nil || !isEmailAddress(orEmpty(email)) {
		fail(w, http.StatusBadRequest, "InvalidInput", "Email '%s' is not valid", orEmpty(email))
		return
	}
	if user.GivenName == nil || user.FamilyName == nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "given_name and family_name are required")
		return
	}
	if existing := a.userByEmail(*email); existing != nil {
		a.answerExisting(w, existing)
		return
	}
	a.made++
	user.ID, user.Email, user.CreatedAt = slug(a.made), email, a.timestamp()
	a.recognize(user)
	a.users = append(a.users, user)
	succeed(w, http.StatusCreated, "User has been created", a.inviteReply(user))
}

func (a *Account) updateUser(w http.ResponseWriter, r *http.Request, user *User) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	changed := *user
	err := a.apply(fields, &changed)
	switch _, readOnly := fields["email"]; {
	case err != nil:
		fail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
	case readOnly:
		fail(w, http.StatusBadRequest, "InvalidInput", "Email cannot be changed")
	case !a.mayChangeRole(w, user, changed.Role):
	case a.behavior.IgnoreUpdates:
		service.NoEffect(w)
		succeed(w, http.StatusOK, "User has been updated", user)
	default:
		*user = changed
		succeed(w, http.StatusOK, "User has been updated", user)
	}
}

func (a *Account) clearRole(w http.ResponseWriter, _ *http.Request, user *User) {
	if a.mayChangeRole(w, user, nil) {
		user.Role = nil
		succeed(w, http.StatusOK, "User role in account has been removed", nil)
	}
}

// deleteUser deletes the memberships of the user too. The service lets the owner
// of the key go, and the key with them.
func (a *Account) deleteUser(w http.ResponseWriter, _ *http.Request, user *User) {
	if a.isLastAdministrator(user) {
		fail(w, http.StatusConflict, "IllegalState", "Unable to delete the only remaining Account Administrator of the account")
		return
	}
	a.remove(user)
	succeed(w, http.StatusOK, fmt.Sprintf("User with id '%s' has been deleted", user.ID), nil)
}

func (a *Account) remove(user *User) {
	a.users = slices.DeleteFunc(a.users, func(u *User) bool { return u == user })
	for _, team := range a.teams {
		delete(team.members, user.ID)
	}
	for _, group := range a.groups {
		delete(group.members, user.ID)
	}
	delete(a.connections, user.ID)
}

// mayChangeRole answers itself, and returns false, where the service refuses to
// give the user another role.
func (a *Account) mayChangeRole(w http.ResponseWriter, user *User, role *string) bool {
	switch {
	case orEmpty(role) == orEmpty(user.Role):
		return true
	case user.ID == ownerID:
		fail(w, http.StatusBadRequest, "InvalidInput", "You cannot change your own role")
	case a.isLastAdministrator(user):
		fail(w, http.StatusConflict, "IllegalState", "The account must keep an Account Administrator")
	default:
		return true
	}
	return false
}

// isLastAdministrator reports whether no other user can administer the account.
func (a *Account) isLastAdministrator(user *User) bool {
	administers := func(u *User) bool {
		return u.Active && !u.Invited && orEmpty(u.Role) == administratorRole
	}
	return administers(user) &&
		!slices.ContainsFunc(a.users, func(u *User) bool { return u != user && administers(u) })
}

func isEmailAddress(email string) bool {
	address, err := mail.ParseAddress(email)
	return err == nil && address.Address == email && strings.Contains(email, ".")
}

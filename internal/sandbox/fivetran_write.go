// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/mail"
	"slices"
	"strings"
)

// inviteUser stores the address as it is sent, and refuses one that is there
// already in whatever case.
func (f *fivetran) inviteUser(w http.ResponseWriter, r *http.Request) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	user := &FivetranUser{Invited: true, Active: true}
	if err := fields.apply(user, f); err != nil {
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
		return
	}
	email, err := fields.text("email")
	if err != nil || !isAddress(text(email)) {
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "Email '%s' is not valid", text(email))
		return
	}
	if user.GivenName == nil || user.FamilyName == nil {
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "given_name and family_name are required")
		return
	}
	if f.userByEmail(*email) != nil {
		fivetranFail(w, http.StatusConflict, "AlreadyExists", "User with email '%s' already exists in the account", *email)
		return
	}
	f.made++
	user.ID, user.Email, user.CreatedAt = slug(f.made), email, moment(2026, f.made)
	f.users = append(f.users, user)
	fivetranSuccess(w, http.StatusCreated, "User has been created", user)
}

func (f *fivetran) updateUser(w http.ResponseWriter, r *http.Request, user *FivetranUser) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	changed := *user
	err := fields.apply(&changed, f)
	switch _, readOnly := fields["email"]; {
	case err != nil:
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
	case readOnly:
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "Email cannot be changed")
	case f.roleStays(w, user, changed.Role):
		*user = changed
		fivetranSuccess(w, http.StatusOK, "User has been updated", user)
	}
}

func (f *fivetran) clearRole(w http.ResponseWriter, _ *http.Request, user *FivetranUser) {
	if f.roleStays(w, user, nil) {
		user.Role = nil
		fivetranSuccess(w, http.StatusOK, "User role in account has been removed", nil)
	}
}

// deleteUser takes the user's memberships along. The key's owner may be
// deleted; the key goes too.
func (f *fivetran) deleteUser(w http.ResponseWriter, _ *http.Request, user *FivetranUser) {
	if f.lastAdministrator(user) {
		fivetranFail(w, http.StatusConflict, "IllegalState", "Unable to delete the only remaining Account Administrator of the account")
		return
	}
	f.remove(user)
	fivetranSuccess(w, http.StatusOK, fmt.Sprintf("User with id '%s' has been deleted", user.ID), nil)
}

func (f *fivetran) remove(user *FivetranUser) {
	f.users = slices.DeleteFunc(f.users, func(u *FivetranUser) bool { return u == user })
	for _, team := range f.teams {
		delete(team.members, user.ID)
	}
	for _, group := range f.groups {
		delete(group.members, user.ID)
	}
	delete(f.connections, user.ID)
}

// roleStays answers itself, and returns false, where the service refuses to
// give the user another role.
func (f *fivetran) roleStays(w http.ResponseWriter, user *FivetranUser, role *string) bool {
	switch {
	case text(role) == text(user.Role):
		return true
	case user.ID == fivetranOwner:
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "You cannot change your own role")
	case f.lastAdministrator(user):
		fivetranFail(w, http.StatusConflict, "IllegalState", "The account must keep an Account Administrator")
	default:
		return true
	}
	return false
}

// lastAdministrator tells whether nobody else can administer the account.
func (f *fivetran) lastAdministrator(user *FivetranUser) bool {
	is := func(u *FivetranUser) bool {
		return u.Active && !u.Invited && text(u.Role) == accountAdministrator
	}
	return is(user) && !slices.ContainsFunc(f.users, func(u *FivetranUser) bool { return u != user && is(u) })
}

func isAddress(email string) bool {
	address, err := mail.ParseAddress(email)
	return err == nil && address.Address == email && strings.Contains(email, ".")
}

// fields is the body of a request: what is absent is not changed.
type fields map[string]json.RawMessage

func readFields(w http.ResponseWriter, r *http.Request) (fields, bool) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		fivetranRefuse(w, r, http.StatusUnsupportedMediaType)
		return nil, false
	}
	body, err := io.ReadAll(r.Body)
	var read fields
	if err == nil {
		err = json.Unmarshal(body, &read)
	}
	if err != nil || read == nil {
		fivetranFail(w, http.StatusBadRequest, "InvalidInput", "The request body is not a JSON object")
		return nil, false
	}
	return read, true
}

// text returns a field, nil where it is absent or null.
func (f fields) text(name string) (*string, error) {
	var value *string
	if raw, ok := f[name]; ok {
		if err := json.Unmarshal(raw, &value); err != nil {
			return nil, fmt.Errorf("%s must be a string", name)
		}
	}
	return value, nil
}

// apply sets what is sent. null clears phone and picture; names and roles
// cannot be emptied.
func (f fields) apply(user *FivetranUser, account *fivetran) error {
	for _, field := range []struct {
		name     string
		target   **string
		optional bool
	}{
		{"given_name", &user.GivenName, false},
		{"family_name", &user.FamilyName, false},
		{"phone", &user.Phone, true},
		{"picture", &user.Picture, true},
		{"role", &user.Role, false},
	} {
		if _, sent := f[field.name]; !sent {
			continue
		}
		value, err := f.text(field.name)
		if err != nil {
			return err
		}
		if !field.optional && strings.TrimSpace(text(value)) == "" {
			return fmt.Errorf("%s must not be empty", field.name)
		}
		*field.target = value
	}
	if _, sent := f["role"]; !sent {
		return nil
	}
	role, err := account.accountRole(*user.Role)
	user.Role = &role
	return err
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// scimUsers are all users of the account, with those who were deactivated and
// deleted.
func (a *Account) scimUsers() []*wireUser {
	return slices.DeleteFunc(slices.Clone(a.users), func(u *wireUser) bool { return u.scim.deleted && a.behavior.ForgetDeleted })
}

func (a *Account) listSCIMUsers(w http.ResponseWriter, r *http.Request) {
	writeSCIMList(a, w, r, a.scimUsers(), func(u *wireUser) any { return a.showAsSCIM(u) })
}

func (a *Account) showSCIMUser(w http.ResponseWriter, r *http.Request) {
	user, refusal := a.findSCIMUser(r)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	a.writeSCIM(w, r, scim.SelectAttributes(a.showAsSCIM(user), r.URL.Query()))
}

// findSCIMUser returns the user of the id in the path.
func (a *Account) findSCIMUser(r *http.Request) (*wireUser, *scim.Error) {
	if user := a.userBySCIMID(r.PathValue("id")); user != nil {
		return user, nil
	}
	return nil, &scim.Error{Status: http.StatusNotFound, Detail: "User " + r.PathValue("id") + " not found"}
}

// userBySCIMID returns nil if there is none.
func (a *Account) userBySCIMID(id string) *wireUser {
	for _, user := range a.users {
		if user.scimID() == id && (!user.scim.deleted || !a.behavior.ForgetDeleted) {
			return user
		}
	}
	return nil
}

// userByEmail compares without regard to case. It returns nil if there is none.
func (a *Account) userByEmail(email string) *wireUser {
	for _, user := range a.users {
		if strings.EqualFold(user.Email, email) {
			return user
		}
	}
	return nil
}

// createSCIMUser refuses an address that is there, also that of a user who was
// deleted, unless the service has forgotten those.
func (a *Account) createSCIMUser(w http.ResponseWriter, r *http.Request) *scim.Error {
	body, refusal := a.readUser(r)
	if refusal != nil {
		return refusal
	}
	for _, user := range a.scimUsers() {
		if user.Email == body.UserName || !a.behavior.CaseSensitive && strings.EqualFold(user.Email, body.UserName) {
			return &scim.Error{Status: http.StatusConflict, Type: "uniqueness", Detail: "A user with this userName exists already."}
		}
	}
	user := a.build.blankUser(body.UserName, a.timestamp())
	if body.Active {
		user.scim.pending = a.behavior.PendingUsers
		if refusal := a.license(user, body.licenseType()); refusal != nil {
			return refusal
		}
	} else {
		user.IsActive = false
	}
	a.setFields(user, body)
	a.keep(w, r, "Users", func() {
		a.users = append(a.users, user)
		a.encodeAgain(user)
	})
	shown := a.showAsSCIM(user)
	if a.behavior.WithoutID {
		shown.ID = ""
	}
	a.writeSCIM(w, r, shown)
	return nil
}

// setFields sets what a request says, but for active and the license.
func (a *Account) setFields(user *wireUser, body *userBody) {
	user.scim.externalID = body.ExternalID
	a.setNames(user, body.Name)
}

func (a *Account) setNames(user *wireUser, name scimName) {
	if a.behavior.Rewrite {
		name = scimName{strings.TrimSpace(name.GivenName), strings.TrimSpace(name.FamilyName)}
	}
	user.FirstName, user.LastName = &name.GivenName, &name.FamilyName
	user.FullName = new(strings.TrimSpace(name.GivenName + " " + name.FamilyName))
}

func (a *Account) replaceSCIMUser(w http.ResponseWriter, r *http.Request) *scim.Error {
	body, refusal := a.readUser(r)
	if refusal != nil {
		return refusal
	}
	return a.changeSCIMUser(w, r, func(user *wireUser) *scim.Error {
		if !strings.EqualFold(body.UserName, user.Email) {
			return errUserName
		}
		a.setFields(user, body)
		return a.setActive(user, body.Active, body.licenseType())
	})
}

// errUserName is the refusal of another address.
var errUserName = invalid("mutability", "userName cannot be changed")

// changeSCIMUser changes a copy of the user of the path, and keeps it if the
// change is not refused.
func (a *Account) changeSCIMUser(w http.ResponseWriter, r *http.Request, change func(*wireUser) *scim.Error) *scim.Error {
	user, refusal := a.findSCIMUser(r)
	if refusal != nil {
		return refusal
	}
	changed := user.copied()
	if refusal := change(changed); refusal != nil {
		return refusal
	}
	changed.scim.lastModified = a.timestamp()
	if p := changed.permission(); p != nil {
		p.SCIMManaged = true
	}
	a.keep(w, r, "Users", func() {
		*user = *changed
		a.encodeAgain(user)
	})
	a.writeSCIM(w, r, a.showAsSCIM(changed))
	return nil
}

// deleteSCIMUser removes the license. The user stays in the list, inactive.
func (a *Account) deleteSCIMUser(w http.ResponseWriter, r *http.Request) *scim.Error {
	user, refusal := a.findSCIMUser(r)
	switch {
	case refusal != nil:
		return refusal
	case user.scim.deleted:
		return &scim.Error{Status: http.StatusNotFound, Detail: "User " + r.PathValue("id") + " not found"}
	}
	a.keep(w, r, "Users", func() {
		user.removeLicense()
		user.scim.deleted, user.scim.lastModified = true, a.timestamp()
		a.encodeAgain(user)
	})
	a.writeSCIM(w, r, nil)
	return nil
}

// encodeAgain is called after a change of a user: lists then show it.
func (a *Account) encodeAgain(u *wireUser) {
	if p := u.permission(); p != nil {
		p.Groups = []json.RawMessage{}
		for _, id := range p.groupIDs {
			p.Groups = append(p.Groups, a.build.groups[id])
		}
	}
	u.encodeOnce()
}

// Accept accepts the invitation of the user with an address, who then has the
// license. It reports whether there is one.
func (a *Account) Accept(email string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	user := a.userByEmail(email)
	if user == nil || !user.scim.pending {
		return false
	}
	user.scim.pending = false
	a.give(user, user.scim.pendingLicense)
	a.encodeAgain(user)
	a.count()
	return true
}

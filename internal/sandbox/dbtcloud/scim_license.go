// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// defaultLicense is what a user gets whose request names no license type, or
// for whom SCIM does not control it.
const defaultLicense = "developer"

// copied returns a copy of the user that shares nothing that the SCIM service
// changes.
func (u *wireUser) copied() *wireUser {
	c := *u
	c.Permissions = slices.Clone(u.Permissions)
	c.Licenses = maps.Clone(u.Licenses)
	return &c
}

// setActive gives a license to the user or removes it. wanted is the license
// type of the request, "" for none. A deactivated user stays in the groups.
func (a *Account) setActive(u *wireUser, active bool, wanted string) *scim.Error {
	switch {
	case !active && u.licensed():
		u.changeLicense(func(l *wireLicense) { l.State, l.UpdatedAt = 2, a.timestamp() })
	case !active:
		u.IsActive = false
	case u.active() && !u.licensed() && wanted == "":
		// The service does not miss the license of a user who is active without one.
	default:
		u.IsActive, u.scim.deleted = true, false
		return a.license(u, wanted)
	}
	return nil
}

// license gives the user a license of a type that the account offers, if a seat
// is left. "" is the type that the user has or had. A user who has not accepted
// yet gets it later.
func (a *Account) license(u *wireUser, wanted string) *scim.Error {
	if !a.behavior.SCIMControlsLicenses {
		wanted = ""
	}
	had, _ := u.license()
	wanted = cmp.Or(wanted, u.scim.pendingLicense, had.LicenseType, defaultLicense)
	seats := a.seats[wanted]
	switch {
	case had.State == 1 && had.LicenseType == wanted || u.scim.pendingLicense == wanted:
		return nil
	case seats.Total == 0:
		return &scim.Error{
			Status: http.StatusBadRequest, Type: "invalidValue",
			Detail: "The license type " + wanted + " is not available on the plan of this account.",
		}
	case seats.Available == 0:
		return &scim.Error{Status: http.StatusBadRequest, Detail: "There are no " + wanted + " licenses left on this account."}
	case u.scim.pending:
		u.scim.pendingLicense = wanted
	default:
		a.give(u, wanted)
	}
	return nil
}

// give gives the user a license, in both places that show it.
func (a *Account) give(u *wireUser, licenseType string) {
	now := a.timestamp()
	license, ok := u.license()
	if !ok {
		license = wireLicense{ID: licenseID(u.ID), UserID: u.ID, AccountID: AccountID, CreatedAt: now}
	}
	license.LicenseType, license.State, license.UpdatedAt = licenseType, 1, now
	if u.permission() == nil {
		u.Permissions = append(u.Permissions, wirePermission{wireLicense: license, SCIMManaged: true})
	}
	if u.Licenses == nil {
		u.Licenses = map[string]wireLicense{}
	}
	u.Licenses[accountKey] = license
	u.changeLicense(func(l *wireLicense) { *l = license })
	u.permission().Statements = a.build.statementsOf(licenseType)
}

// changeLicense changes the license in both places that show it.
func (u *wireUser) changeLicense(change func(*wireLicense)) {
	if p := u.permission(); p != nil {
		change(&p.wireLicense)
	}
	if license, ok := u.Licenses[accountKey]; ok {
		change(&license)
		u.Licenses[accountKey] = license
	}
}

// removeLicense takes the license away, and the groups with it.
func (u *wireUser) removeLicense() {
	u.Permissions = slices.DeleteFunc(u.Permissions, func(p wirePermission) bool { return p.AccountID == AccountID })
	delete(u.Licenses, accountKey)
}

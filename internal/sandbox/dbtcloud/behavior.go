// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"
	"slices"
	"time"
)

// Behavior is how dbt Cloud's SCIM service answers where dbt's documents leave
// it open, and how it may break what they say. In the zero value, SCIM is on,
// does not control licenses, and is as strict as dbt's OpenAPI document.
type Behavior struct {
	// SCIMDisabled is the status with which an account without SCIM refuses, 403
	// or 404. 0 is an account with SCIM.
	SCIMDisabled int
	// SCIMControlsLicenses lets SCIM set the license type. Without it, everyone
	// gets a developer license, and the type in a request has no effect.
	SCIMControlsLicenses bool
	// Seats is the number of licenses that the account has bought, by type, where
	// it is not that of the seed. A type with 0 is not offered.
	Seats map[string]int
	// PendingUsers invites who is created. They are neither in /users nor have a
	// license until they accept.
	PendingUsers bool
	// HideDeactivated leaves deactivated users out of /users. Without it, their
	// license is removed there, as it is for one user of the seed.
	HideDeactivated bool
	// ForgetDeleted leaves deleted users out of the SCIM service too. dbt's
	// documents say that an import in Okta lists them.
	ForgetDeleted bool

	// EnvelopedLists has dbt's own envelope around lists, EnvelopedResources around
	// single resources, as its OpenAPI document says. Okta and Entra ID read the
	// form of RFC 7644.
	EnvelopedLists, EnvelopedResources bool
	// Filters is what filters do: "exact" compares with regard to case, "ignored"
	// lists all, "refused" answers 400. "" ignores case.
	Filters string
	// CaseSensitive allows an address that is there in another case, and
	// SameGroupNames a name that another group has.
	CaseSensitive, SameGroupNames bool
	// Statuses are the statuses of success by method, where they are not those of
	// the OpenAPI document: 204 for DELETE, and 200. 204 goes without a body.
	Statuses map[string]int
	// WithoutID leaves the id out of the reply to POST.
	WithoutID bool
	// DuplicateMembers adds a member a second time, and refuses with 400 to remove
	// who is no member. Without it, both have no effect.
	DuplicateMembers bool
	// KeepNothing are requests that succeed without effect, each a method and a
	// collection: "PATCH Groups".
	KeepNothing []string
	// Rewrite keeps addresses in lower case, and names without spaces around them.
	Rewrite bool

	// WriteLimit is how many POST and PUT of users the service takes in each
	// WriteWindow. 0 means 20 in 5 seconds, as documented; a negative limit is
	// none.
	WriteLimit  int
	WriteWindow time.Duration
}

// success is the status of a success.
func (b *Behavior) success(method string) int {
	if status, ok := b.Statuses[method]; ok {
		return status
	}
	if method == http.MethodDelete {
		return http.StatusNoContent
	}
	return http.StatusOK
}

// keeps reports whether requests of the method to a collection have an effect.
func (b *Behavior) keeps(method, collection string) bool {
	return !slices.Contains(b.KeepNothing, method+" "+collection)
}

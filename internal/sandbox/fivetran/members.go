// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// membershipChange is a change of one user's role in a team or group. Nothing
// of other members is touched.
type membershipChange struct {
	account *Account
	members memberMap
	user    *User
	// scope is that of the roles that the place takes.
	scope string
	// what and inWhat name the membership in refusals.
	what, inWhat string
}

// role reads the role from a body. Where it cannot, it answers so itself.
func (c *membershipChange) role(w http.ResponseWriter, fields userFields, absent string) (string, bool) {
	sent, err := fields.value("role")
	role := cmp.Or(orEmpty(sent), absent)
	if err == nil {
		role, err = c.account.roleIn(c.scope, role)
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "%s", err)
		return "", false
	}
	return role, true
}

// add makes the user a member. Where the user is one already, it answers so
// itself.
func (c *membershipChange) add(w http.ResponseWriter, role string) (wireMember, bool) {
	added := wireMember{c.user.ID, role, c.account.timestamp()}
	if is, ok := c.members[c.user.ID]; ok {
		switch status := c.account.behavior.ExistingMemberStatus; status {
		case http.StatusCreated:
			added.CreatedAt = is.CreatedAt
		case http.StatusBadRequest:
			fail(w, status, "InvalidInput", "User '%s' already has a role in %s", c.user.ID, c.inWhat)
			return added, false
		default:
			fail(w, http.StatusConflict, "AlreadyExists", "User '%s' already has a role in %s", c.user.ID, c.inWhat)
			return added, false
		}
	}
	c.keep(w, func() { c.members[c.user.ID] = added })
	return added, true
}

// find returns the membership. Where there is none, it answers so itself.
func (c *membershipChange) find(w http.ResponseWriter) (wireMember, bool) {
	is, ok := c.members[c.user.ID]
	if !ok {
		fail(w, http.StatusNotFound, "NotFound_"+c.what, "User with id '%s' has no role in %s.", c.user.ID, c.inWhat)
	}
	return is, ok
}

// change gives the member another role.
func (c *membershipChange) change(w http.ResponseWriter, is wireMember, role string) wireMember {
	if c.account.behavior.IgnoreUpdates {
		service.NoEffect(w)
		return is
	}
	is.Role = role
	c.keep(w, func() { c.members[c.user.ID] = is })
	return is
}

// remove ends the membership.
func (c *membershipChange) remove(w http.ResponseWriter) {
	c.keep(w, func() { delete(c.members, c.user.ID) })
}

// keep makes a change, unless the service keeps none of memberships.
func (c *membershipChange) keep(w http.ResponseWriter, change func()) {
	if c.account.behavior.IgnoreMemberships {
		service.NoEffect(w)
		return
	}
	change()
}

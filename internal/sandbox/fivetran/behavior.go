// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Behavior is how the service answers where Fivetran's documents leave it open,
// and how it may break what they say. The zero value is the sandbox's guess at
// the service.
type Behavior struct {
	// ExistingStatus answers an invite of an address that the account has: 409
	// where it is 0, 400, 422, or 201 with the user who is there. Fivetran
	// documents none of them, for this case.
	ExistingStatus int
	// KnownElsewhere are users of other accounts. Documented: a user may belong to
	// several. Assumed: who is invited keeps names, phone and picture, takes what
	// is missing from the invite, and has nothing to accept. CreatedAt "" is the
	// time of the invite. A time given here is also likely: Fivetran's OpenAPI
	// document calls created_at the time when "the user created their Fivetran
	// account".
	KnownElsewhere []User
	// InviteReply is the address of the user that every successful invite shows
	// instead of the new one. A fault that no document mentions.
	InviteReply string
	// IgnoreUpdates answers PATCH with 200 and the user, or the membership, as
	// before. A fault that no document mentions.
	IgnoreUpdates bool
	// Normalize keeps phones without spaces and punctuation, pictures that come as
	// a data URI under a URL, and names without spaces around them. Fivetran
	// documents no form in which it keeps them.
	Normalize bool
	// RefuseNull refuses null for phone and picture with 400, as Fivetran's OpenAPI
	// document has plain strings there. Its Go SDK sends null to clear them.
	RefuseNull bool
	// ExistingMemberStatus answers who adds a member that is there, whatever the
	// role: 409 where it is 0, 400, or 201 with the new role. Fivetran documents
	// 409 for "a duplicate role assignment", without naming requests.
	ExistingMemberStatus int
	// ManagedTeams are the ids of teams that SCIM manages. Assumed: the service
	// refuses to change them with 403.
	ManagedTeams []string
	// KeepTeamManager refuses with 409 to take the last manager from a team.
	KeepTeamManager bool
	// IgnoreMemberships answers changes of memberships with success, and keeps
	// nothing. A fault that no document mentions.
	IgnoreMemberships bool
	// NoRoles lists no roles, RolesWithoutScope has null for the scope of each, and
	// RoleRowPerScope has a row for each scope of a role. Fivetran documents one
	// row with all scopes. Users may have the same roles whatever the list says.
	NoRoles, RolesWithoutScope, RoleRowPerScope bool
}

// answerExisting answers an invite of a user who is there.
func (a *Account) answerExisting(w http.ResponseWriter, user *User) {
	switch a.behavior.ExistingStatus {
	case http.StatusCreated:
		service.NoEffect(w)
		succeed(w, http.StatusCreated, "User has been created", user)
	case http.StatusBadRequest:
		fail(w, http.StatusBadRequest, "InvalidInput", "User with email '%s' already exists in the account", *user.Email)
	case http.StatusUnprocessableEntity:
		fail(w, http.StatusUnprocessableEntity, "UnprocessableEntity", "User with email '%s' already exists in the account", *user.Email)
	default:
		fail(w, http.StatusConflict, "AlreadyExists", "User with email '%s' already exists in the account", *user.Email)
	}
}

// isManaged reports whether SCIM manages a team.
func (a *Account) isManaged(team string) bool { return slices.Contains(a.behavior.ManagedTeams, team) }

// recognize makes an invited user the one that another account knows.
func (a *Account) recognize(user *User) {
	for _, known := range a.behavior.KnownElsewhere {
		if !strings.EqualFold(orEmpty(known.Email), *user.Email) {
			continue
		}
		user.ID = cmp.Or(known.ID, user.ID)
		user.Email = known.Email
		user.GivenName = cmp.Or(known.GivenName, user.GivenName)
		user.FamilyName = cmp.Or(known.FamilyName, user.FamilyName)
		user.Phone = cmp.Or(known.Phone, user.Phone)
		user.Picture = cmp.Or(known.Picture, user.Picture)
		user.CreatedAt = cmp.Or(known.CreatedAt, user.CreatedAt)
		user.LoggedInAt = known.LoggedInAt
		user.Invited, user.Verified = false, true
	}
}

// inviteReply is the user that the reply to an invite shows.
func (a *Account) inviteReply(invited *User) *User {
	return cmp.Or(a.userByEmail(a.behavior.InviteReply), invited)
}

// normalize keeps what a request set in the service's own form.
func (a *Account) normalize(user *User) {
	if !a.behavior.Normalize {
		return
	}
	rewrite := func(field **string, how func(string) string) {
		if *field != nil {
			*field = new(how(**field))
		}
	}
	rewrite(&user.GivenName, strings.TrimSpace)
	rewrite(&user.FamilyName, strings.TrimSpace)
	rewrite(&user.Phone, func(phone string) string {
		return strings.Map(func(r rune) rune {
			if r == '+' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, phone)
	})
	rewrite(&user.Picture, func(picture string) string {
		if !strings.HasPrefix(picture, "data:") {
			return picture
		}
		return fmt.Sprintf("https://pictures.fivetran.example/%.8x", sha256.Sum256([]byte(picture)))
	})
}

// shownRoles is the list of roles.
func (a *Account) shownRoles() []wireRole {
	var shown []wireRole
	for _, role := range a.roles {
		switch {
		case a.behavior.NoRoles:
		case a.behavior.RolesWithoutScope:
			role.Scope = nil
			shown = append(shown, role)
		case a.behavior.RoleRowPerScope:
			for _, scope := range role.Scope {
				row := role
				row.Scope = []string{scope}
				shown = append(shown, row)
			}
		default:
			shown = append(shown, role)
		}
	}
	return shown
}

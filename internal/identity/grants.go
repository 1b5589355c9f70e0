// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"cmp"
	"slices"
	"strings"
)

// Grant is one thing that a user may do, and what gives it.
type Grant struct {
	System string
	// Email is that of the person, nil for an account that no person shows.
	Email *string
	// UserID is nil for an invite.
	UserID       *string
	ResourceType ResourceType
	// ResourceID and Resource are the id and the name of what is granted, the id
	// for a name where there is none. Both are nil for the account in Fivetran.
	ResourceID, Resource *string
	// Entitlement is a role, a permission set, a license type, or "member". It is
	// nil where the service does not return the role.
	Entitlement *string
	// Via is Direct, or the name of the group or team that gives it, its id where
	// it has no name.
	Via string
}

// ResourceType is what a grant is for.
type ResourceType string

// The types of resources.
const (
	AccountResource ResourceType = "account"
	// DestinationResource is a group in Fivetran, which has one destination.
	DestinationResource ResourceType = "destination"
	GroupResource       ResourceType = "group"
	LicenseResource     ResourceType = "license"
	ProjectResource     ResourceType = "project"
	TeamResource        ResourceType = "team"
)

// Direct is the Via of what was given to the user, not to a group or team.
const Direct = "direct"

// memberEntitlement is the entitlement of being in a group, and in a team without a role.
var memberEntitlement = new("member")

// Grants returns what all accounts of all services may do, each grant once. They
// are sorted by email address, those without one last, then by service, user id,
// resource type, resource id, entitlement and via. The people and the accounts
// are those of Join for the same sources. The slice is never nil, and the same for
// sources in any order.
//
// Users who cannot log in have grants too. An open invite has those that the user
// will have. What the sources lack is missing.
func Grants(sources Sources, aliases Aliases) []*Grant {
	matched, unmatched := sources.match(aliases)
	grants := make([]*Grant, 0, len(matched)+len(unmatched))
	var to grantee
	for i := range matched {
		grants = to.grantsOf(&matched[i], &matched[i].email, grants)
	}
	for i := range unmatched {
		grants = to.grantsOf(&unmatched[i], nil, grants)
	}
	return grants
}

// grantee collects what one account gives. It is used for one after another.
type grantee struct {
	system string
	email  *string
	id     *string
	grants []Grant
}

// add adds a grant without what is the same for all of the account.
func (g *grantee) add(grant Grant) {
	grant.System, grant.Email, grant.UserID = g.system, g.email, g.id
	g.grants = append(g.grants, grant)
}

// grantsOf appends the grants of an account, in order and each once.
func (g *grantee) grantsOf(a *account, email *string, to []*Grant) []*Grant {
	*g = grantee{system: a.System, email: email, grants: g.grants[:0]}
	if a.ID != "" {
		g.id = &a.ID
	}
	a.grant(g)
	slices.SortFunc(g.grants, compareGrants)
	g.grants = slices.CompactFunc(g.grants, func(a, b Grant) bool { return compareGrants(a, b) == 0 })
	rows := slices.Clone(g.grants)
	for i := range rows {
		to = append(to, &rows[i])
	}
	return to
}

// compareGrants orders the grants of one account.
func compareGrants(a, b Grant) int {
	return cmp.Or(
		strings.Compare(string(a.ResourceType), string(b.ResourceType)),
		compareTexts(a.ResourceID, b.ResourceID, compareIDs),
		compareTexts(a.Resource, b.Resource, strings.Compare),
		compareTexts(a.Entitlement, b.Entitlement, strings.Compare),
		strings.Compare(a.Via, b.Via),
	)
}

// compareTexts orders what is missing last. Most texts are shared.
func compareTexts(a, b *string, compare func(a, b string) int) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	default:
		return compare(*a, *b)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// Group is one group of the directory. Its name need not be unique.
type Group struct {
	ID          string
	DisplayName *string
	ExternalID  *string
	// Members holds the direct members, sorted by id. It is nil when the
	// server does not tell, empty when it says that there are none.
	Members []Member
}

// Member is one direct member of a group.
type Member struct {
	ID string
	// UserName comes from the list of users; it is nil when the id is not
	// known there.
	UserName *string
	// Display is the name that the group gives to the member.
	Display *string
	// Type is "User", "Group" or "unknown".
	Type string
}

const (
	typeUser    = "User"
	typeGroup   = "Group"
	typeUnknown = "unknown"
)

// groupRow is a group as the server sends it.
type groupRow struct {
	ID          text       `json:"id"`
	DisplayName text       `json:"displayName"`
	ExternalID  text       `json:"externalId"`
	Members     references `json:"members"`
}

func (r groupRow) id() string   { return r.ID.String() }
func (r groupRow) name() string { return r.DisplayName.String() }

// group leaves the type of a member unknown unless its entry declares it.
func (r groupRow) group() Group {
	g := Group{ID: r.id(), DisplayName: r.DisplayName.Value, ExternalID: r.ExternalID.Value}
	if r.Members == nil {
		return g
	}
	g.Members = []Member{}
	for _, e := range r.Members {
		g.Members = append(g.Members, Member{ID: e.Value.String(), Display: e.Display.Value, Type: declaredType(e)})
	}
	byID := func(a, b Member) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Type, b.Type))
	}
	slices.SortStableFunc(g.Members, byID)
	g.Members = slices.CompactFunc(g.Members, func(a, b Member) bool { return byID(a, b) == 0 })
	return g
}

// declaredType is what an entry says about itself: by its type or by the
// collection that its $ref leads to.
func declaredType(e entry) string {
	collection, _ := splitRef(e.Ref.String())
	for _, said := range []string{e.Type.String(), strings.TrimSuffix(strings.ToLower(collection), "s")} {
		for _, known := range []string{typeUser, typeGroup} {
			if strings.EqualFold(said, known) {
				return known
			}
		}
	}
	return typeUnknown
}

func sortGroups(groups []Group) []Group {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(casefold.CompareNames(a.DisplayName, b.DisplayName), cmp.Compare(a.ID, b.ID))
	})
	return groups
}

// withoutMembers returns copies of the groups that tell nothing of members.
func withoutMembers(groups []Group) []Group {
	bare := slices.Clone(groups)
	for i := range bare {
		bare[i].Members = nil
	}
	return bare
}

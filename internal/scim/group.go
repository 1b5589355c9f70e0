// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Group is one group of the directory. Its name need not be unique.
type Group struct {
	rest.Gapped
	ID          string
	DisplayName *string
	ExternalID  *string
	// Members are the direct members, sorted by id. It is nil when the server does
	// not return them, empty when it says that there are none.
	Members []Member
	// CreatedAt is a time as the server sent it.
	CreatedAt *string
	// Version is the group's version (ETag), "" where the server sends none.
	Version string
	// MembersErr is the refusal that leaves Members nil where the service lists
	// the group without them.
	MembersErr *rest.Error
	// UsersErr is the refusal of the list of users, without which members have no
	// user names.
	UsersErr *rest.Error
	// Doubts are those about the members, and about the list that the group is of.
	Doubts []Doubt
}

func (g Group) ref() GroupRef { return GroupRef{ID: g.ID, DisplayName: g.DisplayName} }

// userIDs are the ids of members that may be users.
func (g Group) userIDs() map[string]bool {
	ids := make(map[string]bool, len(g.Members))
	for _, member := range g.Members {
		if member.ID != "" && member.Type != GroupMember {
			ids[member.ID] = true
		}
	}
	return ids
}

// Member is one direct member of a group.
type Member struct {
	// ID is "" where the group has only the member's name, which is a gap.
	ID string
	// UserName comes from the list of users; it is nil when the id is not
	// known there.
	UserName *string
	// Display is the name that the group gives to the member.
	Display *string
	Type    MemberType
}

// MemberType is what a member of a group is (RFC 7643 section 4.2).
type MemberType string

// The types of members.
const (
	UserMember  MemberType = "User"
	GroupMember MemberType = "Group"
	// UnknownMember is a member of which neither its entry nor its id says it.
	UnknownMember MemberType = "unknown"
)

// groupRow is a group as the server sends it.
type groupRow struct {
	rest.Gapped
	versioned
	ID          rest.Text  `json:"id"`
	DisplayName rest.Text  `json:"displayName"`
	ExternalID  rest.Text  `json:"externalId"`
	Members     references `json:"members"`
	Meta        rest.Object[struct {
		Created rest.Time `json:"created"`
		Version rest.Text `json:"version"`
	}] `json:"meta"`
}

func (r groupRow) id() string   { return r.ID.String() }
func (r groupRow) name() string { return r.DisplayName.String() }

// group leaves the type of a member unknown unless its value declares it.
func (r groupRow) group() Group {
	g := Group{Gapped: r.Gapped, ID: r.id(), DisplayName: r.DisplayName.Value, ExternalID: r.ExternalID.Value}
	g.CreatedAt = r.Meta.Value.Created.Value
	g.Version = cmp.Or(r.etag, r.Meta.Value.Version.String())
	if r.Members == nil {
		return g
	}
	g.Members = []Member{}
	for _, v := range r.Members {
		g.Members = append(g.Members, Member{ID: v.Value.String(), Display: v.Display.Value, Type: declaredType(v)})
	}
	sortMembers(g.Members)
	g.Members = slices.CompactFunc(g.Members, func(a, b Member) bool { return compareMembers(a, b) == 0 })
	return g
}

func sortMembers(members []Member) { slices.SortStableFunc(members, compareMembers) }

func compareMembers(a, b Member) int {
	if a.ID == "" && b.ID == "" {
		return casefold.CompareNames(a.Display, b.Display)
	}
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Type, b.Type))
}

// declaredType is what a value says about itself: by its type or by the
// collection that its $ref leads to.
func declaredType(v multiValue) MemberType {
	collection, _ := splitRef(v.Ref.String())
	for _, said := range []string{v.Type.String(), strings.TrimSuffix(strings.ToLower(collection), "s")} {
		for _, known := range []MemberType{UserMember, GroupMember} {
			if strings.EqualFold(said, string(known)) {
				return known
			}
		}
	}
	return UnknownMember
}

func sortGroups(groups []Group) []Group {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(casefold.CompareNames(a.DisplayName, b.DisplayName), cmp.Compare(a.ID, b.ID))
	})
	return groups
}

// withoutMembers returns copies of the groups without their members.
func withoutMembers(groups []Group) []Group {
	bare := slices.Clone(groups)
	for i := range bare {
		bare[i].Members = nil
	}
	return bare
}

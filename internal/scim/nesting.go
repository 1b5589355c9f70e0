// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// Nesting says which groups have others as members.
type Nesting struct {
	// parents has the groups that have a group as a direct member, by its id.
	parents map[string][]GroupRef
}

// Nesting returns how the groups of the directory are nested, or nil if the
// members of some groups are not known. It costs no request beside Users. The
// errors are those of Users.
func (r *Reader) Nesting(ctx context.Context) (*Nesting, error) {
	listed, err := r.groupList(ctx)
	if err != nil || listed.refused != nil || !listed.whole {
		return nil, err
	}
	return NestingOf(listed.groups), nil
}

// NestingOf returns how groups with members are nested.
func NestingOf(groups []Group) *Nesting {
	nesting, nested := &Nesting{parents: map[string][]GroupRef{}}, nestedGroups(groups)
	for _, group := range groups {
		for _, child := range nested[group.ID] {
			nesting.parents[child] = append(nesting.parents[child], group.ref())
		}
	}
	return nesting
}

// nestedGroups returns the ids of the groups that are direct members of each
// group, by its id: members that are said to be groups, or have the id of one.
func nestedGroups(groups []Group) map[string][]string {
	listed := make(map[string]bool, len(groups))
	for _, group := range groups {
		listed[group.ID] = true
	}
	nested := map[string][]string{}
	for _, group := range groups {
		for _, member := range group.Members {
			if member.Type != UserMember && listed[member.ID] {
				nested[group.ID] = append(nested[group.ID], member.ID)
			}
		}
	}
	return nested
}

// Above returns the groups that a member of the group is in because of it, each
// once, sorted by name without case, then id. Groups in a cycle are above each
// other, and none is above itself. No groups are above one in a nil Nesting.
func (n *Nesting) Above(group string) []GroupRef {
	if n == nil || len(n.parents[group]) == 0 {
		return nil
	}
	var above []GroupRef
	seen := map[string]bool{group: true}
	for waiting := []string{group}; len(waiting) > 0; waiting = waiting[1:] {
		for _, parent := range n.parents[waiting[0]] {
			if !seen[parent.ID] {
				seen[parent.ID] = true
				above = append(above, parent)
				waiting = append(waiting, parent.ID)
			}
		}
	}
	sortGroupRefs(above)
	return above
}

func sortGroupRefs(groups []GroupRef) {
	slices.SortFunc(groups, func(a, b GroupRef) int {
		return cmp.Or(casefold.CompareNames(a.DisplayName, b.DisplayName), cmp.Compare(a.ID, b.ID))
	})
}

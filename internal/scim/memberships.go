// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Doubt is what may be wrong with the memberships of a group, or with a list.
type Doubt struct {
	// Group is the zero value for a list.
	Group GroupRef
	Why   string
}

// groupList is the list of groups as the service sends it, with the members that
// it returns in one way or another.
type groupList struct {
	groups []Group
	// byID has the position of every group.
	byID map[string]int
	// byMember has the groups that name an id as a member that may be a user.
	byMember map[string][]GroupRef
	// nested has the ids of the groups that are direct members of a group.
	nested map[string][]string
	// whole says that the members of every group are known.
	whole bool
	// doubts are values of members that could not be read.
	doubts []Doubt
	// refused is why the members of some groups, or all groups, are not known. It
	// is kept like a list: to ask again would bring the same answer.
	refused error
}

func (r *Reader) groupList(ctx context.Context) (groupList, error) {
	return r.listedGroups.read(ctx, func(ctx context.Context) (groupList, error) {
		groups, err := r.readGroups(ctx, nil)
		if err == nil {
			err = r.askForMembers(ctx, groups)
		}
		if unavailable, ok := errors.AsType[*GroupsUnavailableError](err); ok {
			return groupList{refused: unavailable}, nil
		}
		if err != nil {
			return groupList{}, err
		}
		return r.newGroupList(groups), nil
	})
}

func (r *Reader) newGroupList(groups []Group) groupList {
	l := groupList{groups: groups, byID: make(map[string]int, len(groups)), byMember: map[string][]GroupRef{}, nested: nestedGroups(groups), whole: true}
	refused := &MembersUnavailableError{Service: r.service}
	if len(groups) > 0 {
		l.doubts = slices.Clone(groups[0].Doubts) // those about the list
	}
	for i, group := range groups {
		l.byID[group.ID] = i
	}
	for _, group := range groups {
		l.whole = l.whole && group.Members != nil
		for _, member := range group.Members {
			if member.ID != "" && member.Type != GroupMember {
				l.byMember[member.ID] = append(l.byMember[member.ID], group.ref())
			}
		}
		for _, unread := range group.Unread() {
			l.doubts = append(l.doubts, Doubt{group.ref(), unread})
		}
		if group.MembersErr != nil {
			refused.Groups = append(refused.Groups, group.ref())
			refused.Err = cmp.Or(refused.Err, group.MembersErr)
		}
	}
	if refused.Err != nil {
		l.refused = refused
	}
	return l
}

// unavailable returns the error where the service refuses the list as such.
func (l groupList) unavailable() error {
	if unavailable, ok := errors.AsType[*GroupsUnavailableError](l.refused); ok {
		return unavailable
	}
	return nil
}

// nests reports whether a group has a user only through groups in it.
func (l groupList) nests(group, user string) bool {
	of := l.byMember[user]
	has := func(id string) bool { return slices.ContainsFunc(of, func(ref GroupRef) bool { return ref.ID == id }) }
	if len(of) == 0 || has(group) {
		return false
	}
	seen := map[string]bool{}
	var search func(group string) bool
	search = func(group string) bool {
		if seen[group] {
			return false
		}
		seen[group] = true
		return has(group) || slices.ContainsFunc(l.nested[group], search)
	}
	return search(group)
}

// withMemberships returns copies of the users with the groups that either side
// names. A user who does not say and that a group may have that does not say
// either keeps nil: a list would be too short.
func (l groupList) withMemberships(users []User) []User {
	joined := slices.Clone(users)
	for i := range joined {
		user := &joined[i]
		user.GroupsErr, user.Doubts = l.refused, l.doubts
		if user.Groups == nil && (!l.whole || l.unavailable() != nil) {
			continue
		}
		user.Groups = l.join(*user)
	}
	return joined
}

// join returns every group once that a user or a group names, sorted by name.
// Groups that a user has only through others are not among them: not every
// service marks these as indirect.
func (l groupList) join(user User) []GroupRef {
	listed := l.byMember[user.ID]
	joined := make([]GroupRef, 0, len(user.Groups)+len(listed))
	seen := make(map[string]bool, len(user.Groups)+len(listed))
	for _, ref := range slices.Concat(listed, user.Groups) {
		if ref.ID == "" || seen[ref.ID] || l.nests(ref.ID, user.ID) {
			continue
		}
		seen[ref.ID] = true
		// The group's own name is the one it has now.
		if i, ok := l.byID[ref.ID]; ok && l.groups[i].DisplayName != nil {
			ref = l.groups[i].ref()
		}
		joined = append(joined, ref)
	}
	for _, ref := range user.Groups {
		sameName := func(other GroupRef) bool { return other.DisplayName != nil && *other.DisplayName == *ref.DisplayName }
		if ref.ID == "" && !slices.ContainsFunc(joined, sameName) {
			joined = append(joined, ref)
		}
	}
	sortGroupRefs(joined)
	return joined
}

// userList is the list of users as the service sends it.
type userList struct {
	users []User
	byID  map[string]int
	// byGroup has the positions of the users that name a group.
	byGroup map[string][]int
	doubts  []Doubt
}

func newUserList(users []User) userList {
	l := userList{users: users, byID: make(map[string]int, len(users)), byGroup: map[string][]int{}}
	for i, user := range users {
		l.byID[user.ID] = i
		for _, ref := range user.Groups {
			if positions := l.byGroup[ref.ID]; len(positions) == 0 || positions[len(positions)-1] != i {
				l.byGroup[ref.ID] = append(positions, i)
			}
		}
	}
	return l
}

// compare returns the users that name a group and that the group lacks, except
// those that it has through other groups. The doubt is nil unless one side lacks
// users of the other. Where no user names any group, users say nothing.
func (l userList) compare(group Group, nests func(group, user string) bool) (lacking []User, doubt *Doubt) {
	if group.Members == nil || len(l.byGroup) == 0 {
		return nil, nil
	}
	direct := group.userIDs()
	named := make(map[string]bool, len(l.byGroup[group.ID]))
	for _, i := range l.byGroup[group.ID] {
		user := l.users[i]
		switch {
		case direct[user.ID]:
			named[user.ID] = true
		case !nests(group.ID, user.ID):
			named[user.ID] = true
			lacking = append(lacking, user)
		}
	}
	listed, silent := 0, false
	for id := range direct {
		if i, known := l.byID[id]; known {
			listed++
			silent = silent || !named[id] && l.users[i].Groups != nil
		}
	}
	if len(lacking) > 0 || silent {
		doubt = &Doubt{group.ref(), fmt.Sprintf("the group has %d users, and %d users name the group", listed, len(named))}
	}
	return lacking, doubt
}

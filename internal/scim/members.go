// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// groupList is the list of groups as the service sends it, with the members that
// it returns in one way or another.
type groupList struct {
	groups []Group
	// refs has every group by its id.
	refs map[string]GroupRef
	// byMember has the groups that name an id as a member that may be a user.
	byMember map[string][]GroupRef
	// showsMembers says that the service returns members: for one group at least,
	// or because there are no groups.
	showsMembers bool
	// unavailable is set when the service refuses the list as such. It is kept
	// like a list: to ask again would bring the same answer.
	unavailable *GroupsUnavailableError
}

func (r *Reader) groupList(ctx context.Context) (groupList, error) {
	return r.listedGroups.read(ctx, func(ctx context.Context) (groupList, error) {
		groups, err := r.readGroups(ctx, nil)
		if err == nil {
			err = r.askForMembers(ctx, groups)
		}
		if unavailable, ok := errors.AsType[*GroupsUnavailableError](err); ok {
			return groupList{unavailable: unavailable}, nil
		}
		if err != nil {
			return groupList{}, err
		}
		return newGroupList(groups), nil
	})
}

func newGroupList(groups []Group) groupList {
	l := groupList{
		groups:       groups,
		refs:         make(map[string]GroupRef, len(groups)),
		byMember:     map[string][]GroupRef{},
		showsMembers: len(groups) == 0,
	}
	for _, group := range groups {
		ref := GroupRef{ID: group.ID, DisplayName: group.DisplayName}
		l.refs[group.ID] = ref
		l.showsMembers = l.showsMembers || group.Members != nil
		for _, member := range group.Members {
			if member.ID != "" && member.Type != GroupMember {
				l.byMember[member.ID] = append(l.byMember[member.ID], ref)
			}
		}
	}
	return l
}

// askForMembers reads groups one by one when a list has the members of none, as
// Databricks does. A group that cannot be read so keeps its nil.
func (r *Reader) askForMembers(ctx context.Context, groups []Group) error {
	if slices.ContainsFunc(groups, func(g Group) bool { return g.Members != nil }) {
		return nil
	}
	return rest.Each(ctx, len(groups), func(ctx context.Context, i int) error {
		var row groupRow
		err := r.get.Get(ctx, rest.Path("Groups", groups[i].ID), nil, &row)
		if _, ok := collectionRefusal(err); ok {
			return nil
		}
		if err == nil && row.id() == groups[i].ID {
			groups[i].Members = row.group().Members
		}
		return err
	})
}

// withMemberships returns copies of the users with the groups that either side
// names.
func (l groupList) withMemberships(users []User) []User {
	joined := slices.Clone(users)
	for i, user := range users {
		if l.unavailable != nil {
			joined[i].GroupsErr = l.unavailable
		}
		if user.Groups == nil && !l.showsMembers {
			continue
		}
		refs := map[string]GroupRef{}
		for _, ref := range user.Groups {
			// The group's own name is the one it has now.
			if known, ok := l.refs[ref.ID]; ok && known.DisplayName != nil {
				ref = known
			}
			if ref.ID != "" {
				refs[ref.ID] = ref
			}
		}
		for _, ref := range l.byMember[user.ID] {
			if _, ok := refs[ref.ID]; !ok {
				refs[ref.ID] = ref
			}
		}
		joined[i].Groups = slices.AppendSeq(make([]GroupRef, 0, len(refs)), maps.Values(refs))
		for _, ref := range user.Groups {
			sameName := func(other GroupRef) bool { return other.DisplayName != nil && *other.DisplayName == *ref.DisplayName }
			if ref.ID == "" && !slices.ContainsFunc(joined[i].Groups, sameName) {
				joined[i].Groups = append(joined[i].Groups, ref)
			}
		}
		slices.SortFunc(joined[i].Groups, func(a, b GroupRef) int {
			return cmp.Or(casefold.CompareNames(a.DisplayName, b.DisplayName), cmp.Compare(a.ID, b.ID))
		})
	}
	return joined
}

// nameMembers returns copies of the groups whose members have user names, and
// types where ids show them. It reads the list of users only if there are
// members, and does without where the service refuses that list.
func (r *Reader) nameMembers(ctx context.Context, groups []Group) ([]Group, error) {
	if !slices.ContainsFunc(groups, func(g Group) bool { return len(g.Members) > 0 }) {
		return groups, nil
	}
	listed, err := r.userList(ctx)
	if _, ok := collectionRefusal(err); err != nil && !ok {
		return nil, err
	}
	groups = slices.Clone(groups)
	var strangers []*Member
	for i := range groups {
		groups[i].Members = slices.Clone(groups[i].Members)
		for j := range groups[i].Members {
			member := &groups[i].Members[j]
			position, known := listed.byID[member.ID]
			switch {
			case member.Type == GroupMember || member.ID == "":
			case known:
				member.Type, member.UserName = UserMember, listed.users[position].UserName
			case member.Type == UnknownMember:
				strangers = append(strangers, member)
			}
		}
	}
	if len(strangers) == 0 {
		return groups, nil
	}
	nested, err := r.Groups(ctx)
	if _, ok := errors.AsType[*GroupsUnavailableError](err); err != nil && !ok {
		return nil, err
	}
	isGroup := make(map[string]bool, len(nested))
	for _, group := range nested {
		isGroup[group.ID] = true
	}
	for _, member := range strangers {
		if isGroup[member.ID] {
			member.Type = GroupMember
		}
	}
	return groups, nil
}

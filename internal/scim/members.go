// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"slices"
	"sync"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// askForMembers reads groups without members one by one: some services have
// members only there, for all groups, as Databricks does, or for large ones. A
// group whose own reply has none either is empty if the service returns the
// members of any other (RFC 7643 section 2.5), and keeps its nil if not. So does
// one that cannot be read so: its MembersErr says why.
func (r *Reader) askForMembers(ctx context.Context, groups []Group) error {
	var lacking []int
	for i, group := range groups {
		if group.Members == nil {
			lacking = append(lacking, i)
		}
	}
	var mu sync.Mutex
	var silent []int // groups without members in their own reply
	refused := false
	err := rest.Each(ctx, len(lacking), func(ctx context.Context, i int) error {
		group := &groups[lacking[i]]
		mu.Lock()
		if refused {
			// A service that is broken is not asked five times for each group.
			ctx = rest.Once(ctx)
		}
		mu.Unlock()
		row, err := readByID[groupRow](ctx, r.get, "Groups", group.ID, nil)
		mu.Lock()
		defer mu.Unlock()
		refusal, isRefusal := sideRefusal(err)
		switch {
		case isRefusal:
			group.MembersErr, refused = refusal, true
		case err != nil:
			return err
		case row.Members == nil:
			silent = append(silent, lacking[i])
		default:
			own := row.group()
			group.Members, group.Gapped = own.Members, own.Gapped
		}
		return nil
	})
	if err != nil || !slices.ContainsFunc(groups, func(g Group) bool { return g.Members != nil }) {
		return err
	}
	for _, i := range silent {
		groups[i].Members = []Member{}
	}
	return nil
}

// withUsers returns copies of the groups whose members have user names, and
// types where ids show them, and which have the users too that name the group
// themselves. It does without where the service refuses the list of users:
// UsersErr says so.
func (r *Reader) withUsers(ctx context.Context, groups []Group) ([]Group, error) {
	if !slices.ContainsFunc(groups, func(g Group) bool { return g.Members != nil }) {
		return groups, nil
	}
	groups = slices.Clone(groups)
	listed, err := r.userList(ctx)
	refusal, isRefusal := sideRefusal(err)
	if err != nil && !isRefusal {
		return nil, err
	}
	strangers := false
	for i := range groups {
		group := &groups[i]
		if isRefusal {
			group.UsersErr = refusal
		}
		group.Members = slices.Clone(group.Members)
		for j := range group.Members {
			member := &group.Members[j]
			position, known := listed.byID[member.ID]
			switch {
			case member.Type == GroupMember || member.ID == "":
			case known:
				member.Type, member.UserName = UserMember, listed.users[position].UserName
			case member.Type == UnknownMember:
				strangers = true
			}
		}
	}
	if strangers {
		if err := r.recognizeGroups(ctx, groups); err != nil {
			return nil, err
		}
	}
	for i := range groups {
		if err := r.joinUsers(ctx, &groups[i], listed); err != nil {
			return nil, err
		}
	}
	return groups, nil
}

// recognizeGroups finds the members of unknown type that are groups.
func (r *Reader) recognizeGroups(ctx context.Context, groups []Group) error {
	nested, err := r.Groups(ctx)
	if _, ok := sideRefusal(err); err != nil && !ok {
		return err
	}
	isGroup := make(map[string]bool, len(nested))
	for _, group := range nested {
		isGroup[group.ID] = true
	}
	for _, group := range groups {
		for j, member := range group.Members {
			if member.Type == UnknownMember && isGroup[member.ID] {
				group.Members[j].Type = GroupMember
			}
		}
	}
	return nil
}

// joinUsers adds the users that name a group and that the group lacks.
func (r *Reader) joinUsers(ctx context.Context, group *Group, listed userList) error {
	lacking, doubt := listed.compare(*group, func(string, string) bool { return false })
	if len(lacking) > 0 {
		// Only all groups show whether they are in it through another one.
		all, err := r.groupList(ctx)
		if err != nil {
			return err
		}
		lacking, doubt = listed.compare(*group, all.nests)
	}
	if doubt != nil {
		group.Doubts = append(slices.Clone(group.Doubts), *doubt)
	}
	for _, user := range lacking {
		group.Members = append(group.Members, Member{ID: user.ID, UserName: user.UserName, Type: UserMember})
	}
	sortMembers(group.Members)
	return nil
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package scim reads and changes the users and groups of a SCIM 2.0 service
// (RFC 7643, RFC 7644) as such services really answer. A Reader reads whole lists,
// or returns an error; a Writer reads and changes single users and groups.
package scim

import (
	"context"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Getter reads a path of the service into a value. That it can do nothing else
// is what keeps a Reader from changing anything. Names in the service's JSON
// have no case (rest.Config.AnyCase).
type Getter interface {
	Get(ctx context.Context, path string, query url.Values, into any) error
}

// Reader reads a directory. It lists each collection once and answers from
// that as long as it lives; it is safe for concurrent use. What it returns is
// shared and must not be changed. Errors are a *rest.Error, or a
// *rest.IncompleteError when rows were missing.
type Reader struct {
	get     Getter
	service string

	// As the service sends them.
	listedUsers  sharedList[userList]
	listedGroups sharedList[groupList]
	// With what each side says of the other.
	users             sharedList[[]User]
	groupsWithMembers sharedList[[]Group]
	// Without members.
	groups sharedList[[]Group]
}

// NewReader returns a reader. It sends nothing. service is the name for errors,
// as in "RudderStack SCIM users".
func NewReader(get Getter, service string) *Reader {
	return &Reader{get: get, service: service}
}

// Users returns all users with their memberships, sorted by userName without
// case, then id. A service that refuses groups is no error here: GroupsErr of each
// user says so, and Groups then has what the users themselves say.
func (r *Reader) Users(ctx context.Context) ([]User, error) {
	return r.users.read(ctx, func(ctx context.Context) ([]User, error) {
		var users userList
		var groups groupList
		sides := []func(context.Context) error{
			func(ctx context.Context) (err error) { users, err = r.userList(ctx); return err },
			func(ctx context.Context) (err error) { groups, err = r.groupList(ctx); return err },
		}
		err := rest.Each(ctx, len(sides), func(ctx context.Context, i int) error { return sides[i](ctx) })
		if err != nil {
			return nil, err
		}
		groups.doubts = slices.Concat(users.doubts, groups.doubts)
		for _, group := range groups.groups {
			if _, doubt := users.compare(group, groups.nests); doubt != nil {
				groups.doubts = append(groups.doubts, *doubt)
			}
		}
		return groups.withMemberships(users.users), nil
	})
}

// UsersWithoutGroups is Users without memberships: nothing is asked of groups, and
// Groups is nil.
func (r *Reader) UsersWithoutGroups(ctx context.Context) ([]User, error) {
	listed, err := r.userList(ctx)
	if err != nil {
		return nil, err
	}
	users := slices.Clone(listed.users)
	for i := range users {
		users[i].Groups, users[i].Doubts = nil, listed.doubts
	}
	return users, nil
}

// Groups returns all groups without members, sorted by displayName without case,
// then id. The service is asked to leave members out. The error is a
// *GroupsUnavailableError where the service refuses the list as such.
func (r *Reader) Groups(ctx context.Context) ([]Group, error) {
	return r.groups.read(ctx, func(ctx context.Context) ([]Group, error) {
		if listed := r.listedGroups.held.Load(); listed != nil {
			return withoutMembers(listed.groups), listed.unavailable()
		}
		groups, err := r.readGroups(ctx, excludeMembers)
		return withoutMembers(groups), err
	})
}

// GroupsWithMembers is Groups with members. Those that the list leaves out are
// asked for group by group.
func (r *Reader) GroupsWithMembers(ctx context.Context) ([]Group, error) {
	return r.groupsWithMembers.read(ctx, func(ctx context.Context) ([]Group, error) {
		listed, err := r.groupList(ctx)
		if err != nil {
			return nil, err
		}
		if err := listed.unavailable(); err != nil {
			return nil, err
		}
		return r.withUsers(ctx, listed.groups)
	})
}

func (r *Reader) userList(ctx context.Context) (userList, error) {
	return r.listedUsers.read(ctx, func(ctx context.Context) (userList, error) {
		users, doubts, err := listAll(ctx, r.get, r.service+" SCIM users", "Users", nil, userRow.user)
		if err != nil {
			return userList{}, err
		}
		listed := newUserList(sortUsers(users))
		listed.doubts = doubts
		return listed, nil
	})
}

// excludeMembers asks for groups without members (RFC 7644 section 3.9). Some
// servers send them nevertheless.
var excludeMembers = url.Values{"excludedAttributes": {"members"}}

func (r *Reader) readGroups(ctx context.Context, query url.Values) ([]Group, error) {
	groups, doubts, err := listAll(ctx, r.get, r.service+" SCIM groups", "Groups", query, groupRow.group)
	if refusal, ok := sideRefusal(err); ok {
		return nil, &GroupsUnavailableError{Service: r.service, Err: refusal}
	}
	for i := range groups {
		groups[i].Doubts = doubts
	}
	return sortGroups(groups), err
}

func convert[R resource, T any](rows []R, to func(R) T) []T {
	converted := make([]T, len(rows))
	for i, row := range rows {
		converted[i] = to(row)
	}
	return converted
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// UsersNamed returns the users of a userName, compared without case and
// surrounding space, with their memberships: none, one or, against the
// standard, several. The service's filter is asked first; unless its reply
// settles the question, the whole list is searched. A list that is there
// already comes first, but may leave out users that the filter finds.
func (r *Reader) UsersNamed(ctx context.Context, userName string) ([]User, error) {
	named := func(u User) bool { return u.UserName != nil && casefold.Same(*u.UserName, userName) }
	if users := inList(ctx, r.users.due(), r.Users, named); len(users) > 0 {
		return users, nil
	}
	rows, err := filtered[userRow](ctx, r.get, "Users", "userName", strings.TrimSpace(userName), nil)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		return r.withMemberships(ctx, sortUsers(convert(rows, userRow.user)))
	}
	users, err := r.Users(ctx)
	return matching(users, named), err
}

// User returns the user of an id, with memberships. The error is NotFound where
// the service answers 404 or with another user.
func (r *Reader) User(ctx context.Context, id string) (User, error) {
	if users := inList(ctx, r.users.due(), r.Users, func(u User) bool { return u.ID == id }); len(users) > 0 {
		return users[0], nil
	}
	row, err := readByID[userRow](ctx, r.get, "Users", id, nil)
	if err != nil {
		return User{}, err
	}
	users, err := r.withMemberships(ctx, []User{row.user()})
	if err != nil {
		return User{}, err
	}
	return users[0], nil
}

func (r *Reader) withMemberships(ctx context.Context, users []User) ([]User, error) {
	groups, err := r.groupList(ctx)
	if err != nil {
		return nil, err
	}
	return groups.withMemberships(users), nil
}

// GroupsNamed returns the groups of exactly that displayName, of which there
// may be several, without members. It searches as UsersNamed does.
func (r *Reader) GroupsNamed(ctx context.Context, displayName string) ([]Group, error) {
	named := hasName(displayName)
	if groups := inList(ctx, r.groupsDue(&r.groups), r.Groups, named); len(groups) > 0 {
		return groups, nil
	}
	rows, err := filtered[groupRow](ctx, r.get, "Groups", "displayName", displayName, excludeMembers)
	if err != nil {
		return nil, err
	}
	if groups := matching(sortGroups(convert(rows, groupRow.group)), named); len(groups) > 0 {
		return withoutMembers(groups), nil
	}
	groups, err := r.Groups(ctx)
	return matching(groups, named), err
}

// GroupsNamedWithMembers is GroupsNamed with members.
func (r *Reader) GroupsNamedWithMembers(ctx context.Context, displayName string) ([]Group, error) {
	named := hasName(displayName)
	if groups := inList(ctx, r.groupsDue(&r.groupsWithMembers), r.GroupsWithMembers, named); len(groups) > 0 {
		return groups, nil
	}
	rows, err := filtered[groupRow](ctx, r.get, "Groups", "displayName", displayName, nil)
	if err != nil {
		return nil, err
	}
	if groups := matching(sortGroups(convert(rows, groupRow.group)), named); len(groups) > 0 {
		if err := r.askForMembers(ctx, groups); err != nil {
			return nil, err
		}
		return r.withMembers(ctx, groups)
	}
	groups, err := r.GroupsWithMembers(ctx)
	return matching(groups, named), err
}

// Group returns the group of an id, without members. The error is NotFound where
// the service answers 404 or with another group.
func (r *Reader) Group(ctx context.Context, id string) (Group, error) {
	if groups := inList(ctx, r.groupsDue(&r.groups), r.Groups, hasID(id)); len(groups) > 0 {
		return groups[0], nil
	}
	row, err := readByID[groupRow](ctx, r.get, "Groups", id, excludeMembers)
	if err != nil {
		return Group{}, err
	}
	return withoutMembers([]Group{row.group()})[0], nil
}

// GroupWithMembers is Group with members.
func (r *Reader) GroupWithMembers(ctx context.Context, id string) (Group, error) {
	if groups := inList(ctx, r.groupsDue(&r.groupsWithMembers), r.GroupsWithMembers, hasID(id)); len(groups) > 0 {
		return groups[0], nil
	}
	row, err := readByID[groupRow](ctx, r.get, "Groups", id, nil)
	if err != nil {
		return Group{}, err
	}
	groups, err := r.withMembers(ctx, []Group{row.group()})
	if err != nil {
		return Group{}, err
	}
	return groups[0], nil
}

// withMembers completes groups that were looked up. Where the own reply of one has
// no members, only the other groups show whether it is empty.
func (r *Reader) withMembers(ctx context.Context, groups []Group) ([]Group, error) {
	silent := func(g Group) bool { return g.Members == nil && g.MembersErr == nil }
	if slices.ContainsFunc(groups, silent) {
		listed, err := r.groupList(ctx)
		if err != nil {
			return nil, err
		}
		for i, group := range groups {
			if at, ok := listed.byID[group.ID]; ok && silent(group) {
				groups[i] = listed.groups[at]
			}
		}
	}
	return r.withUsers(ctx, groups)
}

func hasName(displayName string) func(Group) bool {
	return func(g Group) bool { return g.DisplayName != nil && *g.DisplayName == displayName }
}

func hasID(id string) func(Group) bool { return func(g Group) bool { return g.ID == id } }

// groupsDue is due for one of the two lists of groups: both can be made from
// what the service sent, once that is there.
func (r *Reader) groupsDue(list *sharedList[[]Group]) bool {
	return r.listedGroups.held.Load() != nil || list.due()
}

// inList searches a list before the service is asked for a single row, if the
// list is due. A list that cannot be read finds nothing.
func inList[T any](ctx context.Context, due bool, read func(context.Context) ([]T, error), wanted func(T) bool) []T {
	if !due {
		return nil
	}
	rows, err := read(ctx)
	if err != nil {
		return nil
	}
	return matching(rows, wanted)
}

func matching[T any](rows []T, wanted func(T) bool) (matches []T) {
	for _, row := range rows {
		if wanted(row) {
			matches = append(matches, row)
		}
	}
	return matches
}

// filtered asks the service's filter. It returns no rows where the reply does
// not settle the question: services that do not know a filter refuse it, ignore
// it, answer with nothing or crash, and others heed case where they should not.
// Only what the list would be refused for too is an error.
func filtered[R resource](ctx context.Context, get Getter, path, attribute, value string, query url.Values) ([]R, error) {
	parameters := url.Values{"filter": {equals(attribute, value)}}
	maps.Copy(parameters, query)
	page, err := readPage[R](rest.Once(ctx), get, path, parameters, rest.Position{})
	if err != nil {
		status := rest.Status(err)
		if status == http.StatusUnauthorized || status == http.StatusTooManyRequests {
			return nil, err
		}
		return nil, nil
	}
	whole := page.Next == "" && page.Total <= int64(len(page.Rows))
	ignored := slices.ContainsFunc(page.Rows, func(row R) bool {
		return row.id() == "" || !casefold.Same(row.name(), value)
	})
	if !whole || ignored {
		return nil, nil
	}
	slices.SortFunc(page.Rows, func(a, b R) int { return strings.Compare(a.id(), b.id()) })
	return slices.CompactFunc(page.Rows, func(a, b R) bool { return a.id() == b.id() }), nil
}

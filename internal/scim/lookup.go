// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"fmt"
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
// standard, several. The service's filter is asked first; unless its answer
// settles the question, the whole list is searched. A list that is there
// already comes first, but may leave out users whom the filter finds.
func (r *Reader) UsersNamed(ctx context.Context, userName string) ([]User, error) {
	named := func(u User) bool { return u.UserName != nil && casefold.Same(*u.UserName, userName) }
	if r.users.due() {
		users, err := r.Users(ctx)
		if found := matching(users, named); err == nil && len(found) > 0 {
			return found, nil
		}
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

// User returns the user of an id, with memberships. The error is ErrNotFound
// where the service answers 404 or with something other than that user.
func (r *Reader) User(ctx context.Context, id string) (User, error) {
	if r.users.due() {
		users, err := r.Users(ctx)
		if i := slices.IndexFunc(users, func(u User) bool { return u.ID == id }); err == nil && i >= 0 {
			return users[i], nil
		}
	}
	row, err := one[userRow](ctx, r.get, "Users", id, nil)
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
// may be several. It searches as UsersNamed does.
func (r *Reader) GroupsNamed(ctx context.Context, displayName string, members bool) ([]Group, error) {
	named := func(g Group) bool { return g.DisplayName != nil && *g.DisplayName == displayName }
	if r.groupsDue(members) {
		groups, err := r.Groups(ctx, members)
		if found := matching(groups, named); err == nil && len(found) > 0 {
			return found, nil
		}
	}
	rows, err := filtered[groupRow](ctx, r.get, "Groups", "displayName", displayName, memberQuery(members))
	if err != nil {
		return nil, err
	}
	found := matching(sortGroups(convert(rows, groupRow.group)), named)
	switch {
	case len(found) == 0:
		groups, err := r.Groups(ctx, members)
		return matching(groups, named), err
	case !members:
		return withoutMembers(found), nil
	}
	if err := r.askForMembers(ctx, found); err != nil {
		return nil, err
	}
	return r.nameMembers(ctx, found)
}

// Group returns the group of an id. The error is ErrNotFound where the service
// answers 404 or with something other than that group.
func (r *Reader) Group(ctx context.Context, id string, members bool) (Group, error) {
	if r.groupsDue(members) {
		groups, err := r.Groups(ctx, members)
		if i := slices.IndexFunc(groups, func(g Group) bool { return g.ID == id }); err == nil && i >= 0 {
			return groups[i], nil
		}
	}
	row, err := one[groupRow](ctx, r.get, "Groups", id, memberQuery(members))
	if err != nil {
		return Group{}, err
	}
	groups := []Group{row.group()}
	if !members {
		return withoutMembers(groups)[0], nil
	}
	if groups, err = r.nameMembers(ctx, groups); err != nil {
		return Group{}, err
	}
	return groups[0], nil
}

func (r *Reader) groupsDue(members bool) bool {
	wanted := &r.groups
	if !members {
		wanted = &r.bareGroups
	}
	return r.listedGroups.held.Load() != nil || wanted.due()
}

func memberQuery(members bool) url.Values {
	if members {
		return nil
	}
	return excludeMembers
}

func matching[T any](all []T, wanted func(T) bool) (found []T) {
	for _, one := range all {
		if wanted(one) {
			found = append(found, one)
		}
	}
	return found
}

// filtered asks the service's filter. It returns no rows where the answer does
// not settle the question: filters are refused, ignored or answered with
// nothing by services that do not know them, crash some, and may heed case
// where they should not. Only what the list would be refused for too is an
// error.
func filtered[R resource](ctx context.Context, get Getter, path, attribute, value string, query url.Values) ([]R, error) {
	asked := url.Values{"filter": {equals(attribute, value)}}
	maps.Copy(asked, query)
	reply, err := page[R](ctx, get, path, asked, rest.Position{})
	if err != nil {
		status := rest.Status(err)
		if status == http.StatusUnauthorized || status == http.StatusTooManyRequests {
			return nil, err
		}
		return nil, nil
	}
	whole := reply.Next == "" && reply.Total <= int64(len(reply.Resources))
	ignored := slices.ContainsFunc(reply.Resources, func(row R) bool {
		return row.id() == "" || !casefold.Same(row.name(), value)
	})
	if !whole || ignored {
		return nil, nil
	}
	slices.SortFunc(reply.Resources, func(a, b R) int { return strings.Compare(a.id(), b.id()) })
	return slices.CompactFunc(reply.Resources, func(a, b R) bool { return a.id() == b.id() }), nil
}

// one reads a user or group by its id.
func one[R resource](ctx context.Context, get Getter, path, id string, query url.Values) (R, error) {
	var row R
	if id == "" {
		return row, fmt.Errorf("%w: the id is empty", ErrNotFound)
	}
	err := get.Get(ctx, rest.Path(path, id), query, &row)
	switch {
	case rest.Status(err) == http.StatusNotFound:
		return row, fmt.Errorf("%w: %w", ErrNotFound, err)
	case err != nil:
		return row, err
	case row.id() != id:
		return row, fmt.Errorf("%w: the service answered GET %s/%s with something else", ErrNotFound, path, id)
	}
	return row, nil
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// lookup finds users by address, or groups by name: without case, one each.
type lookup[T any] struct {
	run *Run
	// filter asks the service. No matches are no proof that there are none.
	filter    func(ctx context.Context, name string) ([]T, error)
	directory directory[namedList[T]]
	filtered  rest.Lookups
	id        func(T) string
}

// Find looks an address or name up for a plan. It asks the service's filter,
// unless there is a listing or there are many to look up, and then a listing that
// all share. Deactivated users are found too: see Inactive. Members of groups are
// not read. The error is a *SeveralError, or what the client returns.
func (l *lookup[T]) Find(ctx context.Context, name string) (T, bool, error) {
	if _, _, listed := l.directory.before(); !listed && l.filtered.Beyond() == 0 {
		matches, err := l.filter(ctx, name)
		if err != nil || len(matches) > 0 {
			match, ok, several := l.single(name, matches)
			if err == nil {
				err = several
			}
			return match, ok, err
		}
	}
	return l.listed(ctx, name, time.Time{})
}

func (l *lookup[T]) listed(ctx context.Context, name string, moment time.Time) (T, bool, error) {
	listing, err := l.directory.since(ctx, moment)
	if err != nil {
		var none T
		return none, false, err
	}
	return l.single(name, listing.find(name))
}

// single returns what has a name, if one at most has.
func (l *lookup[T]) single(name string, matches []T) (match T, ok bool, err error) {
	switch len(matches) {
	case 0:
		return match, false, nil
	case 1:
		return matches[0], true, nil
	}
	several := &SeveralError{Name: name}
	for _, each := range matches {
		several.IDs = append(several.IDs, l.id(each))
	}
	return match, false, several
}

// Two methods of collection.

func (l *lookup[T]) since(ctx context.Context, name string, moment time.Time) (T, bool, error) {
	match, ok, err := l.listed(ctx, name, moment)
	if moment.IsZero() && l.run.Deleted(l.id(match)) {
		var none T
		return none, false, nil
	}
	return match, ok, err
}

func (l *lookup[T]) known(name string) (absent bool, began time.Time, ok bool) {
	listing, began, ok := l.directory.before()
	matches := listing.find(name)
	return len(matches) == 0 || l.run.Deleted(l.id(matches[0])), began, ok
}

// namedList is a listing with an index by folded name.
type namedList[T any] struct {
	all    []T
	byName map[string][]int
}

func indexByName[T any](all []T, name func(T) *string) namedList[T] {
	indexed := namedList[T]{all, make(map[string][]int, len(all))}
	for i, each := range all {
		if name := name(each); name != nil {
			folded := casefold.Fold(*name)
			indexed.byName[folded] = append(indexed.byName[folded], i)
		}
	}
	return indexed
}

func (n namedList[T]) find(name string) []T {
	var matches []T
	for _, i := range n.byName[casefold.Fold(name)] {
		matches = append(matches, n.all[i])
	}
	return matches
}

// SeveralError says that several users have one address, or several groups one
// name, without case.
type SeveralError struct {
	Name string
	IDs  []string
}

func (e *SeveralError) Error() string {
	return fmt.Sprintf("%d have the name %q, with the ids %s", len(e.IDs), e.Name, strings.Join(e.IDs, ", "))
}

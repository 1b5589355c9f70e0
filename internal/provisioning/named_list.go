// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"fmt"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

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

// onlyMatch returns what has a name, if one at most has.
func onlyMatch[T any](name string, matches []T, id func(T) string) (single T, ok bool, err error) {
	switch len(matches) {
	case 0:
		return single, false, nil
	case 1:
		return matches[0], true, nil
	}
	several := &SeveralError{Name: name}
	for _, match := range matches {
		several.IDs = append(several.IDs, id(match))
	}
	return single, false, several
}

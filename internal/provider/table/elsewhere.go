// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import "context"

// Elsewhere says, by the name of a filter, where else in the account a value can
// be that no row has: a group without members is no typing error, and neither is
// a user who is invited.
type Elsewhere[C any] map[string]Place[C]

// Place is a collection with names that a filter can have.
type Place[C any] struct {
	// Nouns names what is searched: "groups".
	Nouns string
	// Names returns no names with an error.
	Names func(ctx context.Context, client C) ([]string, error)
}

// In is for a [Search] that a client makes.
func (e Elsewhere[C]) In(ctx context.Context, client C) func(filter string) (nouns string, names []string) {
	return func(filter string) (string, []string) {
		place, ok := e[filter]
		if !ok {
			return "", nil
		}
		// What the client is not allowed to read is not searched.
		names, _ := place.Names(ctx, client)
		return place.Nouns, names
	}
}

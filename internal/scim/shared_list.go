// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"sync/atomic"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// sharedList is a list that is read once, as a whole, and shared.
type sharedList[T any] struct {
	snapshot rest.Snapshot[T]
	held     atomic.Pointer[T]
	lookups  rest.Lookups
}

func (l *sharedList[T]) read(ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	return l.snapshot.Get(ctx, func(ctx context.Context) (T, error) {
		value, err := read(ctx)
		if err == nil {
			l.held.Store(&value)
		}
		return value, err
	})
}

// due reports whether a lookup tries the whole list first: the list is there, or
// this is the lookup that is one too many. If the list fails, later lookups are
// single requests again.
func (l *sharedList[T]) due() bool { return l.held.Load() != nil || l.lookups.Beyond() == 1 }

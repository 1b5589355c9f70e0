// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"sync/atomic"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// maxLookUps is how many look-ups ask the service one by one before the whole
// list is read instead. Ten cost about as much as a list of a thousand.
const maxLookUps = 10

// collection is a list that is read once, as a whole, and shared.
type collection[T any] struct {
	snapshot rest.Snapshot[T]
	held     atomic.Pointer[T]
	lookUps  atomic.Int32
}

func (c *collection[T]) read(ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	return c.snapshot.Get(ctx, func(ctx context.Context) (T, error) {
		value, err := read(ctx)
		if err == nil {
			c.held.Store(&value)
		}
		return value, err
	})
}

// due tells a look-up to try the whole list first: it is at hand, or this is
// the look-up that is one too many. Should the list fail, those after it go on
// one by one.
func (c *collection[T]) due() bool {
	return c.held.Load() != nil || c.lookUps.Add(1) == maxLookUps+1
}

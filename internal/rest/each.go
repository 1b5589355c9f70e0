// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Each calls a function for 0 to n-1, a few at a time, and returns the first
// error. After an error, or the end of ctx, the calls not yet begun are left
// out; without an error all were made.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxInFlight)
	for i := range n {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return group.Wait()
}

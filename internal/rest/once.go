// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import "context"

type onceKey struct{}

// Once returns a context in which a read is not repeated after a fault: for
// questions that can be asked in another way, such as a filter. A rate limit is
// waited for as always.
func Once(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, true) }

func once(ctx context.Context) bool { return ctx.Value(onceKey{}) != nil }

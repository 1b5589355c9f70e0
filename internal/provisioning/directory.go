// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"sync"
	"time"
)

// directory shares readings of a whole collection among those who need one
// that began after some moment. One is under way at a time, so that however
// many ask at once, it is read twice at most.
type directory[T any] struct {
	// read reads the collection. fresh asks for a reading that begins now,
	// instead of one that the client may have already.
	read func(ctx context.Context, fresh bool) (T, error)

	mu     sync.Mutex
	latest *reading[T]
}

type reading[T any] struct {
	began time.Time
	done  chan struct{}
	value T
	err   error
}

// since returns a reading that began at a moment or later; for the zero time,
// any that there is.
func (d *directory[T]) since(ctx context.Context, moment time.Time) (T, error) {
	for {
		current := d.current(ctx, moment)
		select {
		case <-current.done:
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
		if !current.began.Before(moment) {
			return current.value, current.err
		}
	}
}

// current returns the reading under way, or the one to use, or begins one.
func (d *directory[T]) current(ctx context.Context, moment time.Time) *reading[T] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.latest != nil {
		select {
		case <-d.latest.done:
			if d.latest.err == nil && !d.latest.began.Before(moment) {
				return d.latest
			}
		default:
			return d.latest
		}
	}
	begun := &reading[T]{began: time.Now(), done: make(chan struct{})}
	d.latest = begun
	// Others may wait for it when the caller that began it has gone.
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer close(begun.done)
		begun.value, begun.err = d.read(ctx, !moment.IsZero())
	}()
	return begun
}

// before returns the latest reading that is complete, without waiting, and when
// it began.
func (d *directory[T]) before() (value T, began time.Time, ok bool) {
	d.mu.Lock()
	latest := d.latest
	d.mu.Unlock()
	if latest == nil {
		return value, began, false
	}
	select {
	case <-latest.done:
		return latest.value, latest.began, latest.err == nil
	default:
		return value, began, false
	}
}

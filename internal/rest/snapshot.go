// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"sync"
)

// Snapshot keeps one collection for as long as a client lives. The first
// caller reads it, all others wait and share the result; the zero value is
// ready. An error is returned to the callers who waited and not kept.
type Snapshot[T any] struct {
	mu      sync.Mutex
	current *shared[T]
}

// shared is one reading and the callers who wait for it.
type shared[T any] struct {
	done    chan struct{}
	value   T
	err     error
	waiting int
	cancel  context.CancelFunc
}

// Get returns the collection, reading it if need be. A caller whose context
// ends returns at once; the reading itself goes on while another waits for it.
func (s *Snapshot[T]) Get(ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	s.mu.Lock()
	reading := s.current
	if reading == nil {
		reading = s.start(ctx, read)
	}
	reading.waiting++
	s.mu.Unlock()

	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if reading.waiting--; reading.waiting == 0 {
			reading.cancel()
			s.forgetUnfinished(reading)
		}
	}()
	select {
	case <-reading.done:
		return reading.value, reading.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// Drop forgets the collection after a change to it. A reading under way is
// left to the callers who wait for it already.
func (s *Snapshot[T]) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = nil
}

func (s *Snapshot[T]) start(ctx context.Context, read func(context.Context) (T, error)) *shared[T] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	reading := &shared[T]{done: make(chan struct{}), cancel: cancel}
	s.current = reading
	go func() {
		reading.value, reading.err = read(ctx)
		if reading.err != nil {
			s.forget(reading)
		}
		close(reading.done)
	}()
	return reading
}

func (s *Snapshot[T]) forget(reading *shared[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == reading {
		s.current = nil
	}
}

// forgetUnfinished keeps a reading that no caller waits for any more, and that
// was therefore canceled, from being joined. The lock is held.
func (s *Snapshot[T]) forgetUnfinished(reading *shared[T]) {
	select {
	case <-reading.done:
	default:
		if s.current == reading {
			s.current = nil
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"io"
	"sync"
)

const (
	// freeBytes of each reply are not counted, so that replies of a usual size never
	// wait for each other: the pages of services have less.
	freeBytes = 1 << 20
	// partBytes are counted at once.
	partBytes = 1 << 20
	// maxParts are what all larger replies have together.
	maxParts = 32
)

// inFlight bounds the bytes of all replies that are being read or decoded in this
// process. A reply whose part does not fit waits for another one to be done. It
// cannot be that all wait: one at a time may go on without room, so that together
// they have no more than maxParts, that one's maxBody, and what is free.
type inFlight struct {
	parts  chan struct{}
	beyond chan struct{}
}

var replies = inFlight{parts: make(chan struct{}, maxParts), beyond: make(chan struct{}, 1)}

// share is what one reply has of the bytes in flight.
type share struct {
	of     *inFlight
	parts  int
	beyond bool
	done   sync.Once
}

// room is how many bytes the reply may have so far.
func (s *share) room() int {
	if s.beyond {
		return maxBody + 1
	}
	return freeBytes + s.parts*partBytes
}

// cover makes room for so many bytes. Its error is that of ctx.
func (s *share) cover(ctx context.Context, size int) error {
	for s.room() < size {
		select {
		case s.of.parts <- struct{}{}:
			s.parts++
			continue
		default:
		}
		select {
		case s.of.parts <- struct{}{}:
			s.parts++
		case s.of.beyond <- struct{}{}:
			s.beyond = true
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// release gives everything back. It may be called again.
func (s *share) release() {
	s.done.Do(func() {
		for range s.parts {
			<-s.of.parts
		}
		if s.beyond {
			<-s.of.beyond
		}
	})
}

// readAll is io.ReadAll up to one byte more than maxBody, for a reader of which the
// length is known, or -1: a buffer that grows with what comes throws away several
// times what it reads.
func (s *share) readAll(ctx context.Context, r io.Reader, length int64) ([]byte, error) {
	var all bytes.Buffer
	if size := int(min(length, maxBody)); size > 0 {
		if err := s.cover(ctx, size); err != nil {
			return nil, err
		}
		all.Grow(size + bytes.MinRead)
	}
	for {
		most := int64(min(s.room(), maxBody+1) - all.Len())
		n, err := all.ReadFrom(io.LimitReader(r, most))
		if err != nil || n < most || all.Len() > maxBody {
			return all.Bytes(), err
		}
		if err := s.cover(ctx, all.Len()+1); err != nil {
			return all.Bytes(), err
		}
	}
}

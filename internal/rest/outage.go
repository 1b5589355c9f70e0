// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"sync"
	"time"
)

const (
	// outageSpacing is the time between two requests to a service that fails,
	// however many calls are waiting for it.
	outageSpacing = 250 * time.Millisecond
	// outageMemory is how long a transient error counts that no other one follows.
	outageMemory = time.Minute
)

// outage is what all calls of a client know of a service that fails. Without it,
// each of hundreds of calls would have patience of its own with a service that is
// down, and Terraform makes them a few at a time.
type outage struct {
	mu sync.Mutex
	// since and last are the first and the last transient error without a sound
	// reply in between. since is zero if there is no outage.
	since, last time.Time
	// down says that one of them was not an error 500: with that, the service is
	// there, and only the request makes it crash.
	down bool
	// next is when another request may be sent.
	next time.Time
}

// failed takes note of a transient error, and returns since when the service fails.
func (o *outage) failed(crash bool) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if o.since.IsZero() || now.Sub(o.last) > outageMemory {
		o.since, o.down = now, false
	}
	o.last, o.down = now, o.down || !crash
	return o.since
}

// over takes note of a sound reply.
func (o *outage) over() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.since = time.Time{}
}

// wait returns when it is the caller's turn to send a request: at once unless the
// service is down, and has been for no longer than the caller's patience. It
// returns early when ctx ends.
func (o *outage) wait(ctx context.Context, patience time.Duration) {
	for ctx.Err() == nil {
		o.mu.Lock()
		now := time.Now()
		left := o.next.Sub(now)
		if left <= 0 || o.since.IsZero() || !o.down || now.Sub(o.since) > patience {
			o.next = now.Add(outageSpacing)
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

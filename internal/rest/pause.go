// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// pause is the one moment before which nothing is sent to a service. Every
// call of a client shares it: a 429 answers the account, not the caller.
type pause struct {
	mu    sync.Mutex
	until time.Time
}

// extend moves the moment so far into the future, but never closer, and returns
// by how much.
func (p *pause) extend(by time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	left := max(0, p.until.Sub(now))
	p.until = now.Add(max(left, by))
	return max(0, by-left)
}

// wait returns when the pause is over, or with an error when ctx ends before
// that: at once where that is known. It reports how long it waits.
func (p *pause) wait(ctx context.Context, waiting func(left time.Duration)) error {
	for {
		p.mu.Lock()
		left := time.Until(p.until)
		p.mu.Unlock()
		if left <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < left {
			return &pausedError{left}
		}
		waiting(left)
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return &pausedError{left}
		}
	}
}

// pausedError says that nothing was sent because an earlier reply forbade it
// for longer than this call may last.
type pausedError struct{ left time.Duration }

func (e *pausedError) Error() string {
	return fmt.Sprintf("not sent: the service asked to send nothing for another %s, which is longer than the time that was left",
		e.left.Round(time.Second))
}

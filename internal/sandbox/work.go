// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"sync"
	"time"
)

// Wait returns when nothing is under way: no request, also none whose client
// has gone, and no effect or closing of a connection that comes late. After it,
// no goroutine of the sandbox is left.
func (s *Server) Wait() {
	s.work.mu.Lock()
	defer s.work.mu.Unlock()
	for s.work.running > 0 {
		s.work.ended.Wait()
	}
}

// workCount counts what is under way.
type workCount struct {
	mu      sync.Mutex
	ended   sync.Cond
	running int
}

// begin counts one more until its result is called.
func (c *workCount) begin() (end func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.running--
		c.ended.Broadcast()
	}
}

// later calls what comes after a time.
func (c *workCount) later(d time.Duration, what func()) {
	end := c.begin()
	time.AfterFunc(d, func() {
		defer end()
		what()
	})
}

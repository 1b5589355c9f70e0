// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net/http"
	"sync"
	"time"
)

// clock compares the service's clock with this machine's.
type clock struct {
	mu sync.Mutex
	// service is the Date of a reply that was received at local.
	service, local time.Time
}

// read takes the time from a reply that has just arrived. Only a success is
// sure to come from the service and not from a proxy before it.
func (c *clock) read(reply *http.Response) {
	if reply.StatusCode < 200 || reply.StatusCode > 299 {
		return
	}
	date, err := http.ParseTime(reply.Header.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.service, c.local = date, time.Now()
}

// at works with the time that has passed on this machine, so that setting its
// clock changes nothing. A Date has whole seconds, cut off: hence the result is
// early, if anything.
func (c *clock) at(local time.Time) (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.service.Add(local.Sub(c.local)), !c.local.IsZero()
}

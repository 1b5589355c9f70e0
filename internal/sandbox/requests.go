// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Request is one request as it arrived.
type Request struct {
	Method string
	// Path is the path as sent, with its escapes.
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	// Status is that of the answer, 0 where there was none: the connection was
	// cut, the client went away, or the answer is still being worked out.
	Status int
}

// record remembers every request.
type record struct {
	mu       sync.Mutex
	requests []Request
	// forgotten is how many were forgotten, so that an answer to one of them
	// is not written down for another.
	forgotten int
}

// add writes a request down and returns its number for answered.
func (c *record) add(r *http.Request, body []byte) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, Request{
		Method: r.Method,
		Path:   r.URL.EscapedPath(),
		Query:  r.URL.Query(),
		Header: r.Header.Clone(),
		Body:   body,
	})
	return c.forgotten + len(c.requests) - 1
}

func (c *record) answered(number, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if number >= c.forgotten {
		c.requests[number-c.forgotten].Status = status
	}
}

// Requests returns every request received so far, in order of arrival.
func (s *Server) Requests() []Request {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	return slices.Clone(s.record.requests)
}

// Count returns how many requests had the method and a path that starts with
// pathPrefix. "" matches all.
func (s *Server) Count(method, pathPrefix string) int {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	n := 0
	for _, r := range s.record.requests {
		if (method == "" || r.Method == method) && strings.HasPrefix(r.Path, pathPrefix) {
			n++
		}
	}
	return n
}

// ForgetRequests empties the record.
func (s *Server) ForgetRequests() {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	s.record.forgotten += len(s.record.requests)
	s.record.requests = nil
}

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
	// cut, the client went away, or the service is still at work.
	Status int
}

// requestRecord remembers every request.
type requestRecord struct {
	mu       sync.Mutex
	requests []Request
	// forgotten is how many ForgetRequests dropped, so that no request gets the
	// answer to one of them.
	forgotten int
}

// add records a request and returns its number for answered.
func (c *requestRecord) add(r *http.Request, body []byte) int {
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

func (c *requestRecord) answered(number, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if number >= c.forgotten {
		c.requests[number-c.forgotten].Status = status
	}
}

// Requests returns every request received so far, in order of arrival.
func (s *Server) Requests() []Request {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	return slices.Clone(s.requests.requests)
}

// Count returns how many requests had the method and a path that starts with
// pathPrefix. "" matches all.
func (s *Server) Count(method, pathPrefix string) int {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	n := 0
	for _, r := range s.requests.requests {
		if (method == "" || r.Method == method) && strings.HasPrefix(r.Path, pathPrefix) {
			n++
		}
	}
	return n
}

// ForgetRequests empties the record.
func (s *Server) ForgetRequests() {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.forgotten += len(s.requests.requests)
	s.requests.requests = nil
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is one request as it arrived, and what became of it.
type Request struct {
	Method string
	// Path is the path as sent, with its escapes.
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	// Arrived is when the sandbox had read the request, by the machine's clock.
	Arrived time.Time
	// Status is that of the answer, 0 where there was none: the connection was
	// cut, the client went away, or the service is still at work.
	Status int
	// CarriedOut reports whether the service did what the request asks for,
	// whatever the client got for an answer. A request that the service refused
	// is not carried out. Wait for effects that come late.
	CarriedOut bool
}

// requestRecord remembers every request.
type requestRecord struct {
	mu       sync.Mutex
	requests []*Request
}

// add records a request.
func (c *requestRecord) add(r *http.Request, body []byte) *Request {
	request := &Request{
		Method:  r.Method,
		Path:    r.URL.EscapedPath(),
		Query:   r.URL.Query(),
		Header:  r.Header.Clone(),
		Body:    body,
		Arrived: time.Now(),
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, request)
	return request
}

// update changes a request of the record.
func (c *requestRecord) update(request *Request, change func(*Request)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(request)
}

// Requests returns every request received so far, in order of arrival.
func (s *Server) Requests() []Request {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	requests := make([]Request, 0, len(s.requests.requests))
	for _, request := range s.requests.requests {
		requests = append(requests, *request)
	}
	return requests
}

// Count returns how many requests had the method and a path that starts with
// pathPrefix. "" matches all.
func (s *Server) Count(method, pathPrefix string) int {
	return len(slices.DeleteFunc(s.Requests(), func(r Request) bool {
		return method != "" && r.Method != method || !strings.HasPrefix(r.Path, pathPrefix)
	}))
}

// ForgetRequests empties the record.
func (s *Server) ForgetRequests() {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	s.requests.requests = nil
}

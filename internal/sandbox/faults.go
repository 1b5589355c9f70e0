// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Fault is something that goes wrong. The first fault that matches a request
// and is neither skipping nor used up decides its answer.
type Fault struct {
	// Method and PathPrefix choose the requests. "" matches all. The prefix is
	// compared with the path as sent, with its escapes.
	Method, PathPrefix string
	// Times is how many requests it happens to. 0 means always.
	Times int
	// Skip is how many matching requests go through first.
	Skip int
	// Status answers instead of the service. 0 leaves the service's own answer.
	Status int
	// Header is added to the answer.
	Header map[string]string
	// Body goes with Status. "" means the error envelope of the service.
	Body string
	// Delay passes before the answer, in addition to Options.Delay.
	Delay time.Duration
	// Cut closes the connection instead of answering. Go's own HTTP client
	// repeats a GET by itself when that happens on a connection it used before.
	Cut bool
	// Truncate sends half of the answer's body and closes the connection.
	Truncate bool
	// AfterEffect carries the request out before Status or Cut: a lost answer.
	AfterEffect bool
}

// Inject adds a fault. Faults are tried in the order in which they were added.
func (s *Server) Inject(f Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.pending = append(s.faults.pending, &f)
}

// faultQueue is what is still to go wrong; the counters in each count down.
type faultQueue struct {
	mu      sync.Mutex
	pending []*Fault
}

// take returns the fault that happens to a request. The zero value is none.
func (q *faultQueue) take(r *http.Request) Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, fault := range q.pending {
		if !fault.matches(r) {
			continue
		}
		if fault.Skip > 0 {
			fault.Skip--
			continue
		}
		taken := *fault
		if fault.Times == 1 {
			q.pending = append(q.pending[:i], q.pending[i+1:]...)
		}
		fault.Times = max(0, fault.Times-1)
		return taken
	}
	return Fault{}
}

func (f *Fault) matches(r *http.Request) bool {
	return (f.Method == "" || f.Method == r.Method) && strings.HasPrefix(r.URL.EscapedPath(), f.PathPrefix)
}

// reply works out what the client gets: the service's own answer, or what the
// fault puts in its place.
func (f *Fault) reply(answering *service.Service, r *http.Request) *service.Reply {
	reply := service.NewReply()
	if replaced := f.Status != 0 || f.Cut; !replaced || f.AfterEffect {
		answering.ServeHTTP(reply, r)
	}
	if f.Status != 0 {
		reply = service.NewReply()
		answering.Refuse(reply, r, f.Status)
		reply.Status = f.Status
		if f.Body != "" {
			reply.Body.Reset()
			reply.Body.WriteString(f.Body)
		}
	}
	for name, value := range f.Header {
		reply.Header().Set(name, value)
	}
	return reply
}

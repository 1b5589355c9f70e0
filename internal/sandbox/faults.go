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
	// DelayBefore passes before the effect. It goes on when the client goes away,
	// and the service then carries the request out all the same.
	DelayBefore time.Duration
	// Delay passes after the effect and before the answer, in addition to
	// Options.Delay. It ends early when the client goes away.
	Delay time.Duration
	// Status answers instead of the service. 0 leaves the service's own answer.
	Status int
	// Header is added to the answer. "" removes a field, Date included.
	Header map[string]string
	// Body goes with Status. "" means the error envelope of the service.
	Body string
	// Cut closes the connection instead of answering. Go's own HTTP client
	// repeats a GET by itself when that happens on a connection it used before.
	Cut bool
	// Truncate sends half of the answer's body and closes the connection.
	Truncate bool
	// AfterEffect carries the request out before Status or Cut: a lost answer.
	AfterEffect bool
	// EffectAfter goes with Status or Cut, which come at once; the service carries
	// the request out this much later: a gateway gave up, and the service behind
	// it works on.
	EffectAfter time.Duration
	// CloseIdle answers, and closes the connection after this time, as a server
	// does with an idle one. The server never reads, and Requests never shows,
	// what the client sends on the connection in between.
	CloseIdle time.Duration
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

// replaces reports whether the fault answers instead of the service.
func (f *Fault) replaces() bool { return f.Status != 0 || f.Cut }

// refusal is the answer in the place of the service's own.
func (f *Fault) refusal(refusing *service.Service, r *http.Request) *service.Reply {
	reply := service.NewReply()
	refusing.Refuse(reply, r, f.Status)
	reply.Status = f.Status
	if f.Body != "" {
		reply.Body.Reset()
		reply.Body.WriteString(f.Body)
	}
	return reply
}

// setHeader sets the header fields of the fault.
func (f *Fault) setHeader(header http.Header) {
	for name, value := range f.Header {
		header.Set(name, value)
		if value == "" {
			// A field without values keeps net/http from adding a Date of its own.
			header[http.CanonicalHeaderKey(name)] = nil
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox answers like dbt Cloud, RudderStack's SCIM service and
// Fivetran, with state, on one HTTP handler: dbt Cloud under /api, RudderStack
// under /scim/v2, Fivetran under /v1. It speaks the wire format from its own
// types, so that a client is checked against the services and not against itself.
package sandbox

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// The credentials that the sandbox accepts.
const (
	// DBTCloudToken is a service token of the account with Account Viewer.
	DBTCloudToken = "dbtc_sandbox_token" //nolint:gosec // Opens nothing but the sandbox.
	// DBTCloudAccount is the only account the token can see.
	DBTCloudAccount = 12345
	// SCIMToken is RudderStack's organization-level Service Access Token.
	SCIMToken = "rudder_sandbox_scim_token"
	// FivetranKey and FivetranSecret belong to a user of the seed, an Account
	// Administrator: they stop working when that user is deleted.
	FivetranKey    = "fivetran_sandbox_key"
	FivetranSecret = "fivetran_sandbox_secret"
)

// Options sizes and slows the sandbox. The zero value is the seed company.
type Options struct {
	// People is the number of users in each system. The seed company (about 40
	// in dbt Cloud, 30 in RudderStack, 25 in Fivetran) is always there; what is
	// missing is made up as person.00001@northwind.example, person.00002@… and
	// so on, the same people in each system.
	People int
	// Delay passes before each reply, after its effect. It ends early when the
	// client goes away.
	Delay time.Duration
	// SCIMPageCap is the largest SCIM page; a larger count is silently lowered
	// to it. 0 means 100.
	SCIMPageCap int
}

// Server is the three services. It is safe for concurrent use.
type Server struct {
	delay    time.Duration
	services []*service
	fivetran *fivetran
	record   record
	faults   faults
}

// New returns the services in their first state, the same for the same options.
func New(o Options) *Server {
	if o.SCIMPageCap <= 0 {
		o.SCIMPageCap = 100
	}
	f := newFivetran(o.People)
	return &Server{
		delay:    o.Delay,
		fivetran: f,
		services: []*service{
			newDBTCloud(o.People).service(),
			newSCIM(o.People, o.SCIMPageCap).service(),
			f.service(),
		},
	}
}

// ServeHTTP records the request, carries it out and answers it, unless a fault
// says otherwise.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	number := s.record.add(r, body)
	fault := s.faults.take(r)
	answer := fault.answer(s.serviceOf(r), r)
	if !wait(r.Context(), s.delay+fault.Delay) {
		return
	}
	if fault.Cut {
		hangUp(w)
		return
	}
	s.record.answered(number, answer.status)
	answer.send(w, fault.Truncate)
}

func (s *Server) serviceOf(r *http.Request) *service {
	for _, each := range s.services {
		if strings.HasPrefix(r.URL.Path, each.prefix) {
			return each
		}
	}
	return nowhere
}

// nowhere answers for paths of none of the services.
var nowhere = &service{
	mux:   http.NewServeMux(),
	admit: func(*http.Request) int { return 0 },
	refuse: func(w http.ResponseWriter, _ *http.Request, status int) {
		http.Error(w, http.StatusText(status), status)
	},
}

// wait reports false when the client went away first.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

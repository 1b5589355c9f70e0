// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox answers like dbt Cloud, RudderStack's SCIM service and
// Fivetran, with state, on one HTTP handler: dbt Cloud under /api, RudderStack
// under /scim/v2, Fivetran under /v1. Each service is a package below this one.
// They speak the wire format from types of their own, so that a client is
// checked against the services and not against itself.
package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Options sizes and slows the sandbox. The zero value is the seed company.
type Options struct {
	// People is the number of users in each service. The seed company (about 40
	// in dbt Cloud, 30 in RudderStack, 25 in Fivetran) is always there. The rest
	// is made up as person.00001@northwind.example, person.00002@… and so on, the
	// same people in each service.
	People int
	// Delay passes before each reply, after its effect. It ends early when the
	// client goes away.
	Delay time.Duration
	// Today is the day of the seed: everything in it happened before. The zero
	// value is the day of New. What quotes dates of the seed wants SeedDay.
	Today time.Time
	// ClockSkew is how far the services' clock is ahead of the machine's: in the
	// times that they give to new things, and in the Date of every answer.
	ClockSkew time.Duration
	// SCIMPageCap is the largest SCIM page; the service silently lowers a larger
	// count to it. 0 means 100.
	SCIMPageCap int
	// Oddities are played all the time (ChooseOddities).
	Oddities []Oddity
	// DBTCloud is how dbt Cloud's SCIM service answers where its documents leave it
	// open.
	DBTCloud DBTCloudBehavior
	// Fivetran is how Fivetran answers where its documents leave it open.
	Fivetran FivetranBehavior
}

// Server is the three services. It is safe for concurrent use.
type Server struct {
	delay    time.Duration
	now      func() time.Time
	services []*service.Service
	oddities []Oddity
	dbtcloud *dbtcloud.Account
	fivetran *fivetran.Account
	requests requestRecord
	faults   faultQueue
	work     workCount
}

// SeedDay is the day on which the seed was written. With it as Options.Today,
// the seed is the same in every run, to the microsecond.
func SeedDay() time.Time { return company.WrittenOn }

// New returns the services in their first state, the same for the same options
// but for the dates.
func New(o Options) *Server {
	now := func() time.Time { return time.Now().Add(o.ClockSkew).UTC() }
	if o.Today.IsZero() {
		o.Today = now()
	}
	dates := company.NewCalendar(o.Today)
	s := &Server{
		delay:    o.Delay,
		now:      now,
		oddities: o.Oddities,
		dbtcloud: dbtcloud.NewAccount(o.People, now, dates, o.DBTCloud),
		fivetran: fivetran.NewAccount(o.People, now, dates, o.Fivetran),
	}
	s.services = []*service.Service{
		s.dbtcloud.Service(),
		rudderstack.NewOrganization(o.People, cmp.Or(o.SCIMPageCap, 100), dates).Service(),
		s.fivetran.Service(),
	}
	s.work.ended.L = &s.work.mu
	return s
}

// ServeHTTP records the request, carries it out and answers it, unless a fault
// says otherwise.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.work.begin()()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	recorded := s.requests.add(r, body)
	fault, called := s.faults.take(r), s.serviceOf(r)
	own := service.NewReply()
	carryOut := func() {
		called.Play(s.oddities, own, r)
		s.requests.update(recorded, func(r *Request) { r.CarriedOut = own.CarriedOut() })
	}
	pause(context.WithoutCancel(r.Context()), fault.DelayBefore)
	switch {
	case !fault.replaces() || fault.AfterEffect:
		carryOut()
	case fault.EffectAfter > 0:
		s.work.later(fault.EffectAfter, carryOut)
	}
	if !pause(r.Context(), s.delay+fault.Delay) {
		return
	}
	if fault.Cut {
		hangUp(w)
		return
	}
	reply := own
	if fault.Status != 0 {
		reply = fault.refusal(called, r)
	}
	reply.Header().Set("Date", s.now().Format(http.TimeFormat))
	fault.setHeader(reply.Header())
	s.requests.update(recorded, func(r *Request) { r.Status = reply.Status })
	if fault.CloseIdle > 0 {
		s.sendAndClose(w, reply, fault.CloseIdle)
		return
	}
	reply.Send(w, fault.Truncate)
}

func (s *Server) serviceOf(r *http.Request) *service.Service {
	for _, each := range s.services {
		if strings.HasPrefix(r.URL.Path, each.Prefix) {
			return each
		}
	}
	return noService
}

// noService answers for paths of none of the services.
var noService = &service.Service{
	Mux:   http.NewServeMux(),
	Admit: func(*http.Request) int { return 0 },
	Refuse: func(w http.ResponseWriter, _ *http.Request, status int) {
		http.Error(w, http.StatusText(status), status)
	},
}

// pause reports false when the client went away first.
func pause(ctx context.Context, d time.Duration) bool {
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

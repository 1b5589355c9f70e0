// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// SCIM reads and changes the users and groups of one account through the
// account's own SCIM 2.0 service, whose ids are not those of the Administrative
// API: https://docs.getdbt.com/docs/platform/manage-access/scim
//
// Reader shares listings until a change; the Writer reads and changes single
// users and groups. A token of the SCIM configuration is needed, with the
// permission set scim_only. It is safe for concurrent use.
type SCIM struct {
	*scim.Writer

	service   *scimService
	accountID int64
}

// NewSCIM returns a client for one account. settings.Base comes from
// ParseBaseURL. It sends nothing.
func NewSCIM(settings rest.Config, scimToken string, accountID int64) *SCIM {
	settings.Base = settings.Base.JoinPath("api", "v3", "accounts", strconv.FormatInt(accountID, 10), "scim", "v2")
	settings.Authorize = func(request *http.Request) {
		request.Header.Set("Authorization", "Bearer "+scimToken)
		request.Header.Set("Accept", "application/scim+json, application/json;q=0.9")
		if request.Header.Get("Content-Type") != "" {
			request.Header.Set("Content-Type", "application/scim+json")
		}
	}
	settings.Refusal = func() rest.Refusal { return &scimRefusal{} }
	settings.AnyCase, settings.CoolDown = true, coolDown
	service := &scimService{free: rest.New(settings), limited: rest.New(settings), userWrites: newPace(userWrites, userWritesWindow)}
	service.Forget()
	return &SCIM{Writer: scim.NewWriter(service), service: service, accountID: accountID}
}

// Base returns the address that the client talks to, for messages.
func (c *SCIM) Base() string { return c.service.free.Base() }

// AccountID returns the account whose users and groups these are.
func (c *SCIM) AccountID() int64 { return c.accountID }

// Reader answers from listings that begin after the last change that this client
// made, or that may have been made.
func (c *SCIM) Reader() *scim.Reader { return c.service.reader.Load() }

// Forget makes the next reading of lists a new one.
func (c *SCIM) Forget() { c.service.Forget() }

// ServiceTime returns what the service's own clock showed at a moment of this
// machine's. See rest.Client.
func (c *SCIM) ServiceTime(local time.Time) (time.Time, bool) {
	if at, ok := c.service.free.ServiceTime(local); ok {
		return at, ok
	}
	return c.service.limited.ServiceTime(local)
}

// The limit of the account: 20 times POST or PUT of a user in 5 seconds. Reads,
// PATCH, DELETE and all requests about groups are free:
// https://docs.getdbt.com/docs/dbt-apis/rate-limits
const (
	userWrites       = 20
	userWritesWindow = 5 * time.Second
)

// scimService sends the requests of the reader and the writer. Those that have a
// limit of their own are paced, and sent by a client of their own: a 429
// pauses all requests of its client, and would slow those that the limit is not
// about.
type scimService struct {
	free, limited *rest.Client
	userWrites    *pace
	reader        atomic.Pointer[scim.Reader]
}

// Get implements scim.Getter.
func (s *scimService) Get(ctx context.Context, path string, query url.Values, into any) error {
	return s.free.Get(ctx, path, query, &scimReply{into: into})
}

// Send implements scim.Sender. The listings are dropped before the change is
// settled, unless the change was refused and so changed nothing.
func (s *scimService) Send(ctx context.Context, change rest.Change, into any) error {
	settle := change.Settle
	change.Settle = func(ctx context.Context, outcome rest.Outcome) rest.Outcome {
		if outcome.Result != rest.ResultFailure || NotFound(outcome.Err) {
			s.Forget()
		}
		if settle != nil {
			outcome = settle(ctx, outcome)
		}
		return outcome
	}
	client := s.free
	if writesUser(change) {
		// Should ctx end meanwhile, Send says that nothing was sent.
		defer s.userWrites.begin(ctx)()
		client = s.limited
	}
	if into != nil {
		into = &scimReply{into: into}
	}
	return client.Send(ctx, change, into)
}

func writesUser(change rest.Change) bool {
	return (change.Method == http.MethodPost || change.Method == http.MethodPut) && strings.HasPrefix(change.Path, "Users")
}

// Forget gives the readers after it listings of their own: one under way may
// have begun before the change.
func (s *scimService) Forget() { s.reader.Store(scim.NewReader(s, "dbt Cloud")) }

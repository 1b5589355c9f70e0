// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// Paths of dbt Cloud's SCIM service in the sandbox.
const (
	scimBase  = "/api/v3/accounts/12345/scim/v2/"
	userPath  = scimBase + "Users"
	groupPath = scimBase + "Groups"
)

// scimAccount is the sandbox's dbt Cloud, and what the client records of its
// changes.
type scimAccount struct {
	t *testing.T
	*sandbox.Server

	users *SCIMUsers
	// outside is another client of the account.
	outside *dbtcloud.SCIM
	config  rest.Config

	mu      sync.Mutex
	targets []rest.Target
	records []rest.Outcome
}

func newSCIMAccount(t *testing.T, behavior sandbox.DBTCloudBehavior) *scimAccount {
	t.Helper()
	return newSCIMAccountBehind(t, sandbox.Options{DBTCloud: behavior}, func(*http.Request) {})
}

// newSCIMAccountBehind has something in front of the service that changes
// requests.
func newSCIMAccountBehind(t *testing.T, options sandbox.Options, change func(*http.Request)) *scimAccount {
	t.Helper()
	if options.DBTCloud.WriteLimit == 0 {
		options.DBTCloud.WriteLimit = -1
	}
	a := &scimAccount{t: t, Server: sandbox.New(options)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		change(r)
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	base, err := dbtcloud.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	a.config = rest.Config{Base: base, RequestTimeout: time.Second, RetryTimeout: 5 * time.Second}
	a.outside = dbtcloud.NewSCIM(a.config, sandbox.DBTCloudSCIMToken, sandbox.DBTCloudAccount)
	a.users = a.newRun()
	return a
}

// newRun is another run on the account.
func (a *scimAccount) newRun() *SCIMUsers {
	recording := a.config
	recording.Record = func(_ context.Context, _, _ string, target rest.Target) (func(rest.Outcome), error) {
		return func(outcome rest.Outcome) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.targets, a.records = append(a.targets, target), append(a.records, outcome)
		}, nil
	}
	s := NewSCIMUsers(dbtcloud.NewSCIM(recording, sandbox.DBTCloudSCIMToken, sandbox.DBTCloudAccount))
	s.pauses = pauses{200 * time.Millisecond, 20 * time.Millisecond}
	return s
}

// recorded returns the activities and results of all changes so far.
func (a *scimAccount) recorded() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	results := make([]string, len(a.records))
	for i, outcome := range a.records {
		results[i] = string(a.targets[i].Activity) + ": " + map[rest.Result]string{rest.ResultSuccess: "success", rest.ResultFailure: "failure", rest.ResultUnknown: "unknown"}[outcome.Result]
	}
	return results
}

// having returns the users with an address, without case.
func (a *scimAccount) having(t *testing.T, address string) []scim.User {
	t.Helper()
	a.outside.Forget()
	all, err := a.outside.Reader().Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var matches []scim.User
	for _, user := range all {
		if strings.EqualFold(*user.UserName, address) {
			matches = append(matches, user)
		}
	}
	return matches
}

// invite creates a user outside of the run.
func (a *scimAccount) invite(t *testing.T, address string, active bool) scim.User {
	t.Helper()
	_, err := a.outside.CreateUser(t.Context(), scim.UserDetails{UserName: address, GivenName: "Ada", FamilyName: "King", ExternalID: new("e1"), Active: active}, nil)
	if err != nil && !rest.Lost(err) {
		t.Fatal(err)
	}
	return a.having(t, address)[0]
}

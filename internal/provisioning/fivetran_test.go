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

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// testAccount is the sandbox's Fivetran, and what the client records of its
// changes.
type testAccount struct {
	*sandbox.Server
	*Fivetran

	config rest.Config
	// late is a time long ago.
	late string

	mu      sync.Mutex
	targets []rest.Target
	records []rest.Outcome
}

func newAccount(t *testing.T, options sandbox.Options) *testAccount {
	t.Helper()
	a := &testAccount{Server: sandbox.New(options)}
	server := httptest.NewServer(a.Server)
	t.Cleanup(server.Close)
	a.Fivetran = a.newRun(t, server.URL)
	return a
}

// newRun is another run on the account.
func (a *testAccount) newRun(t *testing.T, url string) *Fivetran {
	t.Helper()
	base, err := fivetran.ParseBaseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	a.config = rest.Config{Base: base, RequestTimeout: time.Second, RetryTimeout: 5 * time.Second}
	recording := a.config
	recording.Record = a.record
	f := NewFivetran(fivetran.New(recording, sandbox.FivetranKey, sandbox.FivetranSecret))
	f.settlePause, f.hurriedPause = 300*time.Millisecond, 20*time.Millisecond
	return f
}

func (a *testAccount) record(_ context.Context, _, _ string, target rest.Target) (func(rest.Outcome), error) {
	return func(outcome rest.Outcome) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.targets, a.records = append(a.targets, target), append(a.records, outcome)
	}, nil
}

// recorded returns the results of all changes so far.
func (a *testAccount) recorded() []rest.Result {
	a.mu.Lock()
	defer a.mu.Unlock()
	results := make([]rest.Result, len(a.records))
	for i, outcome := range a.records {
		results[i] = outcome.Result
	}
	return results
}

func (a *testAccount) user(t *testing.T, email string) sandbox.FivetranUser {
	t.Helper()
	for _, user := range a.FivetranUsers() {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			return user
		}
	}
	t.Fatalf("no user has the address %s", email)
	return sandbox.FivetranUser{}
}

// having counts the users with an address.
func (a *testAccount) having(email string) int {
	n := 0
	for _, user := range a.FivetranUsers() {
		if user.Email != nil && strings.EqualFold(*user.Email, email) {
			n++
		}
	}
	return n
}

// systemKey makes the key in use one that no user owns.
func (a *testAccount) systemKey() {
	a.Inject(sandbox.Fault{PathPrefix: "/v1/account/info", Status: http.StatusOK,
		Body: `{"code":"Success","data":{"account_id":"northwind_analytics","user_id":null,"system_key_id":"sys"}}`})
}

const (
	ada   = "ada@northwind.example"
	amara = "amara.okafor@northwind.example" // owns the key, Account Administrator
	jonas = "jonas.weber@northwind.example"  // Account Administrator
	mei   = "mei.tanaka@northwind.example"   // Account Analyst
)

func inviteOfAda() Invitation {
	return Invitation{Invitation: fivetran.Invitation{Email: ada, GivenName: "Ada", FamilyName: "Lovelace"}}
}

func expectCase(t *testing.T, result Result, err error, want Case, failing bool) {
	t.Helper()
	if result.Case != want || (err != nil) != failing {
		t.Errorf("got case %d, error %v, want case %d, an error: %t", result.Case, err, want, failing)
	}
}

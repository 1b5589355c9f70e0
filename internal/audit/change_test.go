// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

var (
	owner = Actor{Kind: User, ID: "nozzle_eat", AccountID: "gu_purse", AccountName: "Acme"}
	key   = Actor{Kind: SystemKey, ID: "sk_bright_fern", AccountID: "gu_purse"}
)

// TestLines compares whole files, byte by byte.
func TestLines(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  Change
		outcome Outcome
	}{
		"create": {
			Change{
				Activity: Create, Actor: owner,
				Target:  Target{Email: "jane@example.com", Role: "Account Reviewer"},
				Service: "Fivetran", Method: "POST", URL: "https://api.fivetran.com/v1/users",
			},
			Outcome{Status: Success, ID: "wolf_lamp"},
		},
		"update": {
			Change{
				Activity: Update, Actor: key,
				Target:  Target{ID: "wolf_lamp", Email: "jane@example.com", Role: "Account Administrator"},
				Service: "Fivetran", Method: "PATCH", URL: "https://api.fivetran.com/v1/users/wolf_lamp",
				Fields: []string{"role", "given_name"},
			},
			Outcome{Status: Success},
		},
		"role_taken_away": {
			Change{
				Activity: Update, Actor: key,
				Target:  Target{ID: "wolf_lamp", Email: "jane@example.com"},
				Service: "Fivetran", Method: "DELETE", URL: "https://api.fivetran.com/v1/users/wolf_lamp/role",
				Fields: []string{"role"},
			},
			Outcome{Status: Success},
		},
		"delete": {
			Change{
				Activity: Delete, Actor: owner,
				Target:  Target{ID: "wolf_lamp"},
				Service: "Fivetran", Method: "DELETE", URL: "https://api.fivetran.com/v1/users/wolf_lamp",
			},
			Outcome{Status: Success, HTTPStatus: 200},
		},
		"failure": {
			Change{
				Activity: Create, Actor: Actor{AccountID: "gu_purse"},
				Target:  Target{Email: "jane@example.com"},
				Service: "Fivetran", Method: "POST", URL: "https://api.fivetran.com/v1/users",
			},
			Outcome{Status: Failure, HTTPStatus: 409, Detail: "POST https://api.fivetran.com/v1/users: 409 Conflict:\n<already there>"},
		},
		"unknown": {
			Change{
				Activity: Delete,
				Target:   Target{ID: "wolf_lamp", Email: "jane@example.com"},
				Service:  "Fivetran", Method: "DELETE", URL: "https://api.fivetran.com/v1/users/wolf_lamp",
			},
			Outcome{Detail: "DELETE https://api.fivetran.com/v1/users/wolf_lamp: EOF"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := New(filepath.Join(t.TempDir(), "audit.jsonl"), "1.2.3")
			now := time.UnixMilli(1_767_323_045_000)
			log.now = func() time.Time { now = now.Add(250 * time.Millisecond); return now }
			log.newID = func() string { return "MZXW6YTBOI" }
			record(t, log, test.change, test.outcome)
			want, err := os.ReadFile(filepath.Join("testdata", name+".jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			if got := content(t, log); got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestActivities(t *testing.T) {
	t.Parallel()
	for activity, want := range map[Activity]struct {
		name    string
		typeUID int
	}{
		Create: {"Create", 300101},
		Delete: {"Delete", 300106},
		Update: {"Update", 300199},
		0:      {"Unknown", 300100},
	} {
		e := Change{Activity: activity}.event()
		if e.ActivityName != want.name || e.TypeUID != want.typeUID {
			t.Errorf("activity %d: got %s, %d, want %s, %d", activity, e.ActivityName, e.TypeUID, want.name, want.typeUID)
		}
	}
}

// Nothing but what a Change has a place for gets into the file, and a query
// does not.
func TestNoQuery(t *testing.T) {
	t.Parallel()
	e := Change{URL: "https://host/users?secret=hunter2&q=a?b"}.event()
	if got, want := e.HTTPRequest.URL.String, "https://host/users"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func record(tb testing.TB, log *Log, change Change, outcome Outcome) {
	tb.Helper()
	entry, err := log.Begin(change)
	if err != nil {
		tb.Fatal(err)
	}
	if err := entry.End(outcome); err != nil {
		tb.Fatal(err)
	}
}

func content(tb testing.TB, log *Log) string {
	tb.Helper()
	text, err := os.ReadFile(log.path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

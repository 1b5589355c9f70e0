// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

var (
	owner     = Actor{Kind: User, ID: "nozzle_eat", Name: "Nora Field", Email: "nora@example.com", AccountID: "gu_purse", AccountName: "Acme"}
	systemKey = Actor{Kind: SystemKey, ID: "sk_bright_fern", AccountID: "gu_purse"}

	errLost    = errors.New("EOF (DELETE https://api.fivetran.com/v1/users/wolf_lamp)")
	errRefused = errors.New("409 Conflict:\n<already there> (POST https://api.fivetran.com/v1/users)")
)

// recordedChange is what a Recorder is called with.
type recordedChange struct {
	actor   Actor
	method  string
	url     string
	target  rest.Target
	outcome rest.Outcome
}

// TestLines compares whole files, byte by byte.
func TestLines(t *testing.T) {
	t.Parallel()
	const users, user = "https://api.fivetran.com/v1/users", "https://api.fivetran.com/v1/users/wolf_lamp"
	const teamUsers = "https://api.fivetran.com/v1/teams/sales_team/users"
	team := &rest.Group{ID: "sales_team", Name: "Sales", Type: "Team"}
	for name, test := range map[string]recordedChange{
		"invite": {
			owner, "POST", users,
			rest.Target{Activity: rest.ActivityInvite, Email: "jane@example.com", Role: new("Account Reviewer")},
			rest.Outcome{Result: rest.ResultSuccess, ID: "wolf_lamp", Status: 201},
		},
		"change_role": {
			systemKey, "PATCH", user,
			rest.Target{
				Activity: rest.ActivityChangeRole, ID: "wolf_lamp", Email: "jane@example.com",
				Role: new("Account Administrator"), RoleBefore: new("Account Reviewer"), Fields: []string{"role", "given_name"},
			},
			rest.Outcome{Result: rest.ResultSuccess, ID: "wolf_lamp", Status: 200},
		},
		"clear_role": {
			systemKey, "DELETE", user + "/role",
			rest.Target{
				Activity: rest.ActivityChangeRole, ID: "wolf_lamp", Email: "jane@example.com",
				Role: new(""), RoleBefore: new("Account Reviewer"), Fields: []string{"role"},
			},
			rest.Outcome{Result: rest.ResultSuccess, Status: 200},
		},
		"adopt": {
			owner, "PATCH", user,
			rest.Target{
				Activity: rest.ActivityAdopt, ID: "wolf_lamp", Email: "jane@example.com",
				Role: new("Account Reviewer"), RoleBefore: new(""), Fields: []string{"role"},
			},
			rest.Outcome{Result: rest.ResultSuccess, ID: "wolf_lamp", Status: 200},
		},
		"delete": {
			owner, "DELETE", user,
			rest.Target{Activity: rest.ActivityDelete, ID: "wolf_lamp", RoleBefore: new("Account Reviewer")},
			rest.Outcome{Result: rest.ResultSuccess, Status: 200},
		},
		"delete_what_is_gone": {
			owner, "DELETE", user,
			rest.Target{Activity: rest.ActivityDelete, ID: "wolf_lamp", RoleBefore: new("")},
			rest.Outcome{Result: rest.ResultSuccess, Status: 404, Detail: "the user was gone already", Err: errRefused},
		},
		"adopt_instead": {
			owner, "POST", users,
			rest.Target{Activity: rest.ActivityInvite, Email: "jane@example.com", Role: new("Account Reviewer")},
			rest.Outcome{Result: rest.ResultSuccess, Activity: rest.ActivityAdopt, ID: "wolf_lamp", Status: 409, Detail: "The user was in the account before."},
		},
		"add_member": {
			owner, "POST", teamUsers,
			rest.Target{Activity: rest.ActivityAddMember, ID: "wolf_lamp", Group: team, Role: new("Team Member")},
			rest.Outcome{Result: rest.ResultSuccess, Status: 201},
		},
		"remove_member": {
			owner, "DELETE", teamUsers + "/wolf_lamp",
			rest.Target{Activity: rest.ActivityRemoveMember, ID: "wolf_lamp", Email: "jane@localhost", Group: &rest.Group{ID: "sales_team", Type: "Team"}, RoleBefore: new("Team Member")},
			rest.Outcome{Result: rest.ResultSuccess, Status: 200},
		},
		"change_group": {
			Actor{Kind: SCIMToken, AccountID: "12345"}, "PATCH", "http://127.0.0.1:8080/scim/v2/Groups/7",
			rest.Target{Activity: rest.ActivityUpdate, Kind: rest.GroupTarget, ID: "7", Name: "Analysts", Added: []string{"42", "17"}, Removed: []string{"3"}},
			rest.Outcome{Result: rest.ResultSuccess, Status: 200},
		},
		"refused": {
			Actor{AccountID: "gu_purse"}, "POST", users,
			rest.Target{Activity: rest.ActivityInvite, Email: "jane@example.com"},
			rest.Outcome{Result: rest.ResultFailure, Status: 409, Err: errRefused},
		},
		"unsent": {
			owner, "POST", users,
			rest.Target{Activity: rest.ActivityInvite, Email: "jane@example.com"},
			rest.Outcome{Result: rest.ResultFailure, Detail: "nothing was carried out: connection refused", Err: errRefused},
		},
		"lost": {
			Actor{}, "DELETE", user,
			rest.Target{Activity: rest.ActivityDelete, ID: "wolf_lamp", Email: "jane@example.com"},
			rest.Outcome{Err: errLost},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
			log.version, log.runID = "1.2.3", "run-CZcmD7eagjhyX0vN"
			now := time.UnixMilli(1_767_323_045_000)
			log.now = func() time.Time { now = now.Add(250 * time.Millisecond); return now }
			log.newID = func() string { return "MZXW6YTBOI" }
			record(t, log, test)
			want, err := os.ReadFile(filepath.Join("testdata", name+".jsonl"))
			if err != nil {
				t.Error(err)
			}
			if got := logContent(t, log); got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestActivities(t *testing.T) {
	t.Parallel()
	for _, want := range []struct {
		activity    rest.Activity
		kind        rest.TargetKind
		id, typeUID int
		name        string
	}{
		{rest.ActivityInvite, rest.UserTarget, 1, 300101, "Create"},
		{rest.ActivityCreate, rest.UserTarget, 1, 300101, "Create"},
		{rest.ActivityEnable, rest.UserTarget, 2, 300102, "Enable"},
		{rest.ActivityDisable, rest.UserTarget, 5, 300105, "Disable"},
		{rest.ActivityDelete, rest.UserTarget, 6, 300106, "Delete"},
		{rest.ActivityUpdate, rest.UserTarget, 99, 300199, "Update"},
		{rest.ActivityChangeRole, rest.UserTarget, 99, 300199, "Change Role"},
		{rest.ActivityAdopt, rest.UserTarget, 99, 300199, "Adopt"},
		{rest.ActivityAddMember, rest.UserTarget, 99, 300199, "Add Member"},
		{rest.ActivityRemoveMember, rest.UserTarget, 99, 300199, "Remove Member"},
		{rest.ActivityCreate, rest.GroupTarget, 99, 300199, "Create Group"},
		{rest.ActivityUpdate, rest.GroupTarget, 99, 300199, "Update Group"},
		{rest.ActivityDelete, rest.GroupTarget, 99, 300199, "Delete Group"},
		{"", rest.UserTarget, 0, 300100, "Unknown"},
	} {
		e := newEvent(rest.Target{Activity: want.activity, Kind: want.kind}, Actor{})
		if e.ActivityID != want.id || e.TypeUID != want.typeUID || e.ActivityName != want.name {
			t.Errorf("%s %s: got %d, %d, %s, want %v", want.activity, want.kind, e.ActivityID, e.TypeUID, e.ActivityName, want)
		}
	}
}

// TestRunID: HCP Terraform's own id comes before that of the workflow that
// started it.
func TestRunID(t *testing.T) {
	for _, test := range []struct{ hcp, github, want string }{{"", "", ""}, {"", "1658821493", "1658821493"}, {"run-CZcmD7eagjhyX0vN", "1658821493", "run-CZcmD7eagjhyX0vN"}} {
		t.Setenv("TFC_RUN_ID", test.hcp)
		t.Setenv("GITHUB_RUN_ID", test.github)
		log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
		record(t, log, oneInvite)
		for _, e := range parse(t, logContent(t, log)) {
			if e.Unmapped.RunID != test.want {
				t.Errorf("%+v: got %q", test, e.Unmapped.RunID)
			}
		}
	}
}

// TestNoQuery is about names of users in a query, which have no place in a URL.
func TestNoQuery(t *testing.T) {
	t.Parallel()
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	queried := oneInvite
	queried.url = "https://host/users?secret=hunter2&q=a?b"
	record(t, log, queried)
	for _, e := range parse(t, logContent(t, log)) {
		if got, want := e.HTTPRequest.URL.String, "https://host/users"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestWhatIsNotRecorded: no log is kept, or the change names no user.
func TestWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	var none *Log
	if none.Recorder("Fivetran", nil) != nil {
		t.Error("got a hook of a log that is not kept")
	}
	if got := none.Unwritten(); got != nil {
		t.Errorf("got %v of a log that is not kept", got)
	}
	log := newLog(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	end, err := log.Recorder("Fivetran", noActor)(t.Context(), "POST", "https://host/users", rest.Target{Activity: rest.ActivityInvite})
	if _, ok := errors.AsType[*Error](err); end != nil || !ok {
		t.Errorf("got %v for a change of no user, want an *Error", err)
	}
	expectNoFile(t, log.path)
}

// oneInvite is a change like another.
var oneInvite = recordedChange{
	owner, "POST", "https://api.fivetran.com/v1/users",
	rest.Target{Activity: rest.ActivityInvite, Email: "jane@example.com"},
	rest.Outcome{Result: rest.ResultSuccess, ID: "wolf_lamp", Status: 201},
}

func noActor(context.Context) Actor { return Actor{} }

func newLog(tb testing.TB, path string) *Log {
	tb.Helper()
	log, err := New(path, "")
	if err != nil {
		tb.Fatal(err)
	}
	return log
}

func begin(ctx context.Context, log *Log, c recordedChange) (func(rest.Outcome), error) {
	return log.Recorder("Fivetran", func(context.Context) Actor { return c.actor })(ctx, c.method, c.url, c.target)
}

func record(tb testing.TB, log *Log, c recordedChange) {
	tb.Helper()
	end, err := begin(tb.Context(), log, c)
	if err != nil {
		tb.Fatal(err)
	}
	end(c.outcome)
	if lacking := log.Unwritten(); lacking != nil {
		tb.Fatal(lacking)
	}
}

func logContent(tb testing.TB, log *Log) string {
	tb.Helper()
	lines, err := os.ReadFile(log.path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(lines)
}

func expectNoFile(tb testing.TB, path string) {
	tb.Helper()
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		tb.Errorf("%s: got %v, want no file", path, err)
	}
}

// TestTheOutcomeThatCannotBeWritten: the directory goes while the request is
// under way. What the log lacks is said once, with what would be in it.
func TestTheOutcomeThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	log := newLog(t, filepath.Join(dir, "audit.jsonl"))
	end, err := begin(t.Context(), log, oneInvite)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	end(oneInvite.outcome)
	lacking := log.Unwritten()
	if len(lacking) != 1 || !errors.Is(lacking[0], os.ErrNotExist) {
		t.Fatalf("got %v, want that the directory is gone", lacking)
	}
	for _, want := range []string{"POST https://api.fivetran.com/v1/users", "jane@example.com", "wolf_lamp", "Success", log.path} {
		if !strings.Contains(lacking[0].Error(), want) {
			t.Errorf("got %q, want it to have %s", lacking[0], want)
		}
	}
	if again := log.Unwritten(); again != nil {
		t.Errorf("said again: %v", again)
	}
}

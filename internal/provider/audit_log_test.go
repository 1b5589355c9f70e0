// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// auditLine is what the tests read of a line.
type auditLine struct {
	Activity     string `json:"activity_name"`
	Status       string `json:"status"`
	StatusCode   string `json:"status_code"`
	StatusDetail string `json:"status_detail"`
	User         struct {
		UID   string `json:"uid"`
		Email string `json:"email_addr"`
	} `json:"user"`
	Request struct {
		Method string `json:"http_method"`
		URL    struct {
			Text string `json:"url_string"`
		} `json:"url"`
	} `json:"http_request"`
	Metadata struct {
		Correlation string `json:"correlation_uid"`
	} `json:"metadata"`
}

// auditedAccount is an account of the sandbox whose changes are logged.
type auditedAccount struct {
	client *fivetran.Client
	box    *sandbox.Server
	server *httptest.Server
	path   string
}

func newAuditedAccount(t *testing.T, requestTimeout, retryTimeout time.Duration) auditedAccount {
	t.Helper()
	a := auditedAccount{box: sandbox.New(sandbox.Options{}), path: filepath.Join(t.TempDir(), "audit.jsonl")}
	a.server = httptest.NewServer(a.box)
	t.Cleanup(a.server.Close)
	base, err := fivetran.ParseBaseURL(a.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	log, err := audit.New(a.path, "test")
	if err != nil {
		t.Fatal(err)
	}
	a.client = fivetran.New(rest.Config{
		Base: base, RequestTimeout: requestTimeout, RetryTimeout: retryTimeout,
		Record: log.Recorder("Fivetran", func(context.Context) audit.Actor { return audit.Actor{} }),
	}, sandbox.FivetranKey, sandbox.FivetranSecret)
	return a
}

// pairs reads the log and wants each line to have its other line, with the same
// request. It returns the second ones.
func (a auditedAccount) pairs(t *testing.T) []auditLine {
	t.Helper()
	content, err := os.ReadFile(a.path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	pending := map[string]auditLine{}
	var ended []auditLine
	for line := range strings.Lines(string(content)) {
		var l auditLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		id := l.Metadata.Correlation
		first, second := pending[id]
		switch {
		case !second && l.Status == "Pending" && l.StatusCode == "":
			pending[id] = l
		case second && l.Status != "Pending" && l.Request == first.Request && l.Activity == first.Activity && l.User.Email == first.User.Email:
			ended = append(ended, l)
			delete(pending, id)
		default:
			t.Errorf("%+v does not belong to %+v", l, first)
		}
	}
	if len(pending) > 0 {
		t.Errorf("%d first lines without a second: %v", len(pending), pending)
	}
	return ended
}

// changes are the requests that arrived and were no reads, without those that
// the rate limit refused: these are repeated as part of the same change.
func (a auditedAccount) changes() (requests []sandbox.Request) {
	return slices.DeleteFunc(a.box.Requests(), func(r sandbox.Request) bool {
		return r.Method == http.MethodGet || r.Status == http.StatusTooManyRequests
	})
}

// auditedOperations are all changes that there are, on a user of their own.
var auditedOperations = map[string]struct {
	activity, method string
	path             string // in which %s is the id
	send             func(context.Context, *fivetran.Client, fivetran.User) error
}{
	"invite": {"Create", "POST", "/v1/users", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		_, err := c.InviteUser(ctx, fivetran.Invitation{Email: "another-" + *user.Email, GivenName: "Ana", FamilyName: "Lim"}, nil)
		return err
	}},
	"invite again": {"Create", "POST", "/v1/users", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		_, err := c.InviteUser(ctx, fivetran.Invitation{Email: *user.Email, GivenName: "Ana", FamilyName: "Lim"}, nil)
		return err
	}},
	"update": {"Update", "PATCH", "/v1/users/%s", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		_, err := c.UpdateUser(ctx, user, fivetran.Change{GivenName: new("Anna")}, nil)
		return err
	}},
	"change role": {"Change Role", "PATCH", "/v1/users/%s", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		_, err := c.UpdateUser(ctx, user, fivetran.Change{Role: new("Account Reviewer")}, nil)
		return err
	}},
	"adopt": {"Adopt", "PATCH", "/v1/users/%s", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		_, err := c.AdoptUser(ctx, user, fivetran.Change{GivenName: new("Anna"), Phone: fivetran.To(nil)}, nil)
		return err
	}},
	"clear role": {"Change Role", "DELETE", "/v1/users/%s/role", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		return c.ClearRole(ctx, user, nil)
	}},
	"delete": {"Delete", "DELETE", "/v1/users/%s", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		return c.DeleteUser(ctx, user, nil)
	}},
	"delete what is gone": {"Delete", "DELETE", "/v1/users/none_such", func(ctx context.Context, c *fivetran.Client, user fivetran.User) error {
		user.ID = "none_such"
		if err := c.DeleteUser(ctx, user, nil); !fivetran.NotFound(err) {
			return err
		}
		return nil
	}},
}

// auditedFaults are what can happen to a change. A status "" is that of the
// service's own answer.
var auditedFaults = map[string]struct {
	fault  sandbox.Fault
	status string
}{
	"nothing":                    {sandbox.Fault{Skip: 1 << 20, Status: 500}, ""},
	"a rate limit":               {sandbox.Fault{Status: 429, Times: 2, Header: map[string]string{"Retry-After": "0"}}, ""},
	"a rate limit for an hour":   {sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, "Failure"},
	"a refusal":                  {sandbox.Fault{Status: 403}, "Failure"},
	"a fault":                    {sandbox.Fault{Status: 502}, "Unknown"},
	"a fault after the effect":   {sandbox.Fault{Status: 504, AfterEffect: true}, "Unknown"},
	"a cut connection":           {sandbox.Fault{Cut: true}, "Unknown"},
	"a cut after the effect":     {sandbox.Fault{Cut: true, AfterEffect: true}, "Unknown"},
	"half an answer":             {sandbox.Fault{Truncate: true}, "Unknown"},
	"an answer that is too slow": {sandbox.Fault{Delay: time.Minute}, "Unknown"},
}

// TestAuditLogIsTheServicesRecord compares the log with what the service
// received, for each operation and each fault: one pair of lines for each
// change, with the method, the path and the status that the service has.
func TestAuditLogIsTheServicesRecord(t *testing.T) {
	t.Parallel()
	for operation, op := range auditedOperations {
		for name, f := range auditedFaults {
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				patience := 20 * time.Second
				if f.fault.Delay > 0 {
					patience = time.Second
				}
				a := newAuditedAccount(t, patience, time.Minute)
				user, err := a.client.InviteUser(t.Context(), fivetran.Invitation{Email: "ana@example.com", GivenName: "Ana", FamilyName: "Lim"}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Remove(a.path); err != nil {
					t.Fatal(err)
				}
				a.box.ForgetRequests()
				for _, method := range []string{"POST", "PATCH", "DELETE"} {
					fault := f.fault
					fault.Method = method
					a.box.Inject(fault)
				}
				sent := op.send(t.Context(), a.client, user)

				pairs := a.pairs(t)
				if len(pairs) != 1 {
					t.Fatalf("got %d pairs of lines, want 1: %v", len(pairs), pairs)
				}
				path := strings.ReplaceAll(op.path, "%s", user.ID)
				if got := pairs[0]; got.Activity != op.activity || got.Request.Method != op.method || got.Request.URL.Text != a.server.URL+path {
					t.Errorf("logged %+v, want %s %s %s", got, op.activity, op.method, path)
				}
				requests := a.changes()
				last := sandbox.Request{Method: op.method, Path: path, Status: http.StatusTooManyRequests}
				if name != "a rate limit for an hour" {
					if len(requests) != 1 {
						t.Fatalf("the service received %d changes, want 1", len(requests))
					}
					last = requests[0]
				}
				if last.Method != op.method || last.Path != path {
					t.Errorf("the service received %s %s, want what is logged, %s %s", last.Method, last.Path, op.method, path)
				}
				code := strconv.Itoa(last.Status)
				if last.Status == 0 || f.fault.Truncate || f.fault.Delay > 0 { // which never got here
					code = ""
				}
				if pairs[0].StatusCode != code {
					t.Errorf("logged the status code %q, want %q", pairs[0].StatusCode, code)
				}
				want := f.status
				if want == "" {
					want = "Success"
					if operation == "invite again" {
						want = "Failure"
					}
				}
				if got := pairs[0]; got.Status != want || (sent == nil) != (want == "Success") {
					t.Errorf("logged %s with %v, want %s", got.Status, sent, want)
				}
				if got := pairs[0].StatusDetail; operation == "delete what is gone" && f.status == "" && got != "the user was gone already" {
					t.Errorf("logged the detail %q", got)
				}
			})
		}
	}
}

// TestAuditLogOfWhatIsNotSent has no server any more, an operation that has
// ended, and a pause of another.
func TestAuditLogOfWhatIsNotSent(t *testing.T) {
	t.Parallel()
	user := fivetran.User{ID: "ana_lim", Email: new("ana@example.com")}
	for operation, op := range auditedOperations {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			gone := newAuditedAccount(t, time.Second, time.Second)
			gone.server.Close()
			limited := newAuditedAccount(t, 20*time.Second, time.Minute)
			limited.box.Inject(sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}})
			_, _ = limited.client.Users(t.Context())
			for name, a := range map[string]auditedAccount{"no server": gone, "a rate limit of another": limited} {
				err := op.send(t.Context(), a.client, user)
				pairs := a.pairs(t)
				if len(pairs) != 1 || !rest.Unsent(err) {
					t.Errorf("%s: got %v and %d pairs of lines, want one of an unsent change", name, err, len(pairs))
					continue
				}
				if got := pairs[0]; got.Status != "Failure" || got.StatusCode != "" || !strings.HasPrefix(got.StatusDetail, "nothing was carried out: ") {
					t.Errorf("%s: logged %+v, want a failure without a status code", name, got)
				}
				if got := len(a.changes()); got != 0 {
					t.Errorf("%s: the service received %d changes", name, got)
				}
			}
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			a := newAuditedAccount(t, 20*time.Second, time.Minute)
			if err := op.send(ended, a.client, user); !rest.Unsent(err) || len(a.pairs(t)) != 0 || len(a.box.Requests()) != 0 {
				t.Errorf("after its end: got %v, %d pairs of lines and %d requests, want nothing", err, len(a.pairs(t)), len(a.box.Requests()))
			}
		})
	}
}

// TestAuditLogOfManyAtOnce counts the changes of a run of faults.
func TestAuditLogOfManyAtOnce(t *testing.T) {
	t.Parallel()
	a := newAuditedAccount(t, 20*time.Second, time.Minute)
	for i := range 40 {
		switch i % 4 {
		case 0:
			a.box.Inject(sandbox.Fault{Method: "POST", Skip: i, Times: 1, Status: 429, Header: map[string]string{"Retry-After": "0"}})
		case 1:
			a.box.Inject(sandbox.Fault{Method: "POST", Skip: i, Times: 1, Cut: true, AfterEffect: true})
		case 2:
			a.box.Inject(sandbox.Fault{Method: "PATCH", Skip: i, Times: 1, Status: 502})
		case 3:
			a.box.Inject(sandbox.Fault{Method: "DELETE", Skip: i, Times: 1, Status: 403})
		}
	}
	var people sync.WaitGroup
	for i := range 60 {
		people.Go(func() {
			email := fmt.Sprintf("ana%d@example.com", i)
			user, err := a.client.InviteUser(t.Context(), fivetran.Invitation{Email: email, GivenName: "Ana", FamilyName: "Lim"}, nil)
			if err != nil {
				return
			}
			_, _ = a.client.UpdateUser(t.Context(), user, fivetran.Change{GivenName: new("Anna")}, nil)
			_ = a.client.DeleteUser(t.Context(), user, nil)
		})
	}
	people.Wait()
	logged, received := map[string]int{}, map[string]int{}
	for _, line := range a.pairs(t) {
		code := line.StatusCode
		logged[line.Request.Method+" "+strings.TrimPrefix(line.Request.URL.Text, a.server.URL)+" "+code]++
	}
	for _, r := range a.changes() {
		code := strconv.Itoa(r.Status)
		if r.Status == 0 {
			code = ""
		}
		received[r.Method+" "+r.Path+" "+code]++
	}
	if !maps.Equal(logged, received) || len(received) < 60 {
		t.Errorf("logged\n%v\nreceived\n%v", logged, received)
	}
}

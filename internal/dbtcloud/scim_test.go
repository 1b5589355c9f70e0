// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

const scimPath = "/api/v3/accounts/1000/scim/v2"

// serveSCIM returns a client of a handler, which gets the method and the path
// below the service's address.
func serveSCIM(t *testing.T, handler func(w http.ResponseWriter, r *http.Request, request string)) *SCIM {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer scim-secret" {
			t.Errorf("got the header Authorization: %q", got)
		}
		wantType := ""
		if r.ContentLength > 0 {
			wantType = "application/scim+json"
		}
		if got := r.Header.Get("Content-Type"); got != wantType {
			t.Errorf("%s: got Content-Type %q, want %q", r.Method, got, wantType)
		}
		path, ok := strings.CutPrefix(r.URL.Path, scimPath)
		if !ok || r.URL.Path != scimPath+path || strings.HasSuffix(path, "/") {
			t.Errorf("got the path %s", r.URL.Path)
		}
		handler(w, r, r.Method+" "+path)
	}))
	t.Cleanup(server.Close)
	base, err := ParseBaseURL(server.URL + "/api/v3/")
	if err != nil {
		t.Fatal(err)
	}
	return NewSCIM(rest.Config{Base: base, RequestTimeout: 5 * time.Second, RetryTimeout: 5 * time.Second}, "scim-secret", 1000)
}

func write(w http.ResponseWriter, text string) { _, _ = io.WriteString(w, text) }

// TestSCIMReplies reads users and groups in both envelopes.
func TestSCIMReplies(t *testing.T) {
	t.Parallel()
	const (
		user = `{"id":"7","userName":"ann@x","externalId":{},"active":"True","emails":[{"value":"ann@x","primary":"True"}],"meta":{"resourceType":"User","location":"/scim/v2/Users/7"},` +
			`"groups":[{"id":"3","displayName":"Analysts","value":"3","display":"Analysts"}],"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User":{"licenseType":"it"}}`
		group = `{"id":"3","displayName":"Analysts","members":[{"value":"7","display":"ann@x"}],"meta":{"resourceType":"Group","location":"/scim/v2/Groups/3"}}`
	)
	wrapped := func(data string) string {
		return `{"status":{"code":200,"is_success":true,"user_message":"Success!","developer_message":""},"data":` + data + `,"extra":{"pagination":{"count":1,"total_count":1}}}`
	}
	list := func(row string) string {
		return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[` + row + `]}`
	}
	for name, wrap := range map[string]struct{ one, all func(string) string }{
		"SCIM":      {func(row string) string { return row }, list},
		"dbt Cloud": {wrapped, func(row string) string { return wrapped("[" + row + "]") }},
		"both":      {wrapped, func(row string) string { return wrapped(list(row)) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serveSCIM(t, func(w http.ResponseWriter, r *http.Request, request string) {
				switch {
				case request == "GET /Users" && r.URL.Query().Get("startIndex") == "1":
					write(w, wrap.all(user))
				case request == "GET /Groups" && r.URL.Query().Get("startIndex") == "1":
					write(w, wrap.all(group))
				case request == "GET /Users/7":
					w.Header().Set("ETag", `"1"`)
					write(w, wrap.one(user))
				case request == "GET /Groups/3":
					write(w, wrap.one(group))
				default:
					http.NotFound(w, r)
				}
			})
			one, err := client.User(t.Context(), "7")
			if err != nil || one.Version != `"1"` {
				t.Fatalf("got the version %s and error %v", one.Version, err)
			}
			all, err := client.Reader().Users(t.Context())
			if err != nil || len(all) != 1 {
				t.Fatalf("got %d users and error %v", len(all), err)
			}
			for _, u := range []scim.User{one, all[0]} {
				if u.ID != "7" || *u.UserName != "ann@x" || !*u.Active || *u.Email != "ann@x" || *u.LicenseType != "it" || len(u.Groups) != 1 || u.Groups[0].String() != `"Analysts" (id "3")` || len(u.Unread()) != 1 || u.Unread()[0] != "externalId: got object, want string" {
					t.Errorf("got the user %+v", u)
				}
			}
			single, err := client.Group(t.Context(), "3")
			if err != nil {
				t.Fatal(err)
			}
			groups, err := client.Reader().GroupsWithMembers(t.Context())
			if err != nil || len(groups) != 1 {
				t.Fatalf("got %d groups and error %v", len(groups), err)
			}
			for _, g := range []scim.Group{single, groups[0]} {
				if g.ID != "3" || *g.DisplayName != "Analysts" || len(g.Members) != 1 || g.Members[0].ID != "7" {
					t.Errorf("got the group %+v", g)
				}
			}
			if _, err := client.User(t.Context(), "8"); !scim.NotFound(err) {
				t.Errorf("got error %v, want NotFound", err)
			}
		})
	}
}

// TestSCIMFailures has the service fail in the forms of both APIs.
func TestSCIMFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status     int
		body, want string
	}{
		"SCIM":                  {403, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"403","scimType":"sensitive","detail":"No."}`, "403 Forbidden (sensitive): No. ("},
		"Administrative API":    {401, `{"status":{"code":401,"is_success":false,"user_message":"Invalid token."},"data":null}`, "401 Unauthorized: Invalid token. ("},
		"envelope with success": {200, `{"status":{"code":400,"is_success":false,"user_message":"All users must have licenses on the account"},"data":null}`, "the service reports a failure: status 400: All users must have licenses"},
		"a page":                {200, `<html>Sign in</html>`, "the reply is not the expected JSON"},
		"another list":          {200, `{"status":{"code":200},"data":{"a":1}}`, "not a SCIM ListResponse"},
		"a row of no kind":      {200, `{"data":["a"],"extra":{}}`, "not the expected JSON"},
		"a row without an id":   {200, `{"data":[{"userName":"ann@x"}],"extra":{"pagination":{"total_count":1}}}`, "has no id"},
		"too few rows":          {200, `{"data":[{"id":"1"}],"extra":{"pagination":{"total_count":2}}}`, "only 1 of 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := serveSCIM(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
				w.WriteHeader(test.status)
				write(w, test.body)
			})
			_, err := client.Reader().UsersWithoutGroups(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "scim-secret") {
				t.Errorf("got error %v, want %q", err, test.want)
			}
		})
	}
}

// TestSCIMLists shares listings until a change that may have been carried out.
func TestSCIMLists(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		drops  bool
	}{"created": {201, true}, "refused": {409, false}, "lost": {502, true}, "gone": {404, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			lists := 0
			client := serveSCIM(t, func(w http.ResponseWriter, r *http.Request, _ string) {
				mu.Lock()
				defer mu.Unlock()
				switch {
				case r.Method == http.MethodPost:
					w.WriteHeader(test.status)
					write(w, `{"id":"8"}`)
				case r.URL.Query().Get("startIndex") == "1":
					lists++
					write(w, `{"totalResults":1,"Resources":[{"id":"7"}]}`)
				default:
					write(w, `{"totalResults":1,"Resources":[]}`)
				}
			})
			settled := 0
			readList := func() {
				if _, err := client.Reader().UsersWithoutGroups(t.Context()); err != nil {
					t.Error(err)
				}
			}
			readList()
			readList()
			_, _ = client.CreateUser(t.Context(), scim.UserDetails{UserName: "ann@x"}, func(_ context.Context, user scim.User, outcome rest.Outcome) (scim.User, rest.Outcome) {
				readList()
				mu.Lock()
				defer mu.Unlock()
				settled = lists
				return user, outcome
			})
			want := 1
			if test.drops {
				want = 2
			}
			if settled != want {
				t.Errorf("got %d listings when the change was settled, want %d", settled, want)
			}
		})
	}
}

// TestSCIMServiceTime knows the service's clock from a reply of either kind.
func TestSCIMServiceTime(t *testing.T) {
	t.Parallel()
	client := serveSCIM(t, func(w http.ResponseWriter, _ *http.Request, _ string) { write(w, `{"id":"1"}`) })
	if _, ok := client.ServiceTime(time.Now()); ok {
		t.Error("knows the clock before any reply")
	}
	if _, err := client.CreateUser(t.Context(), scim.UserDetails{UserName: "ann@x"}, nil); err != nil {
		t.Fatal(err)
	}
	if at, ok := client.ServiceTime(time.Now()); !ok || time.Since(at).Abs() > 3*time.Second {
		t.Errorf("got %s, %t", at, ok)
	}
	if _, err := url.Parse(client.Base()); err != nil || !strings.HasSuffix(client.Base(), scimPath) || client.AccountID() != 1000 {
		t.Errorf("got the address %s and account %d", client.Base(), client.AccountID())
	}
}

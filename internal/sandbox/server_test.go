// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestEveryServiceRefusesAWrongCredential(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct {
		path, authorization string
		status              int
		want                string
	}{
		{"/api/v3/accounts/12345/users/", "", 401, `"user_message":"Invalid token."`},
		{"/api/v3/accounts/12345/users/", "Token wrong", 401, `"user_message":"Invalid token."`},
		{"/api/v3/accounts/12345/users/", "Basic " + DBTCloudToken, 401, `"is_success":false`},
		{"/api/v3/accounts/12345/users/", "Bearer " + DBTCloudToken, 200, `"user_message":"Success!"`},
		{"/scim/v2/Users", "Bearer wrong", 401, `"status":"401"`},
		{"/scim/v2/Users", "Token " + SCIMToken, 401, `"status":"401"`},
		{"/v1/users", "", 401, `"code":"AuthFailed"`},
		{"/v1/users", basic(FivetranKey, "wrong"), 401, `"code":"AuthFailed"`},
		{"/v1/users", basic(FivetranSecret, FivetranKey), 403, `"code":"Forbidden"`},
	} {
		request := c.request(http.MethodGet, test.path, "")
		request.Header.Set("Authorization", test.authorization)
		got, err := c.do(request)
		if err != nil {
			t.Fatal(err)
		}
		if got.status != test.status || !strings.Contains(got.raw, test.want) {
			t.Errorf("GET %s with %q: got %d %.200s, want %d and %s", test.path, test.authorization, got.status, got.raw, test.status, test.want)
		}
	}
}

func basic(key, secret string) string {
	request := http.Request{Header: http.Header{}}
	request.SetBasicAuth(key, secret)
	return request.Header.Get("Authorization")
}

func TestWrongPathsAndMethods(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/", 404, "Not Found"},
		{"GET", "/v2/users", 404, "Not Found"},
		{"GET", "/api/v3/accounts/12345/nothing/", 404, "check that you have the proper permissions"},
		{"GET", "/api/v3/accounts/99001/users/", 404, "check that you have the proper permissions"},
		{"GET", "/api/v2/whoami/", 404, "check that you have the proper permissions"},
		{"POST", "/api/v3/accounts/12345/groups/", 405, `"code":405`},
		{"GET", "/scim/v2/Users/", 404, `"status":"404"`},
		{"POST", "/scim/v2/Users", 405, `"status":"405"`},
		{"DELETE", "/scim/v2/Groups/x", 405, `"status":"405"`},
		{"GET", "/v1/groups//users", 404, `"path":"/v1/groups//users"`},
		{"GET", "/v1/users/x/../../roles", 404, `"error":"Not Found"`},
		{"GET", "/v1/users/a%2F..%2Fb", 404, `"code":"NotFound_User"`},
		{"PUT", "/v1/users", 405, `"code":"MethodNotAllowed"`},
	} {
		request := c.request(test.method, test.path, "")
		got, err := c.do(request)
		if err != nil {
			t.Fatal(err)
		}
		if got.status != test.status || !strings.Contains(got.raw, test.want) {
			t.Errorf("%s %s: got %d %.200s, want %d and %s", test.method, test.path, got.status, got.raw, test.status, test.want)
		}
	}
	wrong := c.call("GET", "/v1/nothing", "", 404)
	if _, ok := wrong.json["code"]; ok {
		t.Errorf("GET /v1/nothing: got a code in %s, want none", wrong.raw)
	}
	if got := c.sandbox.Count("DELETE", "/scim/v2/"); got != 1 {
		t.Errorf("recorded DELETEs of SCIM: got %d, want 1", got)
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	begun := time.Now()
	c.call("PATCH", "/v1/users/gravel_hum?a=b%20c", `{"phone":"1"}`, 200)
	c.call("GET", "/v1/users/no%2Fbody", "", 404)
	requests := c.sandbox.Requests()
	if len(requests) != 2 {
		t.Fatalf("requests: got %d, want 2", len(requests))
	}
	first, second := requests[0], requests[1]
	if first.Method != http.MethodPatch || first.Path != "/v1/users/gravel_hum" || first.Query.Get("a") != "b c" ||
		string(first.Body) != `{"phone":"1"}` || first.Header.Get("Content-Type") != "application/json" || first.Status != 200 {
		t.Errorf("first request: got %+v", first)
	}
	if first.Arrived.Before(begun) || second.Arrived.Before(first.Arrived) || time.Now().Before(second.Arrived) {
		t.Errorf("arrivals: got %v and %v, want both since %v in their order", first.Arrived, second.Arrived, begun)
	}
	if !first.CarriedOut || second.CarriedOut {
		t.Errorf("carried out: got %t and %t, want true and false", first.CarriedOut, second.CarriedOut)
	}
	if second.Path != "/v1/users/no%2Fbody" || second.Status != 404 {
		t.Errorf("second request: got %s %d, want /v1/users/no%%2Fbody 404", second.Path, second.Status)
	}
	for _, test := range []struct {
		method, prefix string
		want           int
	}{{"", "", 2}, {"GET", "", 1}, {"PATCH", "/v1/users", 1}, {"", "/api/", 0}} {
		if got := c.sandbox.Count(test.method, test.prefix); got != test.want {
			t.Errorf("Count(%q, %q): got %d, want %d", test.method, test.prefix, got, test.want)
		}
	}
	c.sandbox.ForgetRequests()
	c.get("/v1/roles")
	if got := c.sandbox.Requests(); len(got) != 1 || got[0].Path != "/v1/roles" || got[0].Status != 200 {
		t.Errorf("after ForgetRequests: got %+v, want only the answered GET /v1/roles", got)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{0, 3 * time.Hour, -3 * time.Hour} {
		c := start(t, Options{ClockSkew: skew})
		begun := time.Now().Add(skew)
		got := c.call("POST", "/v1/users", newcomer, 201)
		ended := time.Now().Add(skew)
		created, err := time.Parse(time.RFC3339Nano, word(t, got.json, "data", "created_at"))
		if err != nil || created.Before(begun.Truncate(time.Microsecond)) || created.After(ended) {
			t.Errorf("skew %v: got created_at %v, %v, want it between %v and %v", skew, created, err, begun, ended)
		}
		date, err := http.ParseTime(got.header.Get("Date"))
		if err != nil || date.Before(begun.Truncate(time.Second)) || date.After(ended) {
			t.Errorf("skew %v: got Date %v, %v, want it between %v and %v", skew, date, err, begun, ended)
		}
	}
}

func TestSameAnswersInEveryRun(t *testing.T) {
	t.Parallel()
	one, other := start(t, Options{People: 120, Today: SeedDay()}), start(t, Options{People: 120, Today: SeedDay()})
	for _, path := range []string{
		"/api/v3/accounts/12345/users/", "/api/v3/accounts/12345/groups/?include_related=group_permissions",
		"/api/v2/accounts/12345/licenses/", "/scim/v2/Users", "/scim/v2/Groups", "/v1/users?limit=1000", "/v1/roles",
	} {
		if a, b := one.get(path).raw, other.get(path).raw; a != b {
			t.Errorf("GET %s: got two different answers, want the same twice", path)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	before := len(c.sandbox.FivetranUsers())
	const people = 20
	var group sync.WaitGroup
	for n := range people {
		group.Go(func() {
			email := fmt.Sprintf("new.%d@northwind.example", n)
			body := fmt.Sprintf(`{"email":%q,"given_name":"New","family_name":"Person"}`, email)
			if _, err := c.do(c.request("POST", "/v1/users", body)); err != nil {
				t.Error(err)
			}
			if !c.sandbox.AcceptInvite(email) {
				t.Errorf("AcceptInvite(%q): got false, want true", email)
			}
			c.sandbox.Inject(Fault{PathPrefix: "/v1/nothing", Times: 1, Status: 500})
			c.sandbox.Count("POST", "/v1/")
			for _, path := range []string{"/v1/users", "/api/v3/accounts/12345/users/", "/scim/v2/Users"} {
				if _, err := c.do(c.request("GET", path, "")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := len(c.sandbox.FivetranUsers()); got != before+people {
		t.Errorf("Fivetran users: got %d, want %d", got, before+people)
	}
	if got := c.sandbox.Count("POST", "/v1/users"); got != people {
		t.Errorf("recorded invitations: got %d, want %d", got, people)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFaultsReplaceTheAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		path  string
		fault Fault
		want  string
	}{
		{"dbt envelope", "/api/v3/accounts/12345/users/", Fault{Status: 429}, `"code":429`},
		{"dbt envelope of an unusual status", "/api/v3/accounts/12345/users/", Fault{Status: 503}, `"user_message":"Service Unavailable"`},
		{"SCIM envelope", "/scim/v2/Users", Fault{Status: 429}, `"status":"429"`},
		{"Fivetran envelope", "/v1/users", Fault{Status: 429}, `"code":"TooManyRequests"`},
		{"elsewhere", "/nowhere", Fault{Status: 503}, "Service Unavailable"},
		{"own body", "/v1/users", Fault{Status: 502, Body: "<html>Bad Gateway</html>"}, "<html>Bad Gateway</html>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			test.fault.Header = map[string]string{"Retry-After": "7", "Content-Type": "text/plain"}
			c.sandbox.Inject(test.fault)
			got := c.call("GET", test.path, "", test.fault.Status)
			if !strings.Contains(got.raw, test.want) {
				t.Errorf("body: got %s, want %s in it", got.raw, test.want)
			}
			if test.fault.Body != "" && got.raw != test.fault.Body {
				t.Errorf("body: got %s, want only %s", got.raw, test.fault.Body)
			}
			if got.header.Get("Retry-After") != "7" || got.header.Get("Content-Type") != "text/plain" {
				t.Errorf("header: got %v, want those of the fault", got.header)
			}
		})
	}
}

func TestFaultsAreUsedUpInOrder(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{Method: "POST", Status: 500})
	c.sandbox.Inject(Fault{PathPrefix: "/v1/users", Skip: 1, Times: 2, Status: 503})
	c.sandbox.Inject(Fault{PathPrefix: "/v1/users", Skip: 1, Times: 1, Status: 429})
	var got []int
	for range 5 {
		a, err := c.do(c.request("GET", "/v1/users", ""))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, a.status)
	}
	// The first request goes past both, the second and third meet the 503; the
	// 429 still has the fourth ahead of it.
	want := []int{200, 503, 503, 429, 200}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("statuses: got %v, want %v", got, want)
		}
	}
	for range 3 {
		c.call("POST", "/v1/users", `{}`, 500)
	}
	c.call("GET", "/v1/roles", "", 200)
}

const newcomer = `{"email":"new.starter@northwind.example","given_name":"New","family_name":"Starter"}`

func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		fault  Fault
		effect bool
	}{
		{"refused", Fault{Status: 502}, false},
		{"refused after the effect", Fault{Status: 502, AfterEffect: true}, true},
		{"cut", Fault{Cut: true}, false},
		{"cut after the effect", Fault{Cut: true, AfterEffect: true}, true},
		{"truncated", Fault{Truncate: true}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			before := len(c.sandbox.FivetranUsers())
			test.fault.Method = "POST"
			c.sandbox.Inject(test.fault)
			got, err := c.do(c.request("POST", "/v1/users", newcomer))
			switch {
			case test.fault.Status != 0 && (err != nil || got.status != test.fault.Status):
				t.Errorf("answer: got %d, %v, want %d", got.status, err, test.fault.Status)
			case test.fault.Cut && err == nil:
				t.Errorf("answer: got %d, want a broken connection", got.status)
			case test.fault.Truncate && !errors.Is(err, io.ErrUnexpectedEOF):
				t.Errorf("answer: got error %v, want %v", err, io.ErrUnexpectedEOF)
			case test.fault.Truncate && (got.status != 201 || got.raw == "" || got.json != nil):
				t.Errorf("answer: got %d %q, want 201 and half of the body", got.status, got.raw)
			}
			if took := len(c.sandbox.FivetranUsers()) == before+1; took != test.effect {
				t.Errorf("the user is there: got %t, want %t", took, test.effect)
			}
			want := test.fault.Status
			if test.fault.Truncate {
				want = http.StatusCreated
			}
			if got := c.sandbox.Requests()[0]; got.Status != want || got.CarriedOut != test.effect {
				t.Errorf("recorded: got status %d and carried out %t, want %d and %t", got.Status, got.CarriedOut, want, test.effect)
			}
		})
	}
}

func TestDelayEndsWhenTheClientGoesAway(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]Options{"of all replies": {Delay: time.Hour}, "of one reply": {}} {
		s := New(options)
		if options.Delay == 0 {
			s.Inject(Fault{Delay: time.Hour})
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		request := client{T: t, sandbox: s}.request("POST", "/v1/users", newcomer).WithContext(gone)
		reply := httptest.NewRecorder()
		s.ServeHTTP(reply, request)
		if reply.Body.Len() != 0 {
			t.Errorf("delay %s: got the answer %s, want none", name, reply.Body)
		}
		if got := s.Requests()[0].Status; got != 0 {
			t.Errorf("delay %s: got recorded status %d, want 0", name, got)
		}
		if !s.AcceptInvite("new.starter@northwind.example") {
			t.Errorf("delay %s: got no effect, want the effect before the delay", name)
		}
	}
}

// send sends an invitation that the caller can abandon.
func (c client) send(body string) (abandon context.CancelFunc, answered chan error) {
	c.Helper()
	ctx, abandon := context.WithCancel(c.Context())
	c.Cleanup(abandon)
	answered = make(chan error, 1)
	request := c.request("POST", "/v1/users", body).WithContext(ctx)
	go func() {
		_, err := c.do(request)
		answered <- err
	}()
	return abandon, answered
}

func (c client) has(email string) bool {
	return slices.ContainsFunc(c.sandbox.FivetranUsers(), func(u FivetranUser) bool {
		return u.Email != nil && *u.Email == email
	})
}

func TestEffectGoesOnWithoutTheClient(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{Method: "POST", Times: 1, DelayBefore: 200 * time.Millisecond})
	abandon, answered := c.send(newcomer)
	for c.sandbox.Count("POST", "/v1/users") == 0 {
		runtime.Gosched()
	}
	abandon()
	if err := <-answered; !errors.Is(err, context.Canceled) {
		t.Fatalf("answer: got error %v, want %v", err, context.Canceled)
	}
	c.sandbox.Wait()
	if got := c.sandbox.Requests()[0]; got.Status != 0 || !got.CarriedOut {
		t.Errorf("recorded: got status %d and carried out %t, want 0 and true", got.Status, got.CarriedOut)
	}
	if !c.has("new.starter@northwind.example") {
		t.Error("the user: got none, want the effect although the client has gone")
	}
}

func TestDelayBeforeKeepsTheAnswer(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{DelayBefore: 50 * time.Millisecond})
	begun := time.Now()
	c.call("POST", "/v1/users", newcomer, 201)
	if took := time.Since(begun); took < 50*time.Millisecond {
		t.Errorf("the answer took %v, want 50ms at least", took)
	}
}

func TestEffectAfterTheAnswer(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]Fault{
		"a gateway's answer": {Status: 504, Body: "<html>Gateway Time-out</html>"},
		"a cut connection":   {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			fault.Method, fault.EffectAfter = "POST", 300*time.Millisecond
			c.sandbox.Inject(fault)
			begun := time.Now()
			got, err := c.do(c.request("POST", "/v1/users", newcomer))
			if got.status != fault.Status || (err != nil) != fault.Cut || fault.Body != got.raw {
				t.Errorf("answer: got %d %q, %v, want the fault's", got.status, got.raw, err)
			}
			there, record := c.has("new.starter@northwind.example"), c.sandbox.Requests()[0]
			if time.Since(begun) < fault.EffectAfter && (there || record.CarriedOut) {
				t.Error("the user: got one at once, want the effect later")
			}
			c.sandbox.Wait()
			if record = c.sandbox.Requests()[0]; record.Status != fault.Status || !record.CarriedOut {
				t.Errorf("recorded: got status %d and carried out %t, want %d and true", record.Status, record.CarriedOut, fault.Status)
			}
			if !c.has("new.starter@northwind.example") {
				t.Error("the user: got none after Wait, want the late effect")
			}
		})
	}
}

func TestFaultsSetAndRemoveHeaderFields(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{Times: 1, Header: map[string]string{"date": "", "X-Rate-Limit": ""}})
	c.sandbox.Inject(Fault{Times: 1, Header: map[string]string{"Date": "Thu, 01 Jan 2026 00:00:00 GMT"}})
	for i, want := range []string{"", "Thu, 01 Jan 2026 00:00:00 GMT"} {
		header := c.get("/v1/roles").header
		if got := header.Get("Date"); got != want {
			t.Errorf("Date of answer %d: got %q, want %q", i, got, want)
		}
		if got := header.Get("X-Rate-Limit"); (got == "") != (i == 0) {
			t.Errorf("X-Rate-Limit of answer %d: got %q, want none on the first", i, got)
		}
	}
}

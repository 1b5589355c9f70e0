// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestRepetition holds the rule: after a 429 any request is repeated, after a
// fault only a read, after a refusal none.
func TestRepetition(t *testing.T) {
	t.Parallel()
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	// short promises more than it sends, which is how a cut looks after the header.
	short := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, `{"name":`)
	}
	later := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	slow := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	drop := func(w http.ResponseWriter, _ *http.Request) { cutConnection(w) }
	for name, test := range map[string]struct {
		fault         http.HandlerFunc
		reads, writes bool
	}{
		"400":                {status(400), false, false},
		"401":                {status(401), false, false},
		"404":                {status(404), false, false},
		"408":                {status(408), false, false},
		"409":                {status(409), false, false},
		"429":                {status(429), true, true},
		"500":                {status(500), true, false},
		"501":                {status(501), false, false},
		"502":                {status(502), true, false},
		"503":                {status(503), true, false},
		"503 with a time":    {later, true, false},
		"504":                {status(504), true, false},
		"cut connection":     {drop, true, false},
		"truncated body":     {short, true, false},
		"no complete answer": {slow, true, false},
	} {
		for _, method := range []string{"GET", "POST", "PATCH", "PUT", "DELETE"} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var requests atomic.Int32
					client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
						if got := recorded(t, r).body; method != "GET" && got != "\"body\"\n" {
							t.Errorf("body: got %q", got)
						}
						if requests.Add(1) == 1 {
							test.fault(w, r)
							return
						}
						io.WriteString(w, `{}`)
					})
					var err error
					repeated := test.writes
					if method == "GET" {
						err = client.Get(t.Context(), "users", nil, &struct{}{})
						repeated = test.reads
					} else {
						err = client.Send(t.Context(), Change{Method: method, Path: "users", Body: "body"}, &struct{}{})
					}
					want := int32(1)
					if repeated {
						want = 2
					}
					if got := requests.Load(); got != want {
						t.Errorf("got %d requests, want %d", got, want)
					}
					if (err == nil) != repeated {
						t.Errorf("got error %v, want one: %t", err, !repeated)
					}
					if failure, ok := errors.AsType[*Error](err); ok && failure.Attempts != 1 {
						t.Errorf("got %d attempts, want 1", failure.Attempts)
					}
				})
			})
		}
	}
}

// TestAFaultThatStays finds the end of patience, and what the error says of it.
func TestAFaultThatStays(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status       int
		retryTimeout time.Duration
		least, most  time.Duration
	}{
		"a third":                  {502, 6 * time.Minute, 105 * time.Second, 2 * time.Minute},
		"a third of more":          {503, 30 * time.Minute, 585 * time.Second, 10 * time.Minute},
		"at least half a minute":   {502, time.Minute, 17 * time.Second, 30 * time.Second},
		"no more than all":         {502, 10 * time.Second, 5 * time.Second, 10 * time.Second},
		"a crash":                  {500, 6 * time.Minute, 11 * time.Second, 20 * time.Second},
		"a crash, and little time": {500, 2 * time.Second, time.Second, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
					requests++
					http.Error(w, "<title>Bad gateway</title>", test.status)
				}, func(config *Config) { config.RetryTimeout = test.retryTimeout })
				began := time.Now()
				err := client.Get(t.Context(), "users", nil, nil)
				took := time.Since(began)
				failure, ok := errors.AsType[*Error](err)
				if !ok || failure.Status != test.status || failure.Message != "<title>Bad gateway</title>" || failure.Attempts != requests || failure.Took != took {
					t.Errorf("got %+v, want the status with its body after %d attempts", failure, requests)
				}
				if took < test.least || took > test.most {
					t.Errorf("took %s, want %s to %s", took, test.least, test.most)
				}
				if want := fmt.Sprintf("(GET http://service.test/users, %d attempts in %s)", requests, took.Round(time.Second)); !strings.HasSuffix(err.Error(), want) {
					t.Errorf("got %v, want in it %s", err, want)
				}
			})
		})
	}
}

func TestWaitingForARateLimit(t *testing.T) {
	t.Parallel()
	type pauses struct{ least, most time.Duration }
	for name, test := range map[string]struct {
		status   int
		header   map[string]string
		coolDown time.Duration
		want     pauses
	}{
		"seconds":             {429, map[string]string{"Retry-After": "40"}, 0, pauses{40 * time.Second, 41 * time.Second}},
		"at once":             {429, map[string]string{"Retry-After": "0"}, time.Hour, pauses{0, time.Millisecond}},
		"of dbt Cloud's SCIM": {429, map[string]string{"X-Rate-Limit-Retry-After-Seconds": "5"}, 0, pauses{5 * time.Second, 6 * time.Second}},
		"unreadable":          {429, map[string]string{"Retry-After": "soon"}, time.Minute, pauses{time.Minute, 61 * time.Second}},
		"none":                {429, nil, 5 * time.Minute, pauses{5 * time.Minute, 5*time.Minute + time.Second}},
		"none known":          {429, nil, 0, pauses{375 * time.Millisecond, 700 * time.Millisecond}},
		"503":                 {503, map[string]string{"Retry-After": "40"}, 0, pauses{40 * time.Second, 41 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				var arrived []time.Duration
				var waits []Wait
				client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
					arrived = append(arrived, time.Since(began))
					if len(arrived) == 1 {
						for key, value := range test.header {
							w.Header().Set(key, value)
						}
						w.WriteHeader(test.status)
						return
					}
					io.WriteString(w, `{}`)
				}, func(config *Config) {
					config.CoolDown = test.coolDown
					config.Waiting = func(_ context.Context, wait Wait) { waits = append(waits, wait) }
				})
				if err := client.Get(t.Context(), "users", nil, &struct{}{}); err != nil {
					t.Fatal(err)
				}
				if len(arrived) != 2 || arrived[1] < test.want.least || arrived[1] > test.want.most {
					t.Errorf("requests after %v, want the second between %v", arrived, test.want)
				}
				if len(waits) != 1 || waits[0].Status != test.status || waits[0].Method != http.MethodGet || !waits[0].RateLimit || waits[0].For < waits[0].Asked || waits[0].Asked < test.want.least {
					t.Errorf("reported %+v, want one wait with the status", waits)
				}
			})
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"0":                                    0,
		"120":                                  2 * time.Minute,
		" 120 ":                                2 * time.Minute,
		"1.5":                                  1500 * time.Millisecond,
		"Fri, 20 Nov 2026 12:05:00 GMT":        5 * time.Minute,
		"Friday, 20-Nov-26 12:05:00 GMT":       5 * time.Minute,
		"Fri Nov 20 12:05:00 2026":             5 * time.Minute,
		"Fri, 20 Nov 2026 11:00:00 GMT":        0,
		strconv.Itoa(int(time.Hour.Seconds())): time.Hour,
		"99999999999":                          365 * 24 * time.Hour,
		"1e300":                                365 * 24 * time.Hour,
	} {
		for _, name := range []string{"Retry-After", "X-Retry-After", "X-Rate-Limit-Retry-After-Seconds"} {
			if got, named := retryAfter(http.Header{name: {value}}, now); !named || got != want {
				t.Errorf("%s: %s: got %s, %t, want %s", name, value, got, named, want)
			}
		}
	}
	for _, value := range []string{"", "-1", "soon", "NaN", "Inf", "2026-11-20T12:05:00Z"} {
		if got, named := retryAfter(http.Header{"Retry-After": {value}}, now); named {
			t.Errorf("%q was read as %s", value, got)
		}
	}
	got, _ := retryAfter(http.Header{"Retry-After": {"soon"}, "X-Rate-Limit-Retry-After-Seconds": {"5"}}, now)
	if got != 5*time.Second {
		t.Errorf("the second header: got %s, want 5s", got)
	}
}

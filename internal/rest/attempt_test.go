// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestEachAttemptIsReported has a service fail in each way there is.
func TestEachAttemptIsReported(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault func(w http.ResponseWriter, r *http.Request)
		dial  func(context.Context) error
		want  string // of the first attempt; the second one succeeds
		later string // number of the second one, if there is one
	}{
		"status":     {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Down", http.StatusServiceUnavailable) }, nil, `GET /books/7 1: 503, 5 bytes, 0s, "", ""`, "2"},
		"rate limit": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, nil, `GET /books/7 1: 429, 0 bytes, 0s, "", ""`, "2"},
		"refusal":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, nil, `GET /books/7 1: 404, 0 bytes, 0s, "", ""`, ""},
		"redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/books/8", http.StatusFound) }, nil,
			`GET /books/7 1: 302, 31 bytes, 0s, "", ""`, "1"},
		"refused redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.test/", http.StatusFound)
		}, nil,
			`GET /books/7 1: 302, 41 bytes, 0s, "", ""`, ""},
		"cut connection": {func(w http.ResponseWriter, _ *http.Request) { cutConnection(w) }, nil, `GET /books/7 1: 0, 0 bytes, 0s, "", "EOF"`, "2"},
		"cut body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, `{"title":`)
		}, nil, `GET /books/7 1: 200, 9 bytes, 0s, "", "the answer broke off after 9 bytes: unexpected EOF"`, "2"},
		"no answer": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, nil,
			`GET /books/7 1: 0, 0 bytes, 30s, "", "no complete answer within 30s"`, "2"},
		"slow body": {func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, `{"title":`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, nil, `GET /books/7 1: 200, 9 bytes, 30s, "", "the answer broke off after 9 bytes: no complete answer within 30s"`, "2"},
		"request id": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Request-Id", "3f9a-11")
			w.WriteHeader(http.StatusNotFound)
		}, nil, `GET /books/7 1: 404, 0 bytes, 0s, "3f9a-11", ""`, ""},
		"refused connection": {nil, func(context.Context) error { return errors.New("connection refused") }, `GET /books/7 1: 0, 0 bytes, 0s, "", "dial tcp: connection refused"`, "2"},
		"no connection": {nil, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
			`GET /books/7 1: 0, 0 bytes, 30s, "", "no connection within 30s"`, "2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var lines []string
				requests := 0
				var dials atomic.Int32
				client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
					if requests++; requests == 1 && test.fault != nil {
						test.fault(w, r)
					}
				}, func(config *Config) {
					config.Service = "Library"
					config.Attempted = func(_ context.Context, a Attempt) {
						if a.Service != "Library" || !strings.HasPrefix(a.URL, "http://service.test/") {
							t.Errorf("got the service %q and the URL %s", a.Service, a.URL)
						}
						lines = append(lines, fmt.Sprintf("%s %s %d: %d, %d bytes, %s, %q, %q", a.Method, strings.TrimPrefix(a.URL, "http://service.test"), a.Number, a.Status, a.Bytes, a.Took, a.RequestID, a.Failure))
					}
				})
				dialWith(client, func(ctx context.Context) error {
					if dials.Add(1) == 1 && test.dial != nil {
						return test.dial(ctx)
					}
					return nil
				})
				_ = client.Get(t.Context(), "books/7", nil, nil)
				if lines[0] != test.want {
					t.Errorf("got  %s\nwant %s", lines[0], test.want)
				}
				if test.later == "" && len(lines) != 1 || test.later != "" && (len(lines) != 2 || !strings.Contains(lines[1], " "+test.later+": 200, 0 bytes")) {
					t.Errorf("got the lines %q, want after the first one: %q", lines, test.later)
				}
			})
		})
	}
}

// TestReportsNameNoPerson has URLs, headers and errors with what must not be in a
// log.
func TestReportsNameNoPerson(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://service.test/v1/users/nozzle_eat?limit=100&offset=200":                                  "https://service.test/v1/users/nozzle_eat?limit=100&offset=200",
		"https://service.test/Users?startIndex=1&count=100&filter=userName%20eq%20%22ada@example.com%22": "https://service.test/Users?count=100&filter=...&startIndex=1",
		"https://service.test/users?cursor=YWRhQGV4YW1wbGUuY29t":                                         "https://service.test/users?cursor=...",
		"https://service.test/users/ada@example.com":                                                     "https://service.test/users/...",
		"https://service.test/users/ada%40example.com/roles":                                             "https://service.test/users/.../roles",
		"https://service.test/users/ada%252540example.com":                                               "https://service.test/users/...",
		"https://service.test/?limit=ada@example.com&ada@example.com=1":                                  "https://service.test/?...=...&limit=...",
		"https://ada:hunter2@service.test/users#ada@example.com":                                         "https://service.test/users",
		"https://service.test/a%0Ab%1B%2F":                                                               "https://service.test/a%0Ab%1B%2F",
		"https://service.test/" + strings.Repeat("x", 10_000):                                            "https://service.test/" + strings.Repeat("x", maxURLShown-len("https://service.test/")) + " …",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := harmlessURL(u); got != want {
			t.Errorf("%s:\n got %s\nwant %s", address, got, want)
		}
	}
	request := &http.Request{Header: http.Header{"Authorization": {"Token s3cret"}}}
	for id, want := range map[string]string{
		"3f9a-11": "3f9a-11", "Root=1-67/a": "Root=1-67/a", "": "", "a b": "", "ada@example.com": "", "a\x1b[2J": "", "s3cret": "***", strings.Repeat("x", 101): "",
	} {
		if got := requestID(http.Header{"X-Request-Id": {id}}, request); got != want {
			t.Errorf("request id %q: got %q, want %q", id, got, want)
		}
	}
	odd := &url.Error{Op: "Get", URL: "https://service.test/?filter=x", Err: errors.New("malformed HTTP response \"Token s3cret\x1b[2J\"")}
	if got, want := harmlessFailure(odd, request), `malformed HTTP response "Token *** [2J"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestEachWaitIsReported has calls wait for a rate limit, for one that another call
// met, and after a transient error.
func TestEachWaitIsReported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var waits []Wait
		requests := 0
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			switch requests++; requests {
			case 1:
				w.Header().Set("Retry-After", "60")
				w.WriteHeader(http.StatusTooManyRequests)
			case 2:
				w.WriteHeader(http.StatusBadGateway)
			}
		}, func(config *Config) {
			config.Service = "Library"
			config.Waiting = func(_ context.Context, wait Wait) { waits = append(waits, wait) }
		})
		done := make(chan error)
		get := func() { done <- client.Get(t.Context(), "books/ada@example.com", nil, nil) }
		go get()
		synctest.Wait()
		time.Sleep(20 * time.Second) //nolint:forbidigo // on the bubble's clock
		go get()
		if err := errors.Join(<-done, <-done); err != nil {
			t.Error(err)
		}
		if len(waits) != 3 {
			t.Fatalf("got %+v, want three waits", waits)
		}
		waits[0].For = waits[0].For.Truncate(time.Minute) // without the jitter
		waits[2].For = waits[2].For.Round(time.Second)
		for i, want := range []Wait{
			{For: time.Minute, Status: 429, RateLimit: true, Asked: time.Minute},
			{For: 40 * time.Second, Status: 429, RateLimit: true},
			{For: waits[2].For, Status: 502},
		} {
			want.Service, want.Method, want.URL = "Library", "GET", "http://service.test/books/..."
			if waits[i] != want {
				t.Errorf("got  %+v\nwant %+v", waits[i], want)
			}
		}
	})
}

// TestRequestsThatNetHTTPRepeatsAreReported has a service close a connection that
// was kept.
func TestRequestsThatNetHTTPRepeatsAreReported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var attempts []Attempt
		requests := 0
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			if requests++; requests == 2 {
				cutConnection(w)
			}
		}, func(config *Config) {
			config.Attempted = func(_ context.Context, attempt Attempt) { attempts = append(attempts, attempt) }
		})
		for range 2 {
			if err := client.Get(t.Context(), "users", nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if requests != 3 || len(attempts) != 3 || attempts[1].Status != 0 || attempts[1].Failure == "" || attempts[2].Status != 200 || attempts[2].Number != 1 {
			t.Errorf("got %d requests and %+v, want a line for each of three", requests, attempts)
		}
	})
}

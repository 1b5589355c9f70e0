// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestABodyOverTheLimitIsNotRead(t *testing.T) {
	t.Parallel()
	var requests, written atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		chunk := make([]byte, 1<<20)
		for range 1 << 10 {
			n, err := w.Write(chunk)
			written.Add(int64(n))
			if err != nil {
				return
			}
		}
	}))
	client := newForServer(t, server.URL)
	err := client.Get(t.Context(), "users", nil, &struct{}{})
	server.Close() // waits for the handler
	if !errors.Is(err, errTooLarge) {
		t.Errorf("got %v, want %v", err, errTooLarge)
	}
	if got := requests.Load(); got != 1 {
		t.Errorf("got %d requests, want 1", got)
	}
	if got := written.Load(); got < maxBody || got > 2*maxBody {
		t.Errorf("%d bytes of 1 GiB were taken, want little more than %d", got, maxBody)
	}
}

func newForServer(t *testing.T, address string) *Client {
	t.Helper()
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	client := New(Config{
		Base:           base,
		Authorize:      func(request *http.Request) { request.Header.Set("Authorization", "Token secret") },
		RequestTimeout: time.Minute,
		RetryTimeout:   time.Minute,
	})
	t.Cleanup(client.transport.(*transport).base.CloseIdleConnections)
	return client
}

func TestRedirectsToOthersAreRefused(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the other host received %s %s with Authorization %q", r.Method, r.URL, r.Header.Get("Authorization"))
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			var requests atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				http.Redirect(w, r, other.URL+"/users", status)
			}))
			err := sendMethod(t.Context(), newForServer(t, server.URL), method, "users")
			server.Close()
			redirect, ok := errors.AsType[*redirectError](err)
			if !ok || redirect.to != other.URL || !strings.Contains(err.Error(), other.URL) {
				t.Errorf("%s %d: got %v, want an error that names %s", method, status, err, other.URL)
			}
			if got := requests.Load(); got != 1 {
				t.Errorf("%s %d: got %d requests, want 1", method, status, got)
			}
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, base, to string
		followed         bool
	}{
		"same host":            {"GET", "http://service.test", "/users/", true},
		"write, same host":     {"POST", "http://service.test", "/users/", false},
		"delete, same host":    {"DELETE", "http://service.test", "/users/", false},
		"sub-domain":           {"GET", "http://service.test", "http://eu.service.test/users/", false},
		"another port":         {"GET", "http://service.test", "http://service.test:8080/users/", false},
		"from plain to secure": {"GET", "http://service.test", "https://service.test/users/", false},
		"in a circle":          {"GET", "http://service.test", "/users", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := newInMemory(t, func(w http.ResponseWriter, r *http.Request) {
					if got := r.Header.Get("Authorization"); got != "Token secret" || r.Host != "service.test" {
						t.Errorf("%s received Authorization %q", r.Host, got)
					}
					if r.URL.Path == "/users" {
						http.Redirect(w, r, test.to, http.StatusTemporaryRedirect)
					}
				})
				err := sendMethod(t.Context(), client, test.method, "users")
				_, refused := errors.AsType[*redirectError](err)
				if refused == test.followed || (err == nil) != test.followed {
					t.Errorf("got %v, want it followed: %t", err, test.followed)
				}
				if circle := name == "in a circle"; refused && strings.Contains(err.Error(), "again and again") != circle {
					t.Errorf("got %v, want it called a circle: %t", err, circle)
				}
			})
		})
	}
}

func TestRedirectPolicyKeepsToHTTPS(t *testing.T) {
	t.Parallel()
	request := func(address string) *http.Request {
		return httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	}
	sent := []*http.Request{request("https://service.test/users")}
	if err := refuseOtherHosts(request("http://service.test/users/"), sent); err == nil {
		t.Error("a redirect from https to http was followed")
	}
	if err := refuseOtherHosts(request("https://service.test/users/"), sent); err != nil {
		t.Errorf("a redirect on the same host: %v", err)
	}
}

func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"no answer": func(_ http.ResponseWriter, r *http.Request) {
			recorded(t, r)
			<-r.Context().Done()
		},
		"half an answer": func(w http.ResponseWriter, r *http.Request) {
			recorded(t, r)
			io.WriteString(w, `{"name":`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				err := newInMemory(t, handler).Send(t.Context(), Change{Method: "POST", Path: "users", Body: "body"}, nil)
				if timeout, ok := errors.AsType[*timeoutError](err); !ok || timeout.after != 30*time.Second {
					t.Errorf("got %v, want no complete answer within 30s", err)
				}
				if Status(err) != 0 || time.Since(began) != 30*time.Second {
					t.Errorf("got status %d after %s, want none after 30s", Status(err), time.Since(began))
				}
			})
		})
	}
}

func TestFaultsThatStayAreReportedAtOnce(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]error{
		"unknown host": &net.DNSError{Err: "no such host", Name: "service.test", IsNotFound: true},
		"too large":    errTooLarge,
		"no TLS":       &unsentError{http.ErrSchemeMismatch},
		"TLS versions": &unsentError{errors.New("remote error: tls: protocol version not supported")},
		"SOCKS proxy":  &unsentError{&net.OpError{Op: "socks connect", Err: errors.New("username/password authentication failed")}},
		"HTTP proxy":   &unsentError{&ProxyError{Status: 407, err: errors.New("refused")}},
		"redirect":     &redirectError{to: "https://elsewhere.test"},
	} {
		if !permanent(fmt.Errorf("wrapped: %w", &url.Error{Op: "Get", Err: fault})) {
			t.Errorf("%s: want no repetition", name)
		}
	}
	for name, fault := range map[string]error{
		"none":              nil,
		"TLS cut off":       &unsentError{io.EOF},
		"TLS too slow":      &unsentError{errors.New("net/http: TLS handshake timeout")},
		"broken later":      errors.New("local error: tls: bad record MAC"),
		"proxy down":        &unsentError{&net.OpError{Op: "proxyconnect", Err: syscall.ECONNREFUSED}},
		"DNS server silent": &net.DNSError{Err: "timeout", IsTimeout: true},
		"cut":               io.ErrUnexpectedEOF,
		"timeout":           &timeoutError{time.Second},
		"deadline":          context.DeadlineExceeded,
	} {
		if permanent(fault) {
			t.Errorf("%s: want a repetition", name)
		}
	}
}

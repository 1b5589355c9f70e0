// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// requests records what the service was asked for: method, path and query, and
// the body.
type requests struct {
	mu     sync.Mutex
	lines  []string
	bodies []string
}

func (r *requests) add(line, body string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, line)
	r.bodies = append(r.bodies, strings.TrimSpace(body))
}

func (r *requests) expect(t *testing.T, want ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.lines, want) {
		t.Errorf("got requests\n%s\nwant\n%s", strings.Join(r.lines, "\n"), strings.Join(want, "\n"))
	}
}

func (r *requests) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.lines)
}

func (r *requests) expectBodies(t *testing.T, want ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.bodies, want) {
		t.Errorf("got bodies\n%s\nwant\n%s", strings.Join(r.bodies, "\n"), strings.Join(want, "\n"))
	}
}

const listUsers = "GET /v1/users?limit=1000"

// answers are handlers by method and path with query. A request for anything
// else fails the test.
type answers map[string]http.HandlerFunc

// serve returns a client of a service that answers so. Every request has to
// carry the credentials, and a Content-Type exactly when it has a body.
func serve(t *testing.T, by answers, adjust ...func(*rest.Config)) (*fivetran.Client, *requests) {
	t.Helper()
	received := &requests{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line := r.Method + " " + r.RequestURI
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		received.add(line, string(body))
		if key, secret, ok := r.BasicAuth(); !ok || key != "key" || secret != "s3cret" {
			t.Errorf("%s: got the credentials %q and %q", line, key, secret)
		}
		contentType := ""
		if len(body) > 0 {
			contentType = "application/json"
		}
		for name, want := range map[string]string{
			"Accept": "application/json", "User-Agent": "datastack-test", "Content-Type": contentType,
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s: got %q, want %q", line, name, got, want)
			}
		}
		handler, ok := by[line]
		if !ok {
			t.Errorf("unexpected request: %s", line)
			handler = always(http.StatusTeapot, "")
		}
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	base, err := fivetran.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	settings := rest.Config{Base: base, UserAgent: "datastack-test", RequestTimeout: 30 * time.Second, RetryTimeout: time.Minute}
	for _, f := range adjust {
		f(&settings)
	}
	return fivetran.New(settings, "key", "s3cret"), received
}

func file(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// always answers every request alike.
func always(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// inTurn answers the first request with the first handler, and so on; the last
// one answers all that follow.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		handler := handlers[0]
		if len(handlers) > 1 {
			handlers = handlers[1:]
		}
		mu.Unlock()
		handler(w, r)
	}
}

// cut ends the connection instead of answering.
func cut(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		connection.Close()
	}
}

// limited says that the rate limit was met and is over already.
func limited(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", "0")
	w.WriteHeader(http.StatusTooManyRequests)
	io.WriteString(w, `{"code":"TooManyRequests","message":"Slow down"}`)
}

// items is a list of one page.
func items(rows ...string) http.HandlerFunc {
	return always(http.StatusOK, `{"code":"Success","data":{"items":[`+strings.Join(rows, ",")+`]}}`)
}

// expect compares two values by what they hold.
func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\ngot  %s\nwant %s", what, text(got), text(want))
	}
}

func text(value any) string {
	encoded, _ := json.Marshal(value)
	return string(encoded)
}

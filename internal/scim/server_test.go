// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// journal is what a test's server received: path and query of each request.
type journal struct {
	mu       sync.Mutex
	requests []string
}

func (j *journal) add(r *http.Request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	query, _ := url.QueryUnescape(r.URL.RawQuery)
	j.requests = append(j.requests, strings.TrimSuffix(r.URL.Path+"?"+query, "?"))
}

// count tells how many requests began with a path and held a piece of query.
func (j *journal) count(path, piece string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for _, request := range j.requests {
		if strings.HasPrefix(request, path) && strings.Contains(request, piece) {
			n++
		}
	}
	return n
}

// want fails the test unless exactly these requests came, in any order.
func (j *journal) want(t *testing.T, requests ...string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	got := slices.Sorted(slices.Values(j.requests))
	slices.Sort(requests)
	if !slices.Equal(got, requests) {
		t.Errorf("got requests\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(requests, "\n\t"))
	}
}

// serve starts a server and returns a reader of it. patience bounds what is
// repeated after a fault.
func serve(t *testing.T, limit time.Duration, handler http.HandlerFunc) (*Reader, *journal) {
	t.Helper()
	received := &journal{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received.add(r)
		if r.Method != http.MethodGet {
			t.Errorf("got method %s, want GET", r.Method)
		}
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := rest.New(rest.Config{
		Base:           base,
		Authorize:      func(*http.Request) {},
		Refusal:        func() rest.Refusal { return &Refusal{} },
		AnyCase:        true,
		RequestTimeout: limit,
		RetryTimeout:   limit,
	})
	return NewReader(client, "RudderStack"), received
}

// patience is enough for any answer of a server on this machine.
const patience = 30 * time.Second

// listOf writes a ListResponse.
func listOf(total any, rows ...string) string {
	encoded, _ := json.Marshal(total)
	return fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%s,"Resources":[%s]}`,
		encoded, strings.Join(rows, ","))
}

// people returns the rows of n users.
func people(n int) []string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"id":"u%04d","userName":"user%04d@northwind.example","active":true}`, i, i)
	}
	return rows
}

// asked returns a parameter of a request as a number.
func numberOf(r *http.Request, name string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(name))
	return n
}

// part returns the rows that a page from startIndex holds, at most limit.
func part(r *http.Request, rows []string, limit int) []string {
	from := min(max(numberOf(r, "startIndex")-1, 0), len(rows))
	return rows[from:min(from+min(limit, numberOf(r, "count")), len(rows))]
}

// directory answers with whole lists and single resources from rows given as
// JSON, and understands "eq" filters.
type directory struct{ users, groups []string }

func (d directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	collection, id, single := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	rows := d.users
	if collection == "Groups" {
		rows = d.groups
	}
	keep := func(map[string]any) bool { return true }
	if filter := r.URL.Query().Get("filter"); filter != "" {
		attribute, value, _ := strings.Cut(filter, " eq ")
		var wanted string
		if json.Unmarshal([]byte(value), &wanted) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		keep = func(row map[string]any) bool { return row[attribute] == wanted }
	}
	if single {
		keep = func(row map[string]any) bool { return row["id"] == id }
	}
	var found []string
	for _, text := range rows {
		var row map[string]any
		_ = json.Unmarshal([]byte(text), &row)
		if keep(row) {
			found = append(found, text)
		}
	}
	switch {
	case single && len(found) == 0:
		refuse(w, http.StatusNotFound, "")
	case single:
		send(w, found[0])
	default:
		send(w, listOf(len(found), part(r, found, pageSize)...))
	}
}

// refuse answers with a SCIM error.
func refuse(w http.ResponseWriter, status int, scimType string) {
	w.Header().Set("Content-Type", "application/scim+json")
	w.WriteHeader(status)
	send(w, fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","scimType":%q,"detail":"No, %s."}`,
		status, scimType, http.StatusText(status)))
}

func send(w http.ResponseWriter, body string) { _, _ = io.Copy(w, strings.NewReader(body)) }

// cut closes the connection instead of answering.
func cut(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_ = connection.Close()
}

func sendFile(t *testing.T, w http.ResponseWriter, name string) {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Error(err)
	}
	w.Header().Set("Content-Type", "application/scim+json")
	send(w, string(content))
}

// show prints a value so that what pointers point to can be read.
func show(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

func wantSame(t *testing.T, what string, got, want any) {
	t.Helper()
	if show(got) != show(want) {
		t.Errorf("%s:\n got %s\nwant %s", what, show(got), show(want))
	}
}

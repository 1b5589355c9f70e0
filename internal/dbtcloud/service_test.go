// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const account = 1000

// requests records what the service was asked for, path and query.
type requests struct {
	mu   sync.Mutex
	uris []string
}

func (r *requests) add(uri string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.uris = append(r.uris, uri)
}

// sorted returns the requests in an order that does not depend on which of
// those sent side by side was first.
func (r *requests) sorted() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(slices.Values(r.uris))
}

// serve returns a client of a handler. Whatever it asks for, every request has
// to be a GET with the credentials.
func serve(t *testing.T, handler http.HandlerFunc) (*dbtcloud.Client, *requests) {
	t.Helper()
	received := &requests{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received.add(r.RequestURI)
		if r.Method != http.MethodGet {
			t.Errorf("got %s %s, want GET", r.Method, r.RequestURI)
		}
		for name, want := range map[string]string{
			"Authorization": "Token dbtc_secret", "Accept": "application/json", "User-Agent": "datastack-test",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		if body, _ := io.ReadAll(r.Body); len(body) > 0 {
			t.Errorf("got a body: %q", body)
		}
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	base, err := dbtcloud.ParseBaseURL(server.URL + "/api/v3/")
	if err != nil {
		t.Fatal(err)
	}
	settings := rest.Config{Base: base, UserAgent: "datastack-test", RequestTimeout: 30 * time.Second, RetryTimeout: time.Minute}
	return dbtcloud.New(settings, "dbtc_secret", account), received
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

// envelope wraps rows as the service does. total is JSON, "" for none.
func envelope(rows []string, total string) string {
	extra := ""
	if total != "" {
		extra = fmt.Sprintf(`,"extra":{"filters":{"limit":100},"order_by":"id","pagination":{"count":%d,"total_count":%s}}`, len(rows), total)
	}
	return fmt.Sprintf(`{"status":{"code":200,"is_success":true,"user_message":"Success!"},"data":[%s]%s}`, strings.Join(rows, ","), extra)
}

// userRows makes rows with the ids 1 to n.
func userRows(n int) []string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"id":%d,"email":"user%d@example.com","is_active":true,"permissions":[{"account_id":1000,"license_type":"developer","state":1,"groups":[{"id":%d,"name":"Group"}]}]}`,
			i+1, i+1, (i+1)%2)
	}
	return rows
}

// inPages answers with the part of the rows that is asked for.
func inPages(t *testing.T, rows []string, total string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, envelope(part(t, rows, r.URL.Query()), total))
	}
}

func part(t *testing.T, rows []string, query url.Values) []string {
	offset, err := strconv.Atoi(query.Get("offset"))
	if err != nil || offset < 0 {
		t.Errorf("offset: got %q", query.Get("offset"))
		return nil
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		t.Errorf("limit: got %q, want 1 to 100", query.Get("limit"))
		return nil
	}
	start := min(offset, len(rows))
	return rows[start:min(start+limit, len(rows))]
}

// pagesOf returns the requests for pages that begin at some offsets, sorted.
func pagesOf(pattern string, offsets ...int) []string {
	uris := make([]string, len(offsets))
	for i, offset := range offsets {
		uris[i] = fmt.Sprintf(pattern, offset)
	}
	slices.Sort(uris)
	return uris
}

const (
	usersPage         = "/api/v3/accounts/1000/users/?limit=100&offset=%d&order_by=id"
	groupsPage        = "/api/v3/accounts/1000/groups/?include_related=group_permissions&limit=100&offset=%d&order_by=id"
	invitesPage       = "/api/v2/accounts/1000/invites/?limit=100&offset=%d"
	licenseMapsPage   = "/api/v3/accounts/1000/license-maps/?limit=100&offset=%d&order_by=id"
	serviceTokensPage = "/api/v3/accounts/1000/service-tokens/?limit=100&offset=%d"
)

func expectRequests(t *testing.T, received *requests, want []string) {
	t.Helper()
	if got := received.sorted(); !slices.Equal(got, want) {
		t.Errorf("got requests\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

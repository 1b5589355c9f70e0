// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newClient(t *testing.T, address, token string) *rudderstack.Client {
	t.Helper()
	base, err := rudderstack.ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	return rudderstack.New(rest.Config{
		Base: base, UserAgent: "test/1", RequestTimeout: 30 * time.Second, RetryTimeout: 30 * time.Second,
	}, token)
}

func send(w http.ResponseWriter, body string) { _, _ = io.WriteString(w, body) }

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		rudderstack.DefaultBaseURL:             "https://api.rudderstack.com/scim/v2",
		"api.rudderstack.com":                  "https://api.rudderstack.com/scim/v2",
		"https://api.rudderstack.com/":         "https://api.rudderstack.com/scim/v2",
		"https://api.rudderstack.com/scim/v2/": "https://api.rudderstack.com/scim/v2",
		"https://api.eu.rudderstack.com\n":     "https://api.eu.rudderstack.com/scim/v2",
		"http://127.0.0.1:8080":                "http://127.0.0.1:8080/scim/v2",
	} {
		got, err := rudderstack.ParseBaseURL(address)
		if err != nil || got.String() != want {
			t.Errorf("%q: got %v and error %v, want %s", address, got, err, want)
		}
	}
	for _, address := range []string{"", "http://api.rudderstack.com", "ftp://api.rudderstack.com", "https://a:b@api.rudderstack.com", "https://api.rudderstack.com/scim/v2?x=1", "https://api.rudderstack.com/scim", "https://api.rudderstack.com/v2"} {
		if got, err := rudderstack.ParseBaseURL(address); err == nil {
			t.Errorf("%q: got %v, want an error", address, got)
		}
	}
	for address, want := range map[string]string{
		"https://app.rudderstack.com/organization?tab=service-access-tokens": rudderstack.DefaultBaseURL,
		"app.eu.rudderstack.com": "https://api.eu.rudderstack.com/scim/v2",
	} {
		if _, err := rudderstack.ParseBaseURL(address); err == nil || !strings.Contains(err.Error(), "write "+strconv.Quote(want)) {
			t.Errorf("%q: got error %v, want one that says to write %s", address, err, want)
		}
	}
}

// TestRequests sees what every method sends.
func TestRequests(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := []string{r.Method, r.Header.Get("Authorization"), r.Header.Get("Accept"), r.Header.Get("User-Agent")}
		want := []string{"GET", "Bearer secret", "application/scim+json, application/json;q=0.9", "test/1"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", r.URL, got, want)
		}
		if strings.Contains(r.URL.RawQuery, "+") {
			t.Errorf("got query %s, want spaces as %%20", r.URL.RawQuery)
		}
		switch r.URL.Path {
		case "/scim/v2/Users", "/scim/v2/Groups":
			send(w, `{"totalResults":1,"Resources":[{"id":"1","userName":"ann","displayName":"A","members":["1"]}]}`)
		case "/scim/v2/Users/1", "/scim/v2/Groups/1":
			send(w, `{"id":"1","userName":"ann"}`)
		default:
			t.Errorf("got path %s", r.URL.Path)
		}
	}))
	defer server.Close()
	for name, ask := range map[string]func(c *rudderstack.Client) error{
		"Users":       func(c *rudderstack.Client) error { _, err := c.Users(t.Context()); return err },
		"UsersNamed":  func(c *rudderstack.Client) error { _, err := c.UsersNamed(t.Context(), "ann"); return err },
		"User":        func(c *rudderstack.Client) error { _, err := c.User(t.Context(), "1"); return err },
		"Groups":      func(c *rudderstack.Client) error { _, err := c.GroupsWithMembers(t.Context()); return err },
		"GroupsNamed": func(c *rudderstack.Client) error { _, err := c.GroupsNamedWithMembers(t.Context(), "A"); return err },
		"Group":       func(c *rudderstack.Client) error { _, err := c.Group(t.Context(), "1"); return err },
	} {
		if err := ask(newClient(t, server.URL, "secret")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, want := newClient(t, server.URL, "secret").Base(), server.URL+"/scim/v2"; got != want {
		t.Errorf("got base %s, want %s", got, want)
	}
}

// TestReadsOnly holds that nothing a client has or keeps can send a change.
func TestReadsOnly(t *testing.T) {
	t.Parallel()
	getter := reflect.TypeFor[scim.Getter]()
	if getter.NumMethod() != 1 || getter.Method(0).Name != "Get" {
		t.Errorf("got a Getter of %d methods, want Get alone", getter.NumMethod())
	}
	client := reflect.TypeFor[rudderstack.Client]()
	for i := range client.NumField() {
		field := client.Field(i).Type
		if field != reflect.TypeFor[*scim.Reader]() && field.Kind() != reflect.String {
			t.Errorf("the client keeps %s of type %s", client.Field(i).Name, field)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, body, code, message string }{
		{"SCIM", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"403","scimType":"sensitive","detail":"SCIM is not enabled"}`, "sensitive", "SCIM is not enabled"},
		{"message", `{"message":"Unauthorized request"}`, "", "Unauthorized request"},
		{"error", `{"error":"Forbidden"}`, "", "Forbidden"},
		{"another object", `{"error":{"reason":"x"},"message":[5]}`, "", `{"error":{"reason":"x"},"message":[5]}`},
		{"text", `No  access`, "", "No access"},
		{"nothing", ``, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusForbidden)
				send(w, test.body)
			}))
			defer server.Close()
			_, err := newClient(t, server.URL, "secret").Users(t.Context())
			failure, ok := errors.AsType[*rest.Error](err)
			if !ok || failure.Status != http.StatusForbidden || failure.Code != test.code || failure.Message != test.message {
				t.Errorf("got error %v, want 403 with code %q and message %q", err, test.code, test.message)
			}
			if strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("the error %v holds the token", err)
			}
		})
	}
}

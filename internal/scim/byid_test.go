// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestByID(t *testing.T) {
	t.Parallel()
	reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.EscapedPath() {
		case "/Users/odd":
			send(w, `{"id":"ODD","userName":"odd@x"}`)
		case "/Users/page":
			send(w, `<html>`)
		case "/Users/closed", "/Groups/closed":
			refuse(w, http.StatusForbidden, "")
		case "/Users/a%2F..%2Fb%3F":
			send(w, `{"id":"a/../b?","userName":"x"}`)
		default:
			directory{
				users:  []string{`{"id":"1","userName":"ann@x"}`},
				groups: []string{`{"id":"g","displayName":"A","members":[{"value":"1","type":"User"}]}`, `{"id":"h"}`},
			}.ServeHTTP(w, r)
		}
	})
	user, err := reader.User(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "user", user, User{ID: "1", UserName: new("ann@x"), Groups: []GroupRef{{"g", new("A")}}})
	if user, err := reader.User(t.Context(), "a/../b?"); err != nil || user.ID != "a/../b?" {
		t.Errorf("got user %s and error %v", show(user), err)
	}
	for _, id := range []string{"", "2", "odd"} {
		if _, err := reader.User(t.Context(), id); !NotFound(err) {
			t.Errorf("user %q: got error %v, want NotFound", id, err)
		}
	}
	if _, err := reader.User(t.Context(), "2"); rest.Status(err) != http.StatusNotFound || !strings.Contains(err.Error(), "No, Not Found.") {
		t.Errorf("got error %v, want what the service said", err)
	}
	for _, id := range []string{"page", "closed"} {
		if _, err := reader.User(t.Context(), id); err == nil || NotFound(err) {
			t.Errorf("user %q: got error %v, want another than NotFound", id, err)
		}
	}
	if got := received.count("/Users?", ""); got != 0 {
		t.Errorf("got %d requests to the list of users, want none", got)
	}

	group, err := reader.GroupWithMembers(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "group", group, Group{ID: "g", DisplayName: new("A"), Members: []Member{{ID: "1", UserName: new("ann@x"), Type: "User"}}})
	fresh := NewReader(reader.get, "RudderStack")
	if asked, err := fresh.GroupWithMembers(t.Context(), "g"); err != nil || show(asked) != show(group) {
		t.Errorf("got group %s and error %v, want %s", show(asked), err, show(group))
	}
	if group, err = fresh.Group(t.Context(), "g"); err != nil {
		t.Fatal(err)
	}
	wantSame(t, "group without members", group, Group{ID: "g", DisplayName: new("A")})
	if got := received.count("/Groups/g?excludedAttributes=members", ""); got != 1 {
		t.Errorf("got %d requests without members, want 1", got)
	}
	if _, err := fresh.GroupWithMembers(t.Context(), "i"); !NotFound(err) {
		t.Errorf("got error %v, want NotFound", err)
	}
	if _, err := fresh.GroupWithMembers(t.Context(), "closed"); rest.Status(err) != http.StatusForbidden {
		t.Errorf("got error %v, want 403", err)
	}
}

// TestByIDAt200 reads replies of status 200 that are not, or not just, what was
// asked for.
func TestByIDAt200(t *testing.T) {
	const failure = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":`
	for name, test := range map[string]struct {
		body     string
		notFound bool
		err      string // "" for a user
	}{
		"a failure":                 {failure + `"403","scimType":"no","detail":"No, not you."}`, false, "200 OK (no): the service reports a failure: status 403: No, not you. (GET http"},
		"a failure, number":         {failure + `500}`, false, "the service reports a failure: status 500"},
		"a failure, no status":      {failure + `null}`, false, "the service reports a failure"},
		"a failure, no schema":      {`{"status":"401"}`, false, "the service reports a failure: status 401"},
		"not found":                 {failure + `"404","detail":"No such user."}`, true, "the service reports a failure: status 404: No such user."},
		"nothing in it":             {`{}`, false, "the reply is not a SCIM resource: it has no id: {} (GET http"},
		"null":                      {`null`, false, "it has no id"},
		"a list of that user":       {listOf(1, `{"id":"u1","userName":"ann@x","name":"Ann"}`), false, ""},
		"a list of another user":    {listOf(1, `{"id":"u2"}`), false, "the reply is a list, without what was asked for by id"},
		"a list of several":         {listOf(2, `{"id":"u1"}`, `{"id":"u2"}`), false, "the reply is a list"},
		"an empty list":             {listOf(0), false, "the reply is a list"},
		"a user with a status":      {`{"id":"u1","userName":"ann@x","status":"active","name":"Ann"}`, false, ""},
		"a user with such a status": {`{"id":"u1","userName":"ann@x","status":"500","name":"Ann"}`, false, ""},
		"another user":              {`{"id":"u2"}`, true, "the service answered with another id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/Users/u1" {
					send(w, test.body)
					return
				}
				send(w, listOf(0))
			})
			user, err := reader.User(t.Context(), "u1")
			if NotFound(err) != test.notFound {
				t.Errorf("got error %v, not found: %t, want %t", err, NotFound(err), test.notFound)
			}
			switch {
			case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
				t.Errorf("got user %s and error %v, want error %q", show(user), err, test.err)
			case test.err == "" && (err != nil || user.UserName == nil || *user.UserName != "ann@x" || len(user.Unread()) != 1):
				t.Errorf("got user %s, gaps %q and error %v", show(user), user.Unread(), err)
			}
		})
	}
}

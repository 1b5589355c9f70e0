// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const hardName = `R&D "Core" + #1 \ Ops`

// TestFilterDecides looks up where the filter works: no list of users is read.
func TestFilterDecides(t *testing.T) {
	t.Parallel()
	reader, received := serve(t, patience, directory{
		users: []string{`{"id":"1","userName":"Zoë.Müller@x","active":true}`, `{"id":"2","userName":"ann@x"}`},
		groups: []string{
			`{"id":"g1","displayName":"R&D \"Core\" + #1 \\ Ops","members":[{"value":"1"}]}`,
			`{"id":"g2","displayName":"Analysts","members":[]}`,
		},
	}.ServeHTTP)
	users, err := reader.UsersNamed(t.Context(), " Zoë.Müller@x ")
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "users", users, []User{{
		ID: "1", UserName: new("Zoë.Müller@x"), Active: new(true), Groups: []GroupRef{{ID: "g1", DisplayName: new(hardName)}},
	}})
	received.want(t,
		`/Users?count=100&filter=userName eq "Zoë.Müller@x"&startIndex=1`,
		"/Groups?count=100&startIndex=1", "/Groups?count=100&startIndex=3")

	groups, err := NewReader(reader.get, "RudderStack").GroupsNamed(t.Context(), hardName)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "groups", groups, []Group{{ID: "g1", DisplayName: new(hardName)}})
	if got := received.count("/Groups", `excludedAttributes=members&filter=displayName eq "R&D \"Core\" + #1 \\ Ops"`); got != 1 {
		t.Errorf("got %d lookups of the group in %q, want 1", got, received.requests)
	}
}

// TestFilterInDoubt looks up from services whose filter cannot be relied on:
// the answer then comes from the whole list.
func TestFilterInDoubt(t *testing.T) {
	whole := []string{`{"id":"1","userName":"Ann@x"}`, `{"id":"2","userName":"bob@x"}`, `{"id":"3","userName":"ann@x.example"}`}
	for _, test := range []struct {
		name   string
		answer func(w http.ResponseWriter)
	}{
		{"refused", func(w http.ResponseWriter) { refuse(w, http.StatusBadRequest, "invalidFilter") }},
		{"forbidden", func(w http.ResponseWriter) { refuse(w, http.StatusForbidden, "") }},
		{"not found", func(w http.ResponseWriter) { refuse(w, http.StatusNotFound, "") }},
		{"not implemented", func(w http.ResponseWriter) { refuse(w, http.StatusNotImplemented, "") }},
		{"server error", func(w http.ResponseWriter) { refuse(w, http.StatusInternalServerError, "") }},
		{"cut connection", func(w http.ResponseWriter) { cut(t, w) }},
		{"nothing found", func(w http.ResponseWriter) { send(w, listOf(0)) }},
		{"nothing found, as null", func(w http.ResponseWriter) { send(w, `{"totalResults":0,"Resources":null}`) }},
		{"ignored", func(w http.ResponseWriter) { send(w, listOf(3, whole...)) }},
		{"another user", func(w http.ResponseWriter) { send(w, listOf(1, whole[1])) }},
		{"a similar user", func(w http.ResponseWriter) { send(w, listOf(1, whole[2])) }},
		{"an invented user", func(w http.ResponseWriter) { send(w, listOf(1, `{"userName":"ann@x"}`)) }},
		{"more pages", func(w http.ResponseWriter) { send(w, listOf(2, whole[0])) }},
		{"a next page", func(w http.ResponseWriter) { send(w, fmt.Sprintf(`{"nextCursor":"2","Resources":[%s]}`, whole[0])) }},
		{"another body", func(w http.ResponseWriter) { send(w, `{}`) }},
		{"log-in page", func(w http.ResponseWriter) { send(w, `<html>`) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			// Little time to retry what looks like a transient error.
			reader, received := serve(t, 2*time.Second, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Has("filter") {
					test.answer(w)
					return
				}
				directory{users: whole}.ServeHTTP(w, r)
			})
			for range 2 {
				users, err := reader.UsersNamed(t.Context(), "ann@x")
				if err != nil {
					t.Fatal(err)
				}
				wantSame(t, "users", users, []User{{ID: "1", UserName: new("Ann@x"), Groups: []GroupRef{}}})
			}
			if got := received.count("/Users?count=100&startIndex=1", ""); got != 1 {
				t.Errorf("got %d lists of users, want 1", got)
			}
			if got := received.count("/Users", "filter"); test.name == "server error" && got != 1 {
				t.Errorf("got %d requests with a filter that crashes, want 1", got)
			}
			none, err := reader.UsersNamed(t.Context(), "nobody@x")
			if err != nil || len(none) != 0 {
				t.Errorf("got users %s and error %v, want none", show(none), err)
			}
		})
	}
}

// TestFilterRefusedForGood sees to it that a refusal which meets every request
// is not answered with more of them.
func TestFilterRefusedForGood(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusUnauthorized, http.StatusTooManyRequests} {
		reader, received := serve(t, patience, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			refuse(w, status, "")
		})
		if _, err := reader.UsersNamed(t.Context(), "ann@x"); rest.Status(err) != status {
			t.Errorf("got error %v, want %d", err, status)
		}
		received.want(t, `/Users?count=100&filter=userName eq "ann@x"&startIndex=1`)
	}
}

func TestLookUpCancelled(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, patience, directory{}.ServeHTTP)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader.UsersNamed(ctx, "ann@x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that of the context", err)
	}
}

func TestGroupsNamedAreExactAndMayBeSeveral(t *testing.T) {
	t.Parallel()
	groups := []string{
		`{"id":"b","displayName":"Analysts","members":[]}`, `{"id":"c","displayName":"analysts","members":[]}`,
		`{"id":"a","displayName":"Analysts","members":[]}`, `{"id":"a","displayName":"Analysts","members":[]}`,
	}
	reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Users" {
			send(w, listOf(0))
			return
		}
		send(w, listOf(4, groups...))
	})
	got, err := reader.GroupsNamedWithMembers(t.Context(), "Analysts")
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "groups", got, []Group{
		{ID: "a", DisplayName: new("Analysts"), Members: []Member{}},
		{ID: "b", DisplayName: new("Analysts"), Members: []Member{}},
	})
	received.want(t, `/Groups?count=100&filter=displayName eq "Analysts"&startIndex=1`, "/Users?count=100&startIndex=1")
}

// TestManyLookUps asks for 30 users by name and by id in turn: ten one by one,
// the others from one list, or one by one too where the list is closed.
func TestManyLookUps(t *testing.T) {
	for _, test := range []struct {
		name   string
		closed bool
		want   int
	}{
		{"list open", false, 10 + 2},
		{"list closed", true, 30 + 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				if test.closed && r.URL.Path == "/Users" && !r.URL.Query().Has("filter") {
					refuse(w, http.StatusForbidden, "")
					return
				}
				directory{users: people(30)}.ServeHTTP(w, r)
			})
			for i := range 15 {
				users, err := reader.UsersNamed(t.Context(), fmt.Sprintf("user%04d@northwind.example", i))
				if err != nil || len(users) != 1 {
					t.Fatalf("user %d: got %s and error %v", i, show(users), err)
				}
				id := fmt.Sprintf("u%04d", 15+i)
				if user, err := reader.User(t.Context(), id); err != nil || user.ID != id {
					t.Fatalf("user %s: got %s and error %v", id, show(user), err)
				}
			}
			if got := received.count("/Users", ""); got != test.want {
				t.Errorf("got %d requests for users, want %d", got, test.want)
			}
		})
	}
}

// TestListWithoutTheInactive looks up a user that the list leaves out, before
// and after it was read.
func TestListWithoutTheInactive(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
		whole := directory{users: []string{`{"id":"1","userName":"ann@x"}`, `{"id":"2","userName":"bob@x","active":false}`}}
		if r.URL.Path == "/Users" && !r.URL.Query().Has("filter") {
			whole.users = whole.users[:1]
		}
		whole.ServeHTTP(w, r)
	})
	for range 2 {
		if users, err := reader.UsersNamed(t.Context(), "bob@x"); err != nil || len(users) != 1 {
			t.Errorf("by name: got users %s and error %v, want one", show(users), err)
		}
		if user, err := reader.User(t.Context(), "2"); err != nil || user.ID != "2" {
			t.Errorf("by id: got user %s and error %v", show(user), err)
		}
		if users, err := reader.Users(t.Context()); err != nil || len(users) != 1 {
			t.Errorf("got users %s and error %v, want one", show(users), err)
		}
	}
}

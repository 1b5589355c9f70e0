// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"net/http"
	"sync"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// northwind serves the files in testdata, two users to a page.
func northwind(t *testing.T) (*Reader, *journal) {
	t.Helper()
	files := map[string]string{
		"/Users 1": "users-1.json", "/Users 3": "users-2.json", "/Users 4": "users-3.json",
		"/Groups 1": "groups.json", "/Groups 4": "groups-end.json",
	}
	return serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
		name := files[r.URL.Path+" "+r.URL.Query().Get("startIndex")]
		if name == "" {
			t.Errorf("unexpected request %s", r.URL)
			refuse(w, http.StatusBadRequest, "")
			return
		}
		sendFile(t, w, name)
	})
}

const (
	zoe      = "2Zq8vN0bM3xTf5kLwRj7YcHd1Pe"
	annID    = "2Zq8vP4cX9sKd2mQhTn6BgFa0Vu"
	bot      = "2Zq8vR7eJ1yWp8nGkUz5CtSb3Oi"
	stranger = "2Zq8vZ9xX9xX9xX9xX9xX9xX9xX"
	core     = "2Zq9aK8hW2qYc7iSlAe4TzRm6Fj"
	analysts = "2Zq9aB6dL4vHx0rMjEy8NwKq2Ct"
	admins   = "2Zq9aA1fN5rUe3oVkDx6MyJs8Lg"
	outside  = "2Zq9aF3gQ7tZs5uPoIw1VbXn9Dk"
)

func TestUsers(t *testing.T) {
	t.Parallel()
	reader, received := northwind(t)
	got, err := reader.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "users", got, []User{
		{
			ID: annID, UserName: new("ann@northwind.example"), DisplayName: new("Ann Lee"), Active: new(false),
			Email: new("ann@northwind.example"), Emails: []string{"ann@northwind.example"}, Groups: []GroupRef{},
		},
		{
			ID: bot, UserName: new("reporting-bot"),
			Groups: []GroupRef{{ID: analysts, DisplayName: new("Analysts")}, {ID: outside, DisplayName: new("Contractors")}},
		},
		{
			ID: zoe, UserName: new("Zoe.Müller@northwind.example"), ExternalID: new("00u1a2b3c4"), CreatedAt: new("2026-02-03T09:10:11Z"),
			DisplayName: new("Zoë Müller"), GivenName: new("Zoë"), FamilyName: new("Müller"), Active: new(true),
			Email:  new("Zoe.Müller@northwind.example"),
			Emails: []string{"zoe@home.example", "Zoe.Müller@northwind.example"},
			Groups: []GroupRef{{ID: admins, DisplayName: new("admins")}, {ID: analysts, DisplayName: new("Analysts")}},
		},
	})
	wantSame(t, "statuses", []*rest.UserStatus{got[0].Status(), got[1].Status(), got[2].Status()},
		[]*rest.UserStatus{new(rest.UserInactive), nil, new(rest.UserActive)})
	if group, err := reader.Group(t.Context(), admins); err != nil || group.ID != admins {
		t.Errorf("got group %s and error %v, want it from the list that was read for memberships", show(group), err)
	}
	received.want(t,
		"/Users?count=100&startIndex=1", "/Users?count=100&startIndex=3", "/Users?count=100&startIndex=4",
		"/Groups?count=100&startIndex=1", "/Groups?count=100&startIndex=4")
	for _, user := range got {
		if user.GroupsErr != nil {
			t.Errorf("user %s: got groups error %v, want none", user.ID, user.GroupsErr)
		}
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	reader, received := northwind(t)
	got, err := reader.GroupsWithMembers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name := new("Zoe.Müller@northwind.example")
	want := []Group{
		{ID: admins, DisplayName: new("admins"), Members: []Member{
			{ID: zoe, UserName: name, Type: "User"},
			{ID: analysts, Type: "Group"},
		}},
		{ID: analysts, DisplayName: new("Analysts"), Members: []Member{
			{ID: zoe, UserName: name, Display: new("Zoë Müller"), Type: "User"},
			{ID: bot, UserName: new("reporting-bot"), Display: new("reporting-bot"), Type: "User"},
			{ID: stranger, Display: new("an unknown user"), Type: "unknown"},
			{ID: core, Type: "Group"},
		}},
		{ID: core, DisplayName: new(`R&D "Core" + #1 \ Ops`), ExternalID: new("rnd"), Members: []Member{}},
	}
	wantSame(t, "groups", got, want)

	bare, err := reader.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		want[i].Members = nil
	}
	wantSame(t, "groups without members", bare, want)
	if got := received.count("/Groups", ""); got != 2 {
		t.Errorf("got %d requests for groups, want the 2 of one list", got)
	}
}

// TestOneListing asks for everything from many sides at once.
func TestOneListing(t *testing.T) {
	t.Parallel()
	reader, received := northwind(t)
	var all sync.WaitGroup
	for range 20 {
		for _, ask := range []func() error{
			func() error { _, err := reader.Users(t.Context()); return err },
			func() error { _, err := reader.GroupsWithMembers(t.Context()); return err },
		} {
			all.Go(func() {
				if err := ask(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	for _, ask := range []func() error{
		func() error { _, err := reader.UsersNamed(t.Context(), "ann@northwind.example"); return err },
		func() error { _, err := reader.User(t.Context(), annID); return err },
		func() error { _, err := reader.GroupsNamedWithMembers(t.Context(), "admins"); return err },
		func() error { _, err := reader.Group(t.Context(), admins); return err },
		func() error { _, err := reader.Groups(t.Context()); return err },
	} {
		if err := ask(); err != nil {
			t.Error(err)
		}
	}
	received.want(t,
		"/Users?count=100&startIndex=1", "/Users?count=100&startIndex=3", "/Users?count=100&startIndex=4",
		"/Groups?count=100&startIndex=1", "/Groups?count=100&startIndex=4")
}

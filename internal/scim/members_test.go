// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestMembersNotInList reads from services that return members, if at all, only
// for one group at a time.
func TestMembersNotInList(t *testing.T) {
	const n = 30
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"id":"g%02d","displayName":"Group %02d"}`, i, i))
	}
	for _, test := range []struct {
		name   string
		single func(w http.ResponseWriter, id string)
		want   func(i int) []Member
		// refused is how many groups cannot be read one by one.
		refused int
		// lookup is how many single groups the lookup of one asks for.
		lookup int
	}{
		{
			"returned one by one",
			func(w http.ResponseWriter, id string) {
				send(w, fmt.Sprintf(`{"id":%q,"members":[{"value":"u0001"}]}`, id))
			},
			func(int) []Member {
				return []Member{{ID: "u0001", UserName: new("user0001@northwind.example"), Type: "User"}}
			},
			0, 1,
		},
		{"never returned", func(w http.ResponseWriter, id string) { send(w, fmt.Sprintf(`{"id":%q}`, id)) }, func(int) []Member { return nil }, 0, 1 + n},
		{
			"left out where empty",
			func(w http.ResponseWriter, id string) {
				if id == "g00" {
					send(w, `{"id":"g00","members":["u0001"]}`)
					return
				}
				send(w, fmt.Sprintf(`{"id":%q}`, id))
			},
			func(i int) []Member {
				if i == 0 {
					return []Member{{ID: "u0001", UserName: new("user0001@northwind.example"), Type: "User"}}
				}
				return []Member{}
			},
			0, 1 + n,
		},
		{"closed", func(w http.ResponseWriter, _ string) { refuse(w, http.StatusForbidden, "") }, func(int) []Member { return nil }, n, 1},
		{
			"one is gone",
			func(w http.ResponseWriter, id string) {
				if id == "g07" {
					refuse(w, http.StatusNotFound, "")
					return
				}
				send(w, fmt.Sprintf(`{"id":%q,"members":[]}`, id))
			},
			func(i int) []Member {
				if i == 7 {
					return nil
				}
				return []Member{}
			},
			1, 1,
		},
		{"another group", func(w http.ResponseWriter, _ string) { send(w, `{"id":"x","members":[]}`) }, func(int) []Member { return nil }, n, 1},
		{"error", func(w http.ResponseWriter, _ string) { refuse(w, http.StatusBadRequest, "") }, func(int) []Member { return nil }, n, 1},
		{"no JSON", func(w http.ResponseWriter, _ string) { send(w, "<html>") }, func(int) []Member { return nil }, n, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				if id, ok := strings.CutPrefix(r.URL.Path, "/Groups/"); ok {
					test.single(w, id)
					return
				}
				directory{users: people(2), groups: rows}.ServeHTTP(w, r)
			})
			groups, err := reader.GroupsWithMembers(t.Context())
			if err != nil || len(groups) != n {
				t.Fatalf("got %d groups and error %v", len(groups), err)
			}
			refused := 0
			for i, group := range groups {
				wantSame(t, group.ID, group.Members, test.want(i))
				if group.MembersErr != nil {
					refused++
				}
			}
			if refused != test.refused {
				t.Errorf("got %d groups that were refused, want %d", refused, test.refused)
			}
			if got := received.count("/Groups/", ""); got != n {
				t.Errorf("got %d requests for single groups, want %d", got, n)
			}

			named, err := NewReader(reader.get, "RudderStack").GroupsNamedWithMembers(t.Context(), "Group 07")
			if err != nil || len(named) != 1 {
				t.Fatalf("got %d groups and error %v", len(named), err)
			}
			wantSame(t, "looked up", named[0].Members, test.want(7))
			if got := received.count("/Groups/", "") - n; got != test.lookup {
				t.Errorf("got %d requests for single groups by a lookup, want %d", got, test.lookup)
			}
		})
	}
}

// TestMembersAgree looks at the same group in the list and by lookup, where
// nothing but the known ids distinguishes users from groups.
func TestMembersAgree(t *testing.T) {
	t.Parallel()
	for _, closed := range []bool{false, true} {
		handler := func(w http.ResponseWriter, r *http.Request) {
			if closed && r.URL.Path == "/Users" {
				refuse(w, http.StatusNotImplemented, "")
				return
			}
			directory{
				users:  []string{`{"id":"1","userName":"ann"}`},
				groups: []string{`{"id":"a","displayName":"A","members":["1","b","c",{"value":"1","type":"Group"}]}`, `{"id":"b","displayName":"B","members":["a"]}`},
			}.ServeHTTP(w, r)
		}
		want := []Member{
			{ID: "1", Type: "Group"}, {ID: "1", UserName: new("ann"), Type: "User"}, {ID: "b", Type: "Group"}, {ID: "c", Type: "unknown"},
		}
		if closed {
			want[1] = Member{ID: "1", Type: "unknown"}
		}
		reader, _ := serve(t, patience, handler)
		groups, err := reader.GroupsWithMembers(t.Context())
		if err != nil || len(groups) != 2 {
			t.Fatalf("got %d groups and error %v", len(groups), err)
		}
		wantSame(t, "in the list", groups[0].Members, want)
		wantSame(t, "in the other", groups[1].Members, []Member{{ID: "a", Type: "Group"}})

		reader, received := serve(t, patience, handler)
		named, err := reader.GroupsNamedWithMembers(t.Context(), "A")
		if err != nil || len(named) != 1 {
			t.Fatalf("got %d groups and error %v", len(named), err)
		}
		wantSame(t, "by name", named[0].Members, want)
		if got := received.count("/Groups?count=100&startIndex", ""); got != 0 {
			t.Errorf("got %d lists of groups with members, want none", got)
		}
	}
}

// TestMembersLeftOut lists without members from a service that sends them
// nevertheless.
func TestMembersLeftOut(t *testing.T) {
	t.Parallel()
	reader, received := serve(t, patience, directory{groups: []string{`{"id":"a","members":["1"]}`}}.ServeHTTP)
	groups, err := reader.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "groups", groups, []Group{{ID: "a"}})
	received.want(t,
		"/Groups?count=100&excludedAttributes=members&startIndex=1", "/Groups?count=100&excludedAttributes=members&startIndex=2")
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// TestMemberships joins what users and groups tell, or do not tell, of each
// other. The user asked for has the id 1.
func TestMemberships(t *testing.T) {
	for _, test := range []struct {
		name   string
		groups string // of the user: the attribute, if any
		listed []string
		want   []GroupRef
	}{
		{"neither side tells", ``, []string{`{"id":"a"}`}, nil},
		{"neither side tells anything but null", `,"groups":null`, []string{`{"id":"a","members":null}`}, nil},
		{"there are no groups", ``, nil, []GroupRef{}},
		{"the groups say no", ``, []string{`{"id":"a","members":[]}`}, []GroupRef{}},
		{"the user says no", `,"groups":[]`, []string{`{"id":"a"}`}, []GroupRef{}},
		{"the groups tell", ``, []string{`{"id":"a","displayName":"A","members":[{"value":"2"},{"value":"1"}]}`}, []GroupRef{{ID: "a", DisplayName: new("A")}}},
		{"one group tells", ``, []string{`{"id":"a","members":["1"]}`, `{"id":"b","members":null}`}, []GroupRef{{ID: "a"}}},
		{"the user tells", `,"groups":["a",{"value":"b","display":"B"}]`, []string{`{"id":"a","displayName":"A"}`}, []GroupRef{{ID: "a", DisplayName: new("A")}, {ID: "b", DisplayName: new("B")}}},
		{
			"both tell", `,"groups":[{"value":"a","display":"old name"},{"value":"c","display":"C"}]`,
			[]string{`{"id":"b","displayName":"b","members":["1","1"]}`, `{"id":"a","displayName":"A","members":["1"]}`},
			[]GroupRef{{ID: "a", DisplayName: new("A")}, {ID: "b", DisplayName: new("b")}, {ID: "c", DisplayName: new("C")}},
		},
		{
			"a group of the same id", ``,
			[]string{`{"id":"a","members":[{"value":"1","type":"Group"}]}`, `{"id":"b","members":[{"value":"1","$ref":"Groups/1"}]}`},
			[]GroupRef{},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, _ := serve(t, patience, directory{
				users:  []string{`{"id":"1","userName":"ann"` + test.groups + `}`, `{"id":"2","userName":"bob"}`},
				groups: test.listed,
			}.ServeHTTP)
			user, err := reader.User(t.Context(), "1")
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "groups by id", user.Groups, test.want)
			named, err := reader.UsersNamed(t.Context(), "ann")
			if err != nil || len(named) != 1 {
				t.Fatalf("got %d users and error %v", len(named), err)
			}
			wantSame(t, "groups by name", named[0].Groups, test.want)
			users, err := reader.Users(t.Context())
			if err != nil || len(users) != 2 {
				t.Fatalf("got %d users and error %v", len(users), err)
			}
			wantSame(t, "groups in the list", users[0].Groups, test.want)
		})
	}
}

// TestGroupsUnavailable reads users where the list of groups is refused.
func TestGroupsUnavailable(t *testing.T) {
	for _, status := range []int{http.StatusForbidden, http.StatusNotFound, http.StatusNotImplemented} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/Groups") {
					refuse(w, status, "")
					return
				}
				directory{users: []string{`{"id":"1","userName":"ann"}`, `{"id":"2","userName":"bob","groups":["a"]}`}}.ServeHTTP(w, r)
			})
			named, err := reader.UsersNamed(t.Context(), "ann")
			if err != nil || len(named) != 1 {
				t.Fatalf("got %d users and error %v", len(named), err)
			}
			users, err := reader.Users(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "users", users, []User{
				{ID: "1", UserName: new("ann"), GroupsErr: users[0].GroupsErr},
				{ID: "2", UserName: new("bob"), Groups: []GroupRef{{ID: "a"}}, GroupsErr: users[0].GroupsErr},
			})
			if got := received.count("/Groups", ""); got != 1 {
				t.Errorf("got %d requests for groups, want 1", got)
			}
			_, members := reader.GroupsWithMembers(t.Context())
			_, bare := reader.Groups(t.Context())
			_, groupsNamed := reader.GroupsNamedWithMembers(t.Context(), "A")
			_, unheard := NewReader(reader.get, "RudderStack").Groups(t.Context())
			for _, err := range []error{users[0].GroupsErr, users[1].GroupsErr, named[0].GroupsErr, members, bare, groupsNamed, unheard} {
				if _, ok := errors.AsType[*GroupsUnavailableError](err); !ok || rest.Status(err) != status {
					t.Errorf("got error %v, want a GroupsUnavailableError of %d", err, status)
				}
			}
		})
	}
}

func TestGroupsFault(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Groups" {
			send(w, listOf(2, `{"id":"a","members":["1"]}`))
			return
		}
		directory{users: people(1)}.ServeHTTP(w, r)
	})
	if users, err := reader.Users(t.Context()); err == nil {
		t.Errorf("got users %s without error, though memberships are missing", show(users))
	}
}

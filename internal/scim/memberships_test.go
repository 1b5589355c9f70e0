// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// TestMemberships joins what users and groups say, or do not say, of each
// other. The user asked for has the id 1.
func TestMemberships(t *testing.T) {
	for _, test := range []struct {
		name   string
		groups string // of the user: the attribute, if any
		listed []string
		want   []GroupRef
	}{
		{"neither side says anything", ``, []string{`{"id":"a"}`}, nil},
		{"neither side says anything but null", `,"groups":null`, []string{`{"id":"a","members":null}`}, nil},
		{"there are no groups", ``, nil, []GroupRef{}},
		{"the groups say no", ``, []string{`{"id":"a","members":[]}`}, []GroupRef{}},
		{"the user says no", `,"groups":[]`, []string{`{"id":"a"}`}, []GroupRef{}},
		{"the groups say yes", ``, []string{`{"id":"a","displayName":"A","members":[{"value":"2"},{"value":"1"}]}`}, []GroupRef{{ID: "a", DisplayName: new("A")}}},
		{"one group says yes", ``, []string{`{"id":"a","members":["1"]}`, `{"id":"b","members":null}`}, []GroupRef{{ID: "a"}}},
		{"the user says yes", `,"groups":["a",{"value":"b","display":"B"}]`, []string{`{"id":"a","displayName":"A"}`}, []GroupRef{{ID: "a", DisplayName: new("A")}, {ID: "b", DisplayName: new("B")}}},
		{
			"both say yes", `,"groups":[{"value":"a","display":"old name"},{"value":"c","display":"C"}]`,
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

// TestGroupsUnavailable reads users where the list of groups is refused, or
// where that part of the service is broken.
func TestGroupsUnavailable(t *testing.T) {
	for _, status := range []int{
		http.StatusForbidden, http.StatusNotFound, http.StatusNotImplemented, http.StatusBadRequest, http.StatusMethodNotAllowed,
		http.StatusInternalServerError, http.StatusOK,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			// Too little time to repeat what looks like a transient error.
			reader, received := serve(t, 400*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
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

// TestGroupsOutOfReach reads where a refusal of groups says nothing about groups.
func TestGroupsOutOfReach(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusTooManyRequests} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			for _, path := range []string{"/Groups", "/Groups/a"} {
				reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == path {
						w.Header().Set("Retry-After", "3600")
						refuse(w, status, "")
						return
					}
					directory{users: people(1), groups: []string{`{"id":"a"}`}}.ServeHTTP(w, r)
				})
				if users, err := reader.Users(t.Context()); rest.Status(err) != status {
					t.Errorf("%s: got users %s and error %v, want %d", path, show(users), err, status)
				}
			}
		})
	}
}

// TestOneGroupIsBroken leaves memberships unknown rather than too few, and names
// the group.
func TestOneGroupIsBroken(t *testing.T) {
	t.Parallel()
	reader, received := serve(t, 400*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Groups/b" {
			refuse(w, http.StatusInternalServerError, "")
			return
		}
		directory{
			users:  []string{`{"id":"1","userName":"ann"}`, `{"id":"2","userName":"bob","groups":["b"]}`},
			groups: []string{`{"id":"a","displayName":"A","members":["1"]}`, `{"id":"b","displayName":"B"}`},
		}.ServeHTTP(w, r)
	})
	users, err := reader.Users(t.Context())
	if err != nil || len(users) != 2 {
		t.Fatalf("got %d users and error %v, want 2", len(users), err)
	}
	wantSame(t, "what is not known", users[0].Groups, []GroupRef(nil))
	wantSame(t, "what the user says", users[1].Groups, []GroupRef{{ID: "b", DisplayName: new("B")}})
	for _, user := range users {
		members, ok := errors.AsType[*MembersUnavailableError](user.GroupsErr)
		if !ok || rest.Status(user.GroupsErr) != http.StatusInternalServerError ||
			!strings.HasPrefix(user.GroupsErr.Error(), `members of 1 RudderStack SCIM groups are not available ("B" (id "b")): 500`) {
			t.Errorf("got %v, want what was refused", members)
		}
	}
	groups, err := reader.GroupsWithMembers(t.Context())
	if err != nil || len(groups) != 2 {
		t.Fatalf("got %d groups and error %v, want 2", len(groups), err)
	}
	if groups[0].MembersErr != nil || rest.Status(groups[1].MembersErr) != http.StatusInternalServerError {
		t.Errorf("got refusals %v and %v, want the second", groups[0].MembersErr, groups[1].MembersErr)
	}
	wantSame(t, "members", [][]Member{groups[0].Members, groups[1].Members}, [][]Member{{{ID: "1", UserName: new("ann"), Type: "User"}}, nil})
	if got := received.count("/Groups/a", ""); got != 0 {
		t.Errorf("got %d requests for the group with members, want none", got)
	}
}

// TestManyGroupsAreBroken asks for most of them once only.
func TestManyGroupsAreBroken(t *testing.T) {
	t.Parallel()
	var groups []string
	for i := range 50 {
		groups = append(groups, fmt.Sprintf(`{"id":"g%d"}`, i))
	}
	reader, received := serve(t, 2*time.Second, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/Groups/") {
			refuse(w, http.StatusInternalServerError, "")
			return
		}
		directory{users: people(1), groups: groups}.ServeHTTP(w, r)
	})
	users, err := reader.Users(t.Context())
	if err != nil || len(users) != 1 || users[0].Groups != nil {
		t.Errorf("got users %s and error %v, want one without groups", show(users), err)
	}
	if got := received.count("/Groups/", ""); got < 50 || got > 50+8*4 {
		t.Errorf("got %d requests for 50 groups, want those beyond the first eight asked for once", got)
	}
}

// TestUsersUnavailable reads groups where the list of users is broken.
func TestUsersUnavailable(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, 400*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Users" {
			refuse(w, http.StatusInternalServerError, "")
			return
		}
		directory{groups: []string{`{"id":"a","members":["1"]}`}}.ServeHTTP(w, r)
	})
	groups, err := reader.GroupsWithMembers(t.Context())
	if err != nil || len(groups) != 1 || rest.Status(groups[0].UsersErr) != http.StatusInternalServerError {
		t.Fatalf("got groups %s and error %v, want one that says what was refused", show(groups), err)
	}
	wantSame(t, "members", groups[0].Members, []Member{{ID: "1", Type: "unknown"}})
}

// TestBothSides joins what users and groups say, and doubts what does not agree.
func TestBothSides(t *testing.T) {
	t.Parallel()
	ann, bob := Member{ID: "1", UserName: new("ann"), Type: "User"}, Member{ID: "2", UserName: new("bob"), Type: "User"}
	for _, test := range []struct {
		name          string
		users, groups []string // the attributes of ann and bob, and the groups a and so on
		annIn, bobIn  []GroupRef
		members       []Member // of a
		doubt         string   // about a
	}{
		{
			"they agree", []string{`["a"]`, `[]`}, []string{`["1"]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{}, []Member{ann}, "",
		},
		{
			"the group lists fewer", []string{`["a"]`, `["a"]`}, []string{`["1"]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{{ID: "a"}}, []Member{ann, bob}, "the group has 1 users, and 2 users name the group",
		},
		{
			"the group lists none", []string{`["a"]`, `["a"]`}, []string{`[]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{{ID: "a"}}, []Member{ann, bob}, "the group has 0 users, and 2 users name the group",
		},
		{
			"a user does not name the group", []string{`["a"]`, `[]`}, []string{`["1","2"]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{{ID: "a"}}, []Member{ann, bob}, "the group has 2 users, and 1 users name the group",
		},
		{
			"users say nothing", []string{`[]`, `[]`}, []string{`["1","2"]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{{ID: "a"}}, []Member{ann, bob}, "",
		},
		{
			"one user does not say", []string{`["a"]`, `null`}, []string{`["1","2"]`},
			[]GroupRef{{ID: "a"}}, []GroupRef{{ID: "a"}}, []Member{ann, bob}, "",
		},
		{
			"marked as indirect", []string{`["b",{"value":"a","type":"Indirect"}]`, `[]`}, []string{`["b"]`, `["1"]`},
			[]GroupRef{{ID: "b"}}, []GroupRef{}, []Member{{ID: "b", Type: "Group"}}, "",
		},
		{
			"indirect, not marked", []string{`["a","b","c"]`, `[]`}, []string{`["b"]`, `["c","a"]`, `["1"]`},
			[]GroupRef{{ID: "c"}}, []GroupRef{}, []Member{{ID: "b", Type: "Group"}}, "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var groups []string
			for i, members := range test.groups {
				groups = append(groups, fmt.Sprintf(`{"id":"%c","members":%s}`, 'a'+i, members))
			}
			reader, _ := serve(t, patience, directory{groups: groups, users: []string{
				`{"id":"1","userName":"ann","groups":` + test.users[0] + `}`, `{"id":"2","userName":"bob","groups":` + test.users[1] + `}`,
			}}.ServeHTTP)
			var doubts []Doubt
			if test.doubt != "" {
				doubts = []Doubt{{GroupRef{ID: "a"}, test.doubt}}
			}
			users, err := reader.Users(t.Context())
			if err != nil || len(users) != 2 {
				t.Fatalf("got %d users and error %v, want 2", len(users), err)
			}
			wantSame(t, "groups of ann", users[0].Groups, test.annIn)
			wantSame(t, "groups of bob", users[1].Groups, test.bobIn)
			wantSame(t, "doubts of users", users[0].Doubts, doubts)
			listed, err := reader.GroupsWithMembers(t.Context())
			if err != nil || len(listed) != len(groups) {
				t.Fatalf("got %d groups and error %v", len(listed), err)
			}
			single, err := NewReader(reader.get, "RudderStack").GroupWithMembers(t.Context(), "a")
			if err != nil {
				t.Fatal(err)
			}
			for _, group := range []Group{listed[0], single} {
				wantSame(t, "members", group.Members, test.members)
				wantSame(t, "doubts of the group", group.Doubts, doubts)
			}
		})
	}
}

// TestUsersWithoutGroups asks nothing of groups.
func TestUsersWithoutGroups(t *testing.T) {
	t.Parallel()
	reader, received := serve(t, patience, directory{users: []string{`{"id":"1","userName":"ann","groups":["a"]}`}, groups: []string{`{"id":"a","members":["1"]}`}}.ServeHTTP)
	users, err := reader.UsersWithoutGroups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "users", users, []User{{ID: "1", UserName: new("ann")}})
	if got := received.count("/Groups", ""); got != 0 {
		t.Errorf("got %d requests for groups, want none", got)
	}
	if users, err = reader.Users(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantSame(t, "groups afterwards", users[0].Groups, []GroupRef{{ID: "a"}})
}

// TestUnreadMembersAreDoubts sees to it that users know of them.
func TestUnreadMembersAreDoubts(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, patience, directory{users: people(1), groups: []string{`{"id":"a","displayName":"A","members":[{}]}`}}.ServeHTTP)
	users, err := reader.Users(t.Context())
	if err != nil || len(users) != 1 {
		t.Fatalf("got %d users and error %v, want 1", len(users), err)
	}
	wantSame(t, "doubts", users[0].Doubts, []Doubt{{GroupRef{ID: "a", DisplayName: new("A")}, "members: an entry has neither value nor $ref"}})
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

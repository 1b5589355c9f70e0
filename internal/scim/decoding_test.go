// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// decode reads a row as a client of a SCIM service does.
func decode(row string, into any) error {
	return jsonv2.Unmarshal([]byte(row), into, jsonv2.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true))
}

func TestUserRow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, row string
		want      User
	}{
		{"id only", `{"id":"1"}`, User{ID: "1"}},
		{
			"null everywhere",
			`{"id":"1","userName":null,"externalId":null,"displayName":null,"name":null,"active":null,"emails":null,"groups":null}`,
			User{ID: "1"},
		},
		{
			"empty strings and lists",
			`{"id":"1","userName":"","name":{"givenName":"","familyName":null},"emails":[],"groups":[]}`,
			User{ID: "1", Emails: []string{}, Groups: []GroupRef{}},
		},
		{"created", `{"id":"1","meta":{"resourceType":"User","created":"2026-01-01T00:00:00Z"}}`, User{ID: "1", CreatedAt: new("2026-01-01T00:00:00Z")}},
		{"never created", `{"id":"1","meta":{"created":"0001-01-01T00:00:00Z"}}`, User{ID: "1"}},
		{"numbers for strings", `{"id":7,"externalId":12.0}`, User{ID: "7", ExternalID: new("12.0")}},
		{"other kinds for strings", `{"id":"1","displayName":{"en":"Ann"},"externalId":true}`, User{ID: "1"}},
		{"names in another case", `{"ID":"1","USERNAME":"ann","Active":true}`, User{ID: "1", UserName: new("ann"), Active: new(true)}},
		{"unknown attributes", `{"id":"1","nickName":"x","roles":[{"value":"y"}],"urn:x:User":{"a":[1]}}`, User{ID: "1"}},
		{"active as string", `{"id":"1","active":"True"}`, User{ID: "1", Active: new(true)}},
		{"active as lower-case string", `{"id":"1","active":"false"}`, User{ID: "1", Active: new(false)}},
		{"active as number", `{"id":"1","active":0}`, User{ID: "1", Active: new(false)}},
		{"active as something else", `{"id":"1","active":"perhaps"}`, User{ID: "1"}},
		{
			"primary address",
			`{"id":"1","emails":[{"value":"a@x","type":"work"},{"value":"b@x","primary":true},{"value":"c@x"}]}`,
			User{ID: "1", Email: new("b@x"), Emails: []string{"a@x", "b@x", "c@x"}},
		},
		{
			"primary as string",
			`{"id":"1","emails":[{"value":"a@x","primary":"False"},{"value":"b@x","primary":"True"}]}`,
			User{ID: "1", Email: new("b@x"), Emails: []string{"a@x", "b@x"}},
		},
		{
			"work address",
			`{"id":"1","emails":[{"value":"a@x","type":"home"},{"value":"b@x","type":"Work"},{"value":"c@x","type":"work"}]}`,
			User{ID: "1", Email: new("b@x"), Emails: []string{"a@x", "b@x", "c@x"}},
		},
		{"first address", `{"id":"1","emails":[{"value":"a@x"},{"value":"b@x"}]}`, User{ID: "1", Email: new("a@x"), Emails: []string{"a@x", "b@x"}}},
		{"bare addresses", `{"id":"1","emails":["a@x","b@x"]}`, User{ID: "1", Email: new("a@x"), Emails: []string{"a@x", "b@x"}}},
		{
			"what is no address",
			`{"id":"1","emails":[{"value":"ann","primary":true},{"value":"","type":"work"},{"type":"work"},null,{"value":"b@x"}]}`,
			User{ID: "1", Email: new("b@x"), Emails: []string{"ann", "b@x"}},
		},
		{"no address at all", `{"id":"1","emails":[{"value":"ann"}]}`, User{ID: "1", Emails: []string{"ann"}}},
		{
			"groups in every form",
			`{"id":"1","groups":[{"value":"a","display":"A"},"b",{"$ref":"/scim/v2/Groups/c%2Fd","display":"C"}]}`,
			User{ID: "1", Groups: []GroupRef{{ID: "a", DisplayName: new("A")}, {ID: "b"}, {ID: "c/d", DisplayName: new("C")}}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var row userRow
			if err := decode(test.row, &row); err != nil {
				t.Fatal(err)
			}
			wantSame(t, "user", row.user(), test.want)
		})
	}
}

func TestMemberType(t *testing.T) {
	t.Parallel()
	for entry, want := range map[string]Member{
		`{"value":"1","type":"User"}`:                                      {ID: "1", Type: "User"},
		`{"value":"1","type":"group","display":"A"}`:                       {ID: "1", Type: "Group", Display: new("A")},
		`{"value":"1","type":"direct","$ref":"https://x/scim/v2/Users/1"}`: {ID: "1", Type: "User"},
		`{"value":"1","$ref":"https://x/scim/v2/GROUPS/1"}`:                {ID: "1", Type: "Group"},
		`{"value":"1","$REF":"../groups/1"}`:                               {ID: "1", Type: "Group"},
		`{"value":"1","$ref":"users/1"}`:                                   {ID: "1", Type: "User"},
		`{"value":"1","$ref":"https://x/scim/v2/Devices/1"}`:               {ID: "1", Type: "unknown"},
		`{"value":"1","$ref":"%zz"}`:                                       {ID: "1", Type: "unknown"},
		`{"value":"1","$ref":""}`:                                          {ID: "1", Type: "unknown"},
		`{"$ref":"Users/a%20b/"}`:                                          {ID: "a b", Type: "User"},
		`"1"`:                                                              {ID: "1", Type: "unknown"},
		`7`:                                                                {ID: "7", Type: "unknown"},
	} {
		var row groupRow
		if err := decode(`{"id":"g","members":[`+entry+`]}`, &row); err != nil {
			t.Errorf("%s: %v", entry, err)
			continue
		}
		wantSame(t, entry, row.group().Members, []Member{want})
	}
}

// TestOddValues reads rows of which a value cannot be read: it is null or left
// out, and the rest of the row is whole.
func TestOddValues(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, row string
		want      User
		gaps      []rest.Gap
	}{
		{"emails as a string", `"emails":"a@x"`, User{Email: new("a@x"), Emails: []string{"a@x"}}, nil},
		{"emails as an object", `"emails":{"value":"a@x","primary":true}`, User{Email: new("a@x"), Emails: []string{"a@x"}}, nil},
		{"emails as a number", `"emails":7`, User{Emails: []string{"7"}}, nil},
		{"emails as a bool", `"emails":true`, User{Emails: []string{}}, []rest.Gap{{Path: "emails", Why: "got bool, want string"}}},
		{
			"emails with odd entries", `"emails":[null,{"value":{}},"a@x",[]]`, User{Email: new("a@x"), Emails: []string{"a@x"}},
			[]rest.Gap{{Path: "emails/0", Why: "it is null"}, {Path: "emails/1/value", Why: "got object, want string"}, {Path: "emails/3", Why: "got array, want string"}},
		},
		{"name as a string", `"name":"Ann"`, User{}, []rest.Gap{{Path: "name", Why: "got string, want object"}}},
		{"name as a list", `"name":[]`, User{}, []rest.Gap{{Path: "name", Why: "got array, want object"}}},
		{"part of a name as an object", `"name":{"givenName":{},"familyName":"Lee"}`, User{FamilyName: new("Lee")}, []rest.Gap{{Path: "name/givenName", Why: "got object, want string"}}},
		{"userName as a list", `"userName":["ann"]`, User{}, []rest.Gap{{Path: "userName", Why: "got array, want string"}}},
		{"active as a word", `"active":"perhaps"`, User{}, []rest.Gap{{Path: "active", Why: "got string, want bool"}}},
		{
			"a group with a name only", `"groups":[{"display":"Application/local"},{"value":"b"}]`, User{Groups: []GroupRef{{DisplayName: new("Application/local")}, {ID: "b"}}},
			[]rest.Gap{{Path: "groups", Why: `an entry (display "Application/local") has neither value nor $ref`}},
		},
		{
			"groups without anything", `"groups":[{},null,"",{"value":"b"}]`, User{Groups: []GroupRef{{ID: "b"}}},
			[]rest.Gap{
				{Path: "groups/1", Why: "it is null"}, {Path: "groups", Why: "an entry has neither value nor $ref"}, {Path: "groups", Why: "an entry has neither value nor $ref"},
			},
		},
		{"groups as one object", `"groups":{"value":"b"}`, User{Groups: []GroupRef{{ID: "b"}}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, _ := serve(t, patience, directory{
				users: []string{`{"id":"0","userName":"0"}`, `{"id":"1",` + test.row + `}`, `{"id":"2","userName":"2"}`}, groups: []string{`{"id":"g"}`},
			}.ServeHTTP)
			users, err := reader.Users(t.Context())
			if err != nil || len(users) != 3 {
				t.Fatalf("got %d users and error %v, want 3", len(users), err)
			}
			for _, user := range users {
				if user.ID != "1" {
					if user.UserName == nil || user.Gaps() != nil {
						t.Errorf("got the other user %s with gaps %v", show(user), user.Gaps())
					}
					continue
				}
				test.want.ID = "1"
				wantSame(t, "user", user, test.want)
				wantSame(t, "gaps", user.Gaps(), test.gaps)
			}
			single, err := reader.User(t.Context(), "1")
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "gaps of the single user", single.Gaps(), test.gaps)
		})
	}
}

func TestOddMembers(t *testing.T) {
	t.Parallel()
	const lacks = "has neither value nor $ref"
	for members, test := range map[string]struct {
		want []Member
		gaps []rest.Gap
	}{
		`[{},{"value":"u2"}]`:               {[]Member{{ID: "u2", Type: "unknown"}}, []rest.Gap{{Path: "members", Why: "an entry " + lacks}}},
		`[null,"",{"value":"u2"}]`:          {[]Member{{ID: "u2", Type: "unknown"}}, []rest.Gap{{Path: "members/0", Why: "it is null"}, {Path: "members", Why: "an entry " + lacks}}},
		`{"value":"u2"}`:                    {[]Member{{ID: "u2", Type: "unknown"}}, nil},
		`[{"value":"","$ref":"1"},"u2"]`:    {[]Member{{ID: "u2", Type: "unknown"}}, []rest.Gap{{Path: "members", Why: "an entry " + lacks}}},
		`[{"display":"B"},{"display":"A"}]`: {[]Member{{Display: new("A"), Type: "unknown"}, {Display: new("B"), Type: "unknown"}}, []rest.Gap{{Path: "members", Why: `an entry (display "B") ` + lacks}, {Path: "members", Why: `an entry (display "A") ` + lacks}}},
	} {
		reader, _ := serve(t, patience, directory{groups: []string{`{"id":"f","displayName":"F","members":[]}`, `{"id":"g","displayName":"G","members":` + members + `}`}}.ServeHTTP)
		groups, err := reader.GroupsWithMembers(t.Context())
		if err != nil || len(groups) != 2 {
			t.Fatalf("%s: got %d groups and error %v, want 2", members, len(groups), err)
		}
		wantSame(t, members, groups[1].Members, test.want)
		wantSame(t, "gaps of "+members, groups[1].Gaps(), test.gaps)
		wantSame(t, "gaps of another group", groups[0].Gaps(), []rest.Gap(nil))
	}
}

// TestGroupWithANameOnly is not there twice if the group names the user too.
func TestGroupWithANameOnly(t *testing.T) {
	t.Parallel()
	reader, _ := serve(t, patience, directory{
		users:  []string{`{"id":"1","groups":[{"display":"A"},{"display":"B"}]}`},
		groups: []string{`{"id":"a","displayName":"A","members":["1"]}`, `{"id":"b","displayName":"B","members":[]}`},
	}.ServeHTTP)
	users, err := reader.Users(t.Context())
	if err != nil || len(users) != 1 {
		t.Fatalf("got %d users and error %v, want 1", len(users), err)
	}
	wantSame(t, "groups", users[0].Groups, []GroupRef{{ID: "a", DisplayName: new("A")}, {DisplayName: new("B")}})
}

func TestMembersOnceAndSorted(t *testing.T) {
	t.Parallel()
	var row groupRow
	err := decode(`{"id":"g","members":["b",{"value":"a","display":"first"},"b",{"value":"a"},{"value":"a","type":"Group"}]}`, &row)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "members", row.group().Members, []Member{
		{ID: "a", Type: "Group"}, {ID: "a", Display: new("first"), Type: "unknown"}, {ID: "b", Type: "unknown"},
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
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

func TestMemberWithoutID(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{`{"display":"Ann"}`, `{"value":"","$ref":"1"}`, `null`, `""`} {
		var row groupRow
		if err := decode(`{"id":"g","members":[`+entry+`]}`, &row); err == nil {
			t.Errorf("%s: got no error and members %s", entry, show(row.group().Members))
		}
	}
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

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestLenientTypes(t *testing.T) {
	t.Parallel()
	type row struct {
		Text    Text    `json:"text"`
		Bool    Bool    `json:"bool"`
		Int     Int     `json:"int"`
		Strings Strings `json:"strings"`
	}
	for body, want := range map[string]row{
		`{}`: {},
		`{"bool":null,"int":null,"strings":null}`:   {},
		`{"bool":true,"int":12,"strings":["a"]}`:    {Bool: Bool{new(true)}, Int: Int{new(int64(12))}, Strings: Strings{"a"}},
		`{"bool":false,"int":-1,"strings":[]}`:      {Bool: Bool{new(false)}, Int: Int{new(int64(-1))}, Strings: Strings{}},
		`{"bool":"True","int":"12","strings":"a"}`:  {Bool: Bool{new(true)}, Int: Int{new(int64(12))}, Strings: Strings{"a"}},
		`{"bool":"FALSE","int":" 7 ","strings":""}`: {Bool: Bool{new(false)}, Int: Int{new(int64(7))}, Strings: nil},
		`{"bool":0,"int":9223372036854775807}`:      {Bool: Bool{new(false)}, Int: Int{new(int64(9223372036854775807))}, Strings: nil},
		`{"bool":1,"int":9223372036854775808}`:      {Bool: Bool{new(true)}},
		`{"bool":"","int":""}`:                      {},
		`{"bool":"perhaps","int":"many"}`:           {},
		`{"bool":[true],"int":{"n":1}}`:             {},
		`{"bool":2,"int":1.5}`:                      {},
		`{"text":"a"}`:                              {Text: Text{new("a")}},
		`{"text":" caf\u00e9 "}`:                    {Text: Text{new(" café ")}},
		`{"text":7}`:                                {Text: Text{new("7")}},
		`{"text":""}`:                               {},
		`{"text":null}`:                             {},
		`{"text":{"a":[1]},"int":12}`:               {Int: Int{new(int64(12))}},
		`{"text":["a"],"int":12}`:                   {Int: Int{new(int64(12))}},
		`{"text":true}`:                             {},
	} {
		var got row
		if err := Unmarshal([]byte(body), &got); err != nil {
			t.Errorf("%s: %v", body, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %s, want %s", body, encoded(got), encoded(want))
		}
	}

	var object struct{ A, B Object[struct{ C Int }] }
	if err := Unmarshal([]byte(`{"A":[1],"B":{"C":1}}`), &object); err != nil || object.A.Value.C.Value != nil || *object.B.Value.C.Value != 1 {
		t.Errorf("objects: got %s and error %v", encoded(object), err)
	}
}

func TestLenientTypesForgetWhatTheyHeld(t *testing.T) {
	t.Parallel()
	x, b, i, s := Text{new("a")}, Bool{new(true)}, Int{new(int64(1))}, Strings{"a"}
	for _, target := range []any{&x, &b, &i, &s} {
		if err := Unmarshal([]byte(`null`), target); err != nil {
			t.Error(err)
		}
	}
	if x.Value != nil || b.Value != nil || i.Value != nil || s != nil {
		t.Errorf("null left %q %s %s %q", x, encoded(b), encoded(i), s)
	}
}

func encoded(value any) string {
	data, _ := json.Marshal(value)
	return string(data)
}

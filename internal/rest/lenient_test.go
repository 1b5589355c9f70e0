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
		Bool    Bool    `json:"bool"`
		Int     Int     `json:"int"`
		Strings Strings `json:"strings"`
	}
	for body, want := range map[string]row{
		`{}`: {},
		`{"bool":null,"int":null,"strings":null}`:   {},
		`{"bool":true,"int":12,"strings":["a"]}`:    {Bool{new(true)}, Int{new(int64(12))}, Strings{"a"}},
		`{"bool":false,"int":-1,"strings":[]}`:      {Bool{new(false)}, Int{new(int64(-1))}, Strings{}},
		`{"bool":"True","int":"12","strings":"a"}`:  {Bool{new(true)}, Int{new(int64(12))}, Strings{"a"}},
		`{"bool":"FALSE","int":" 7 ","strings":""}`: {Bool{new(false)}, Int{new(int64(7))}, nil},
		`{"bool":0,"int":9223372036854775807}`:      {Bool{new(false)}, Int{new(int64(9223372036854775807))}, nil},
		`{"bool":1,"int":9223372036854775808}`:      {Bool: Bool{new(true)}},
		`{"bool":"","int":""}`:                      {},
		`{"bool":"perhaps","int":"many"}`:           {},
		`{"bool":[true],"int":{"n":1}}`:             {},
		`{"bool":2,"int":1.5}`:                      {},
	} {
		var got row
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Errorf("%s: %v", body, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %s, want %s", body, text(got), text(want))
		}
	}

	var strings Strings
	if err := json.Unmarshal([]byte(`{"a":1}`), &strings); err == nil {
		t.Errorf("an object was read as strings: %q", strings)
	}
}

func TestLenientTypesForgetWhatTheyHeld(t *testing.T) {
	t.Parallel()
	b, i, s := Bool{new(true)}, Int{new(int64(1))}, Strings{"a"}
	for _, target := range []any{&b, &i, &s} {
		if err := json.Unmarshal([]byte(`null`), target); err != nil {
			t.Error(err)
		}
	}
	if b.Value != nil || i.Value != nil || s != nil {
		t.Errorf("null left %s %s %q", text(b), text(i), s)
	}
}

func text(value any) string {
	encoded, _ := json.Marshal(value)
	return string(encoded)
}

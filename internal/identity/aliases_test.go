// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"errors"
	"testing"
)

func TestAliases(t *testing.T) {
	t.Parallel()
	aliases, err := NewAliases(map[string]string{
		" Ada@Home.example": "ada@northwind.example ",
		"ada@old.example":   "ADA@northwind.example",
		"ADA@old.example":   "ada@northwind.example",
	})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"ada@home.example":       "ada@northwind.example",
		"\tADA@HOME.example":     "ada@northwind.example",
		"ada@old.example":        "ada@northwind.example",
		"ada@northwind.example":  "ada@northwind.example",
		" Mei@Northwind.example": "mei@northwind.example",
	} {
		if got := aliases.First(address); got != want {
			t.Errorf("First(%q): got %q, want %q", address, got, want)
		}
	}
	if got, want := (Aliases{}).First(" Ada@Home.example"), "ada@home.example"; got != want {
		t.Errorf("without aliases: got %q, want %q", got, want)
	}
}

func TestAliasErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		given       map[string]string
		alias, want string
	}{
		"no address": {
			map[string]string{"ada": "ada@a.example"},
			"ada", `"ada" is not an email address`,
		},
		"nothing": {
			map[string]string{"": "ada@a.example"},
			"", `"" is not an email address`,
		},
		"for no address": {
			map[string]string{"ada@a.example": "ada a@b.example"},
			"ada@a.example", `"ada@a.example" is an alias of "ada a@b.example", which is not an email address`,
		},
		"for nothing": {
			map[string]string{"ada@a.example": ""},
			"ada@a.example", `"ada@a.example" is an alias of "", which is not an email address`,
		},
		"two spellings": {
			map[string]string{"Ada@a.example": "b@b.example", "ada@a.example": "c@c.example"},
			"ada@a.example", `"ada@a.example" is an alias of "c@c.example", but "Ada@a.example", the same address, is an alias of "b@b.example"`,
		},
		"itself": {
			map[string]string{"Ada@a.example": "ada@a.example"},
			"Ada@a.example", `"Ada@a.example" is an alias of "ada@a.example"`,
		},
		"chain": {
			map[string]string{"a@x.example": "B@x.example", "b@x.example": "c@x.example", "c@x.example": "d@x.example", "z@x.example": "y@x.example"},
			"a@x.example", `"a@x.example" is an alias of "b@x.example", which is an alias of "c@x.example", which is an alias of "d@x.example"`,
		},
		"loop": {
			map[string]string{"b@x.example": "C@x.example", "C@x.example": "b@x.example"},
			"b@x.example", `"b@x.example" is an alias of "c@x.example", which is an alias of "b@x.example"`,
		},
		"chain into a loop": {
			map[string]string{"a@x.example": "b@x.example", "b@x.example": "c@x.example", "c@x.example": "b@x.example"},
			"a@x.example", `"a@x.example" is an alias of "b@x.example", which is an alias of "c@x.example", which is an alias of "b@x.example"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := NewAliases(test.given)
			problem, ok := errors.AsType[*AliasError](err)
			if !ok {
				t.Fatalf("got the error %v, want an *AliasError", err)
			}
			if problem.Alias != test.alias || problem.Error() != test.want {
				t.Errorf("got %q: %s\nwant %q: %s", problem.Alias, problem, test.alias, test.want)
			}
		})
	}
}

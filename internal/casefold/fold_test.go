// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package casefold

import (
	"slices"
	"testing"
)

func TestFold(t *testing.T) {
	for given, want := range map[string]string{
		"":                        "",
		" Ada@Example.COM\t\n":    "ada@example.com",
		"ZOË ÅKESSON":             "zoë åkesson",
		"ada@northw\u0130nd.test": "ada@northw\u0130nd.test",
		"\u212Aim@northwind.test": "\u212Aim@northwind.test",
		"\u017Fam@northwind.test": "\u017Fam@northwind.test",
	} {
		if got := Fold(given); got != want {
			t.Errorf("Fold(%q) = %q, want %q", given, got, want)
		}
	}
}

// What folds alike to ASCII was ASCII.
func TestFoldNothingToASCII(t *testing.T) {
	for r := rune(0x80); r <= 0x10FFFF; r++ {
		for _, folded := range Fold("a" + string(r) + "a") {
			if folded > 0x7F {
				goto next
			}
		}
		t.Errorf("%U folds to %q", r, Fold(string(r)))
	next:
	}
}

func TestSame(t *testing.T) {
	if !Same(" Ada@Example.com", "ada@example.COM") || Same("ada@example.com", "ada@example.co") {
		t.Error("Same must ignore case and surrounding space, and nothing else")
	}
}

func TestCompareNames(t *testing.T) {
	names := []*string{nil, new("zoë"), new("Åsa"), new(" ada"), nil, new("Bob")}
	slices.SortFunc(names, CompareNames)
	var got []string
	for _, name := range names {
		if name == nil {
			got = append(got, "(none)")
		} else {
			got = append(got, *name)
		}
	}
	if want := []string{" ada", "Bob", "zoë", "Åsa", "(none)", "(none)"}; !slices.Equal(got, want) {
		t.Errorf("order: got %q, want %q", got, want)
	}
}

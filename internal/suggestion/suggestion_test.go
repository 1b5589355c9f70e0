// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package suggestion

import (
	"slices"
	"testing"
)

func TestClosest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value      string
		candidates []string
		want       []string
	}{
		"no candidates":           {"ada", nil, []string{}},
		"nothing near":            {"ada@example.com", []string{"grace@example.org", ""}, []string{}},
		"one letter":              {"max.hofmann@example.com", []string{"max.hoffmann@example.com", "mei.tanaka@example.com"}, []string{`"max.hoffmann@example.com"`}},
		"a domain is no likeness": {"dana.levy@long-company.example.com", []string{"sam.reed@long-company.example.com"}, []string{}},
		"another domain":          {"ada@example.com", []string{"ada@example.org", "bob@example.com"}, []string{`"ada@example.org"`}},
		"case alone":              {"owner", []string{"Owner"}, []string{`"Owner"`}},
		"nearest first":           {"analysts", []string{"Analysis", "Analyst", "Analysts"}, []string{`"Analysts"`, `"Analysis"`, `"Analyst"`}},
		"three at most":           {"team 0", []string{"team 5", "team 2", "team 3", "team 4"}, []string{`"team 2"`, `"team 3"`, `"team 4"`}},
		"a name of two":           {"contractor", []string{"Contractors", "Owner", "Contractors"}, []string{`"Contractors"`}},
		"quoted":                  {`R&D "Cor"`, []string{`R&D "Core"`}, []string{`"R&D \"Core\""`}},
		"an id is near no name":   {"4101", []string{"amara.okafor@example.com"}, []string{}},
	} {
		if got := closest(test.value, test.candidates); !slices.Equal(got, test.want) {
			t.Errorf("%s: closest(%q) = %v, want %v", name, test.value, got, test.want)
		}
	}
}

func TestSearched(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		value      string
		candidates []string
		want       string
	}{
		{"ownr", []string{"Owner", "Member"}, `Searched 2 roles in example.com. Did you mean "Owner"?`},
		{"teem 1", []string{"team 1", "team 2", "team 3"}, `Searched 3 roles in example.com. Did you mean "team 1"?`},
		{"team 0", []string{"team 2", "team 1"}, `Searched 2 roles in example.com. Did you mean "team 1" or "team 2"?`},
		{"team 0", []string{"team 3", "team 2", "team 1"}, `Searched 3 roles in example.com. Did you mean "team 1", "team 2" or "team 3"?`},
		{"nothing", []string{"Owner"}, `Searched 1 role in example.com.`},
		{"ownr", []string{"", "Owner"}, `Searched 2 roles in example.com. Did you mean "Owner"?`}, // one without a name
	} {
		name := func(candidate string) *string {
			if candidate == "" {
				return nil
			}
			return &candidate
		}
		if got := Searched("roles", "example.com", test.value, test.candidates, name); got != test.want {
			t.Errorf("Searched(%q) = %s, want %s", test.value, got, test.want)
		}
	}
}

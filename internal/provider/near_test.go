// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

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
		"nobody to choose from":   {"ada", nil, []string{}},
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
		value, want string
	}{
		{"ownr", `2 were searched at example.com. Close to it: "Owner".`},
		{"nobody", `2 were searched at example.com.`},
	} {
		if got := searched("example.com", test.value, []string{"Owner", "Member"}); got != test.want {
			t.Errorf("searched(%q) = %s, want %s", test.value, got, test.want)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package suggestion finds the names that a misspelled one may have meant, for
// messages that ask "Did you mean ...?".
package suggestion

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

const (
	// maxSuggestions is how many spellings a message offers.
	maxSuggestions = 3
	// minSimilarity is the similarity, from 0 to 1, of the least similar spelling
	// that a message offers: two typing errors in an address of ten letters.
	minSimilarity = 0.75
)

// Searched says how many rows were searched where, and which of their names are
// spelled like the value that was not found, as in: Searched 40 users in account
// 12345 (https://cloud.getdbt.com). Did you mean "ada@example.com"? A row can
// have no name.
func Searched[T any](nouns, where, value string, rows []T, name func(T) *string) string {
	var names []string
	for _, row := range rows {
		if n := name(row); n != nil {
			names = append(names, *n)
		}
	}
	sentence := fmt.Sprintf("Searched %s in %s.", Counted(len(rows), nouns), where)
	if question := DidYouMean(value, names); question != "" {
		sentence += " " + question
	}
	return sentence
}

// Counted returns a number and what it counts, such as "40 users" or "1 user".
func Counted(n int, nouns string) string {
	switch {
	case n == 1 && nouns == "people":
		nouns = "person"
	case n == 1:
		nouns = strings.TrimSuffix(nouns, "s")
	}
	return fmt.Sprintf("%d %s", n, nouns)
}

// DidYouMean asks whether one of the candidates that are spelled like the value
// was meant. It returns "" if there is none.
func DidYouMean(value string, candidates []string) string {
	near := closest(value, candidates)
	if len(near) == 0 {
		return ""
	}
	last := len(near) - 1
	if last == 0 {
		return "Did you mean " + near[0] + "?"
	}
	return "Did you mean " + strings.Join(near[:last], ", ") + " or " + near[last] + "?"
}

// closest returns the candidates that are spelled most like a value, closest
// first, quoted.
func closest(value string, candidates []string) []string {
	type scored struct {
		quoted     string
		similarity float64
	}
	var near []scored
	folded := casefold.Fold(value)
	for _, candidate := range candidates {
		if alike := similarity(folded, casefold.Fold(candidate)); alike >= minSimilarity {
			near = append(near, scored{quoted: printable.Quote(candidate), similarity: alike})
		}
	}
	slices.SortFunc(near, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), strings.Compare(a.quoted, b.quoted))
	})
	near = slices.Compact(near) // Two groups may share a name.
	quoted := make([]string, min(len(near), maxSuggestions))
	for i := range quoted {
		quoted[i] = near[i].quoted
	}
	return quoted
}

// similarity compares the spelling of two values, from 0 to 1. How far below
// minSimilarity they are does not matter. It leaves out a domain that two
// addresses share, which would make any two of them similar.
func similarity(a, b string) float64 {
	if at := strings.LastIndex(a, "@"); at > 0 && strings.HasSuffix(b, a[at:]) {
		a, b = a[:at], strings.TrimSuffix(b, a[at:])
	}
	// Most candidates are ruled out by their length, which is quicker to compare.
	long, short := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if long < short {
		long, short = short, long
	}
	if float64(short) < minSimilarity*float64(long) {
		return 0
	}
	return levenshtein.Similarity(a, b, nil)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

const (
	// maxNear is how many near spellings a message offers.
	maxNear = 3
	// nearEnough is the similarity, 0 to 1, from which a spelling is offered:
	// two typing errors in an address of ten letters.
	nearEnough = 0.75
)

// searched says how many were searched where, and which of them are close to
// the value that was not found.
func searched(where, value string, all []string) string {
	sentence := fmt.Sprintf("%d were searched at %s.", len(all), where)
	if near := closest(value, all); len(near) > 0 {
		sentence += " Close to it: " + strings.Join(near, ", ") + "."
	}
	return sentence
}

// closest returns the candidates whose spelling is near a value, nearest
// first, quoted.
func closest(value string, candidates []string) []string {
	type candidate struct {
		text       string
		similarity float64
	}
	var near []candidate
	for _, text := range candidates {
		if alike := similarity(casefold.Fold(value), casefold.Fold(text)); alike >= nearEnough {
			near = append(near, candidate{fmt.Sprintf("%q", text), alike})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), strings.Compare(a.text, b.text))
	})
	near = slices.Compact(near) // Two groups may share a name.
	texts := make([]string, min(len(near), maxNear))
	for i := range texts {
		texts[i] = near[i].text
	}
	return texts
}

// similarity compares the spelling of two values, 0 to 1. A domain that two
// addresses share is left out: it makes strangers alike.
func similarity(a, b string) float64 {
	if at := strings.LastIndex(a, "@"); at > 0 && strings.HasSuffix(b, a[at:]) {
		a, b = a[:at], strings.TrimSuffix(b, a[at:])
	}
	return levenshtein.Similarity(a, b, nil)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package casefold decides which email addresses and names are the same, and
// in which order they are listed: without case and surrounding space.
package casefold

import (
	"strings"
	"unicode"
)

// Fold returns the form in which two spellings are equal if they differ only in
// case and surrounding space.
//
// Unlike strings.ToLower and strings.EqualFold it turns no other letter into an
// ASCII letter. They fold İ to i and the Kelvin sign K to k, which would make
// one user's address equal to another's.
func Fold(text string) string {
	text = strings.TrimSpace(text)
	if isASCII(text) {
		return strings.ToLower(text) // several times faster, for most of what is sorted
	}
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); (lower <= unicode.MaxASCII) == (r <= unicode.MaxASCII) {
			return lower
		}
		return r
	}, text)
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}

// Same reports whether two spellings are equal after Fold.
func Same(a, b string) bool { return Fold(a) == Fold(b) }

// CompareNames orders two names or addresses by Fold, for slices.SortFunc. A
// name that the service does not return is nil and comes last.
func CompareNames(a, b *string) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	default:
		return strings.Compare(Fold(*a), Fold(*b))
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package spelling tells which spellings are of the same address or name.
package spelling

import (
	"strings"
	"unicode"
)

// Fold makes spellings alike that differ in case and surrounding space only.
//
// It makes no other letter an ASCII one, as strings.ToLower does: İ and the
// Kelvin sign K would become i and k, and somebody's address another's.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); (lower <= unicode.MaxASCII) == (r <= unicode.MaxASCII) {
			return lower
		}
		return r
	}, strings.TrimSpace(text))
}

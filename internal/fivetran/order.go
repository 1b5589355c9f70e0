// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"strings"
)

// ordered compares two rows by a text without case, rows that have none last,
// then by id.
func ordered(a, b *string, idA, idB string) int {
	switch {
	case a == nil && b == nil:
		return cmp.Compare(idA, idB)
	case a == nil:
		return 1
	case b == nil:
		return -1
	default:
		return cmp.Or(cmp.Compare(fold(*a), fold(*b)), cmp.Compare(idA, idB))
	}
}

// fold makes addresses and names comparable.
func fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

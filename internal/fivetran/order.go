// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"

	"github.com/datastack-iam/terraform-provider-datastack/internal/spelling"
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
		return cmp.Or(cmp.Compare(spelling.Fold(*a), spelling.Fold(*b)), cmp.Compare(idA, idB))
	}
}

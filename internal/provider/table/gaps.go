// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"fmt"
	"math/big"
	"strings"
)

// maxGaps is how many values a warning names. A service that sends one odd value
// may send it in every row.
const maxGaps = 20

// WarnOfGaps warns of values in rows that could not be read, which the rows
// themselves know. The first field is taken for the name of a row.
func WarnOfGaps[T any](nouns string, fields Fields[T], rows []T, warn func(summary, detail string)) {
	var named []string
	found := 0
	for i := range rows {
		row, ok := any(&rows[i]).(interface{ Unread() []string })
		if !ok {
			return
		}
		unread := row.Unread()
		found += len(unread)
		for _, gap := range unread[:min(len(unread), maxGaps-len(named))] {
			named = append(named, fmt.Sprintf("- %s %s: %s", fields[0].name, fields[0].quoted(rows[i]), gap))
		}
	}
	if found == 0 {
		return
	}
	if found > len(named) {
		named = append(named, fmt.Sprintf("- and %d more", found-len(named)))
	}
	warn("Unable to Read Values of "+nouns,
		"The service returned these values in an unexpected form. They are null, or missing from their list. Everything else is complete.\n"+strings.Join(named, "\n"))
}

// quoted returns the value of a string or a number for a message, quoted if it
// is a string.
func (f Field[T]) quoted(row T) string {
	value := f.value(row)
	var s string
	if value.As(&s) == nil {
		return fmt.Sprintf("%q", s)
	}
	var n big.Float
	_ = value.As(&n)
	return n.Text('f', -1)
}

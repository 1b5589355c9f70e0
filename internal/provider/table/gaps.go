// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// maxGaps is how many values a warning names. A service that sends one odd value
// may send it in every row.
const maxGaps = 20

// maxGap is how much of the place of a value a warning shows, in bytes.
const maxGap = 300

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
			named = append(named, "- "+fields[0].rowName(rows[i])+printable.Line(gap, maxGap))
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

// rowName returns name and value of a field in front of a message, "" if it is no
// string or number.
func (f Field[T]) rowName(row T) string {
	value, err := f.of(row).tree()
	if err != nil {
		return ""
	}
	var s string
	var n big.Float
	switch {
	case value.As(&s) == nil:
		return f.name + " " + printable.Quote(s) + ": "
	case value.As(&n) == nil:
		return f.name + " " + n.Text('f', -1) + ": "
	default:
		return ""
	}
}

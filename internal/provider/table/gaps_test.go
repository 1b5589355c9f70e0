// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"fmt"
	"strings"
	"testing"
)

// worn is a box that knows what could not be read of it.
type worn struct {
	box
	unread []string
}

func (w worn) Unread() []string { return w.unread }

func TestWarnOfGaps(t *testing.T) {
	t.Parallel()
	byLabel := Fields[worn]{String("label", "", func(w worn) *string { return w.label })}
	bySize := Fields[worn]{Int64("size", "", func(w worn) *int64 { return w.size })}
	whole := worn{box: box{label: new("a"), size: new(int64(1))}}
	odd := worn{box: box{label: new("b\n\u202e"), size: new(int64(2))}, unread: []string{"lid: it is null", "marks/0: it is empty"}}
	var many []worn
	for range maxGaps {
		many = append(many, odd)
	}
	for name, test := range map[string]struct {
		fields Fields[worn]
		rows   []worn
		want   string // after the first line
	}{
		"no rows":       {fields: byLabel},
		"nothing":       {fields: byLabel, rows: []worn{whole}},
		"by a string":   {byLabel, []worn{whole, odd}, "- label \"b\\n\\u202e\": lid: it is null\n- label \"b\\n\\u202e\": marks/0: it is empty"},
		"by a number":   {bySize, []worn{odd, whole}, "- size 2: lid: it is null\n- size 2: marks/0: it is empty"},
		"more than fit": {bySize, many, strings.Repeat("- size 2: lid: it is null\n- size 2: marks/0: it is empty\n", maxGaps/2) + fmt.Sprintf("- and %d more", maxGaps)},
	} {
		var got string
		WarnOfGaps("Boxes", test.fields, test.rows, func(summary, detail string) { got = summary + "\n" + detail })
		want := ""
		if test.want != "" {
			want = "Unable to Read Values of Boxes\nThe service returned these values in an unexpected form. They are null, or missing from their list. Everything else is complete.\n" + test.want
		}
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
	WarnOfGaps("Boxes", boxFields, []box{{}}, func(string, string) { t.Error("rows that know nothing were warned of") })
}

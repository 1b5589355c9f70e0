// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// Filters are those of one list.
type Filters[T any] []Filter[T]

// Read reads the arguments of the filters.
func (fs Filters[T]) Read(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) Selection[T] {
	var selection Selection[T]
	for _, f := range fs {
		if c := f.read(ctx, config, diags); c != nil {
			selection = append(selection, *c)
		}
	}
	return selection
}

// Selection is what the arguments of filters select.
type Selection[T any] []criterion[T]

// Of returns the rows that pass all filters, never nil.
func (s Selection[T]) Of(rows []T) []T {
	if len(s) == 0 && rows != nil {
		return rows // A copy of all rows costs memory.
	}
	return Matching(rows, func(row T) bool {
		return !slices.ContainsFunc(s, func(c criterion[T]) bool { return !c.match(row) })
	})
}

// Search says where the values of filters were looked for, besides the rows.
type Search struct {
	// Nouns names the rows: "users".
	Nouns string
	// Where names what was read: "account 12345".
	Where string
	// Elsewhere returns more names that the argument of a filter can have, and the
	// nouns for them. It is asked only for a value that no row has. It may be nil.
	Elsewhere func(filter string) (nouns string, names []string)
}

// maxAbsent is how many values a warning names. Each is compared with the names
// of all rows, for a suggestion.
const maxAbsent = 10

// WarnOfAbsent warns of values of filters that are nowhere in the account: a
// list that is empty because of a typing error would pass any check. Rows are all
// that were read. A value of a row that another filter leaves out is no reason to
// warn.
func (s Selection[T]) WarnOfAbsent(rows []T, search Search, diags *diag.Diagnostics) {
	for _, c := range s {
		if c.absent == nil {
			continue
		}
		var names []string
		for _, row := range rows {
			names = append(names, c.names(row)...)
		}
		absent := c.absent(names)
		if len(absent) == 0 {
			continue
		}
		searched := suggestion.Counted(len(rows), search.Nouns)
		if nouns, more := search.elsewhere(c.filter); len(more) > 0 {
			names = append(names, more...)
			if absent = c.absent(names); len(absent) == 0 {
				continue
			}
			searched += " and " + suggestion.Counted(len(more), nouns)
		}
		diags.AddAttributeWarning(path.Root(c.filter), "Filter Value Not Found",
			fmt.Sprintf("These values match nothing. Check their spelling:\n%s\n\nSearched %s in %s.", listAbsent(absent, names), searched, search.Where))
	}
}

// elsewhere is Elsewhere, without names if that is nil.
func (s Search) elsewhere(filter string) (nouns string, names []string) {
	if s.Elsewhere == nil {
		return "", nil
	}
	return s.Elsewhere(filter)
}

// listAbsent lists values, each with the names that are spelled like it.
func listAbsent(absent, names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	var lines []string
	for _, value := range absent[:min(len(absent), maxAbsent)] {
		line := fmt.Sprintf("- %q", value)
		if question := suggestion.DidYouMean(value, names); question != "" {
			line += ". " + question
		}
		lines = append(lines, line)
	}
	if more := len(absent) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// Matching returns the rows that match, never nil.
func Matching[T any](rows []T, match func(T) bool) []T {
	matching := []T{}
	for _, row := range rows {
		if match(row) {
			matching = append(matching, row)
		}
	}
	return matching
}

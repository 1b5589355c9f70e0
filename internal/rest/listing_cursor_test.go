// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestListingByCursor(t *testing.T) {
	t.Parallel()
	endless := func(at Position) Page[string] {
		return Page[string]{Total: UnknownTotal, Next: at.Cursor + "x"}
	}
	for name, test := range map[string]struct {
		pages map[string]Page[string]
		want  []string // nil for an IncompleteError
		why   string
		asked int
	}{
		"one page": {
			map[string]Page[string]{"": {Rows: []string{"1", "2"}, Total: UnknownTotal}}, []string{"1", "2"}, "", 1,
		},
		"no rows": {
			map[string]Page[string]{"": {Total: UnknownTotal}}, []string{}, "", 1,
		},
		"three pages, one row twice": {
			map[string]Page[string]{
				"":  {Rows: []string{"1", "2"}, Total: UnknownTotal, Next: "a"},
				"a": {Rows: []string{"2", "3"}, Total: UnknownTotal, Next: "b"},
				"b": {Rows: []string{"4"}, Total: UnknownTotal},
			}, []string{"1", "2", "3", "4"}, "", 3,
		},
		"empty pages between": {
			map[string]Page[string]{
				"":  {Total: UnknownTotal, Next: "a"},
				"a": {Total: UnknownTotal, Next: "b"},
				"b": {Rows: []string{"1"}, Total: UnknownTotal},
			}, []string{"1"}, "", 3,
		},
		"a cursor that returns": {
			map[string]Page[string]{
				"":  {Rows: []string{"1"}, Total: UnknownTotal, Next: "a"},
				"a": {Rows: []string{"2"}, Total: UnknownTotal, Next: "b"},
				"b": {Rows: []string{"3"}, Total: UnknownTotal, Next: "a"},
			}, nil, "only 3 books could be read: the service named the same next page twice", 6,
		},
		"fewer than the total": {
			map[string]Page[string]{
				"":  {Rows: []string{"1"}, Total: 3, Next: "a"},
				"a": {Rows: []string{"2"}, Total: 3},
			}, nil, "only 2 of 3 books could be read: the service named no further page", 4,
		},
		"cursors without end": {nil, nil, "brought nothing new", 2 * (1 + maxIdlePages)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			got, err := Listing[string, string]{
				What:     "books",
				Key:      AsSent[string],
				Keep:     AsSent[string],
				ByCursor: true,
				Fetch: func(_ context.Context, at Position) (Page[string], error) {
					asked++
					if test.pages == nil {
						return endless(at), nil
					}
					return test.pages[at.Cursor], nil
				},
			}.All(t.Context())
			if asked != test.asked {
				t.Errorf("asked for %d pages, want %d", asked, test.asked)
			}
			if test.want != nil {
				if err != nil || !slices.Equal(got, test.want) {
					t.Errorf("got %q and error %v, want %q", got, err, test.want)
				}
				return
			}
			if _, ok := errors.AsType[*IncompleteError](err); !ok || !strings.Contains(err.Error(), test.why) || got != nil {
				t.Errorf("got %q and error %v, want an IncompleteError with %q", got, err, test.why)
			}
		})
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
)

// Page is one reply of a listing.
type Page[T any] struct {
	Rows []T
	// Total is how many rows the service says there are, UnknownTotal when it
	// does not say.
	Total int64
	// Next is the cursor of the page after this one, "" when there is none.
	Next string
}

// UnknownTotal is the Total of a service that does not count.
const UnknownTotal int64 = -1

// Position says where a page begins: behind Offset rows or, in a listing by
// cursor, at Cursor.
type Position struct {
	Offset int
	Cursor string
	// Again says that this is the second reading: rows were missing in the first,
	// which may be for want of an order.
	Again bool
	// Single says that one row is enough: it is only to see what the service says
	// of it.
	Single bool
	// Reversed asks for the first page in descending order of ids.
	Reversed bool
}

// Listing reads one collection whole. R is a row as the service sends it, T what is
// kept of it.
type Listing[R, T any] struct {
	// What names the rows in errors: "dbt Cloud users".
	What string
	// Key is the id of a row. A row without one is an error.
	Key func(R) string
	// Keep is called for each row of a page as soon as that has come, so that no
	// more of the rows than this is in memory. Pages may come side by side.
	Keep func(R) T
	// Fetch reads one page.
	Fetch func(context.Context, Position) (Page[R], error)
	// PageSize is how many rows Fetch asks for, 0 where that does not matter.
	PageSize int
	// ByCursor says that pages are named by cursors only, so that a page without
	// Next is the last.
	ByCursor bool
	// Doubtful says that the total may be lower than the truth, so that the
	// end is believed only when a page brings nothing new.
	Doubtful bool
	// Warn is called if all rows were read as far as the service shows, and yet it
	// cannot be known that they are all. It may be nil.
	Warn func(why string)
}

// AsSent keeps a row whole: that of a small collection, or one in which not all rows
// count.
func AsSent[R any](row R) R { return row }

const (
	// maxRows and maxPages bound one reading: twice a million users, in pages of a
	// hundred.
	maxRows  = 2_000_000
	maxPages = 20_000
	// maxIdlePages is how many pages in a row may name a next page without
	// bringing a row. Some services send empty pages while they filter.
	maxIdlePages = 10
)

// IncompleteError says that a listing ended before all rows were received, or
// changed so that this cannot be known.
type IncompleteError struct {
	What string
	Got  int
	// Want is the largest total that the service named, or UnknownTotal.
	Want int64
	Why  string
}

// Error says how many rows of how many arrived, and why.
func (e *IncompleteError) Error() string {
	switch {
	case e.Want == UnknownTotal:
		return fmt.Sprintf("only %d %s could be read: %s", e.Got, e.What, e.Why)
	case int64(e.Got) >= e.Want:
		return fmt.Sprintf("%d %s were read, which may not be all: %s", e.Got, e.What, e.Why)
	}
	return fmt.Sprintf("only %d of %d %s could be read: %s", e.Got, e.Want, e.What, e.Why)
}

// LimitError says that a listing is larger than any real one, or does not end.
type LimitError struct {
	What string
	Got  int
	Why  string
}

// Error says how far the reading came.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the list of %s was given up after %d rows: %s", e.What, e.Got, e.Why)
}

// All returns every row once, in the order of the service, or an error. When
// rows are missing at the end, the whole listing is read a second time, page
// by page: it may have changed meanwhile, or the pages may be of unequal size.
// So it is when the total changes on the way, even if as many rows came: a row
// that was added can hide that another slipped to a page read already. Then
// only a total that falls again is an error, as what is added comes last.
func (l Listing[R, T]) All(ctx context.Context) ([]T, error) {
	rows, err := newListingPass(l, true).read(ctx)
	if _, incomplete := errors.AsType[*IncompleteError](err); incomplete {
		rows, err = newListingPass(l, false).read(ctx)
	}
	if err != nil {
		return nil, err
	}
	return rows, nil
}

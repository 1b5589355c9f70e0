// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
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

// Listing reads one collection whole.
type Listing[T any] struct {
	// What names the rows in errors: "dbt Cloud users".
	What string
	// Key is the id of a row. A row without one is an error.
	Key func(T) string
	// Fetch reads one page.
	Fetch func(context.Context, Position) (Page[T], error)
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
func (l Listing[T]) All(ctx context.Context) ([]T, error) {
	rows, err := l.read(ctx, true)
	if _, incomplete := errors.AsType[*IncompleteError](err); incomplete {
		rows, err = l.read(ctx, false)
	}
	if err != nil {
		return nil, err
	}
	return rows, nil
}

func (l Listing[T]) read(ctx context.Context, sideBySide bool) ([]T, error) {
	r := &listingPass[T]{listing: l, total: UnknownTotal, seen: map[string]bool{}, rows: []T{}, again: !sideBySide}
	first, err := r.fetch(ctx, Position{})
	if err != nil {
		return nil, err
	}
	if _, err := r.add(first); err != nil {
		return nil, err
	}
	r.first = len(first.Rows)
	if int64(r.first) >= r.total {
		// All that was promised came in one page. Rows that repeat do not make it
		// less: nothing can have moved from one page to another.
		r.repeated = max(0, r.total-int64(len(r.rows)))
		r.total -= r.repeated
	}
	if first.Next != "" || l.ByCursor {
		err = r.followCursors(ctx, first.Next)
	} else {
		if sideBySide {
			err = r.fetchRest(ctx, len(first.Rows))
		}
		if err == nil {
			err = r.followOffsets(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	if int64(len(r.rows)) < r.total {
		return nil, r.incomplete("the service named no further page")
	}
	if !l.Doubtful && (r.fell || r.rose && sideBySide) {
		return nil, r.incomplete("rows were removed meanwhile, and others may have moved to a page that had been read already")
	}
	return r.rows, nil
}

// listingPass is what one pass over a listing has received so far.
type listingPass[T any] struct {
	listing  Listing[T]
	rows     []T
	seen     map[string]bool
	offset   int   // rows received, repeated ones included
	total    int64 // the largest that was named
	fell     bool  // a page named fewer than one before it
	rose     bool  // a page named more
	pages    int
	first    int   // rows of the first page, repeated ones included
	repeated int64 // rows that the total counts twice
	again    bool  // this is the second reading
}

func (r *listingPass[T]) fetch(ctx context.Context, at Position) (Page[T], error) {
	at.Again = r.again
	return r.listing.Fetch(ctx, at)
}

// add takes the rows of a page and returns how many of them are new.
func (r *listingPass[T]) add(page Page[T]) (int, error) {
	fresh := 0
	for i, row := range page.Rows {
		key := r.listing.Key(row)
		if key == "" {
			return 0, fmt.Errorf("row %d of the %s has no id; the list cannot be trusted", r.offset+i+1, r.listing.What)
		}
		if !r.seen[key] {
			r.seen[key] = true
			r.rows = append(r.rows, row)
			fresh++
		}
	}
	r.offset += len(page.Rows)
	if r.pages++; r.pages > maxPages {
		return 0, r.limited(fmt.Sprintf("more than %d pages", maxPages))
	}
	if r.offset > maxRows {
		return 0, r.limited(fmt.Sprintf("more than %d rows", maxRows))
	}
	if page.Total >= 0 {
		page.Total -= r.repeated
	}
	r.fell = r.fell || page.Total >= 0 && page.Total < r.total
	r.rose = r.rose || r.total >= 0 && page.Total > r.total
	r.total = max(r.total, page.Total)
	return fresh, nil
}

// fetchRest asks side by side for the pages that the total of the first one
// promises, taking for granted that all are as long as the first.
func (r *listingPass[T]) fetchRest(ctx context.Context, step int) error {
	if step == 0 || r.total <= int64(step) || r.total/int64(step) > maxPages {
		return nil
	}
	pages := make([]Page[T], (int(r.total)-1)/step)
	var mu sync.Mutex
	begins := map[string]bool{r.listing.Key(r.rows[0]): true}
	err := Each(ctx, len(pages), func(ctx context.Context, i int) (err error) {
		pages[i], err = r.fetch(ctx, Position{Offset: (i + 1) * step})
		switch {
		case err != nil:
			return err
		case len(pages[i].Rows) == 0:
			// The total is wrong, by an unknown number: the rest of what it
			// promises may be thousands of pages.
			return r.incomplete("a page that the total promises was empty")
		}
		mu.Lock()
		defer mu.Unlock()
		begin := r.listing.Key(pages[i].Rows[0])
		if begins[begin] {
			return r.incomplete("two pages begin with the same row; the service seems to ignore the requested position")
		}
		begins[begin] = true
		return nil
	})
	if err != nil {
		return err
	}
	for _, page := range pages {
		if _, err := r.add(page); err != nil {
			return err
		}
	}
	return nil
}

// followOffsets goes on behind the rows received until nothing is missing or
// nothing new comes. It advances by rows received: a server may send fewer
// than asked for, and what it says about its page is not to be relied on.
func (r *listingPass[T]) followOffsets(ctx context.Context) error {
	for r.offset > 0 {
		if !r.listing.Doubtful && r.total >= 0 && int64(len(r.rows)) >= r.total {
			return nil
		}
		whole := r.total >= 0 && int64(len(r.rows)) >= r.total
		asking := ctx
		if whole {
			asking = Once(ctx) // it is only to see that there is nothing
		}
		page, err := r.fetch(asking, Position{Offset: r.offset})
		if whole && refusesPosition(err) {
			return nil
		}
		if err != nil {
			return err
		}
		fresh, err := r.add(page)
		if err != nil {
			return err
		}
		switch {
		case page.Next != "":
			return r.followCursors(ctx, page.Next)
		case fresh > 0:
		case len(page.Rows) > 0 && whole:
			return r.doubt(ctx, page)
		case int64(len(r.rows)) >= r.total && len(page.Rows) == 0:
			return nil
		case len(page.Rows) > 0:
			return r.incomplete(fmt.Sprintf("the page behind row %d has rows that were sent before; the service seems to ignore the requested position", r.offset-len(page.Rows)))
		default:
			return r.incomplete(fmt.Sprintf("the page behind row %d was empty", r.offset))
		}
	}
	return nil
}

// refusesPosition reports whether a service refused a position behind the last
// row, as some do in the place of an empty page.
func refusesPosition(err error) bool {
	status := Status(err)
	return status >= http.StatusBadRequest && status != http.StatusUnauthorized && status != http.StatusTooManyRequests
}

// followCursors reads pages that name their successor.
func (r *listingPass[T]) followCursors(ctx context.Context, cursor string) error {
	used := map[string]bool{}
	for idle := 0; cursor != ""; {
		if used[cursor] {
			return r.incomplete("the service named the same next page twice")
		}
		used[cursor] = true
		page, err := r.fetch(ctx, Position{Offset: r.offset, Cursor: cursor})
		if err != nil {
			return err
		}
		fresh, err := r.add(page)
		if err != nil {
			return err
		}
		if fresh > 0 {
			idle = 0
		} else if idle++; idle == maxIdlePages && page.Next != "" {
			return r.incomplete(fmt.Sprintf("%d pages in a row brought nothing new and named yet another", maxIdlePages))
		}
		cursor = page.Next
	}
	return nil
}

func (r *listingPass[T]) limited(why string) *LimitError {
	return &LimitError{What: r.listing.What, Got: len(r.rows), Why: "it has " + why + ", far more than any real list"}
}

func (r *listingPass[T]) incomplete(why string) *IncompleteError {
	return &IncompleteError{What: r.listing.What, Got: len(r.rows), Want: r.total, Why: why}
}

// Each calls a function for 0 to n-1, a few at a time, and returns the first
// error. After an error, or the end of ctx, the calls not yet begun are left
// out; without an error all were made.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxInFlight)
	for i := range n {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return group.Wait()
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

// listingPass is one pass over a listing, and what it has received so far.
type listingPass[R, T any] struct {
	listing    Listing[R, T]
	sideBySide bool // this is the first reading
	rows       []T
	seen       map[string]bool
	offset     int   // rows received, repeated ones included
	total      int64 // the largest that was named
	fell       bool  // a page named fewer than one before it
	rose       bool  // a page named more
	pages      int
	first      int   // rows of the first page, repeated ones included
	repeated   int64 // rows that the total counts twice
}

func newListingPass[R, T any](listing Listing[R, T], sideBySide bool) *listingPass[R, T] {
	return &listingPass[R, T]{listing: listing, sideBySide: sideBySide, total: UnknownTotal, seen: map[string]bool{}, rows: []T{}}
}

// read makes the pass.
func (r *listingPass[R, T]) read(ctx context.Context) ([]T, error) {
	first, err := r.fetch(ctx, Position{})
	if err != nil {
		return nil, err
	}
	if _, err := r.add(first); err != nil {
		return nil, err
	}
	r.first = len(first.rows)
	if int64(r.first) >= r.total {
		// All that was promised came in one page. Rows that repeat do not make it
		// less: nothing can have moved from one page to another.
		r.repeated = max(0, r.total-int64(len(r.rows)))
		r.total -= r.repeated
	}
	if first.next != "" || r.listing.ByCursor {
		err = r.followCursors(ctx, first.next)
	} else {
		if r.sideBySide {
			err = r.fetchRest(ctx, first)
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
	if !r.listing.Doubtful && (r.fell || r.rose && r.sideBySide) {
		return nil, r.incomplete("rows were removed meanwhile, and others may have moved to a page that had been read already")
	}
	return r.rows, nil
}

// keptPage is what is kept of a [Page].
type keptPage[T any] struct {
	rows  []keptRow[T]
	total int64
	next  string
}

// keptRow is a row and its key. There is nothing of a row without one.
type keptRow[T any] struct {
	key string
	row T
}

func (r *listingPass[R, T]) fetch(ctx context.Context, at Position) (kept keptPage[T], err error) {
	at.Again = !r.sideBySide
	page, err := r.listing.Fetch(ctx, at)
	if err != nil {
		return kept, err
	}
	kept = keptPage[T]{rows: make([]keptRow[T], len(page.Rows)), total: page.Total, next: page.Next}
	for i, row := range page.Rows {
		if key := r.listing.Key(row); key != "" {
			kept.rows[i] = keptRow[T]{key, r.listing.Keep(row)}
		}
	}
	return kept, nil
}

// add takes the rows of a page and returns how many of them are new.
func (r *listingPass[R, T]) add(page keptPage[T]) (int, error) {
	fresh := 0
	for i, kept := range page.rows {
		if kept.key == "" {
			return 0, fmt.Errorf("row %d of the %s has no id; the list cannot be trusted", r.offset+i+1, r.listing.What)
		}
		if !r.seen[kept.key] {
			r.seen[kept.key] = true
			r.rows = append(r.rows, kept.row)
			fresh++
		}
	}
	r.offset += len(page.rows)
	if r.pages++; r.pages > maxPages {
		return 0, r.limited(fmt.Sprintf("more than %d pages", maxPages))
	}
	if r.offset > maxRows {
		return 0, r.limited(fmt.Sprintf("more than %d rows", maxRows))
	}
	if page.total >= 0 {
		page.total -= r.repeated
	}
	r.fell = r.fell || page.total >= 0 && page.total < r.total
	r.rose = r.rose || r.total >= 0 && page.total > r.total
	r.total = max(r.total, page.total)
	return fresh, nil
}

// fetchRest asks side by side for the pages that the total of the first one
// promises, taking for granted that all are as long as the first.
func (r *listingPass[R, T]) fetchRest(ctx context.Context, first keptPage[T]) error {
	step := len(first.rows)
	if step == 0 || r.total <= int64(step) || r.total/int64(step) > maxPages {
		return nil
	}
	pages := make([]keptPage[T], (int(r.total)-1)/step)
	var mu sync.Mutex
	begins := map[string]bool{first.rows[0].key: true}
	err := Each(ctx, len(pages), func(ctx context.Context, i int) (err error) {
		pages[i], err = r.fetch(ctx, Position{Offset: (i + 1) * step})
		switch {
		case err != nil:
			return err
		case len(pages[i].rows) == 0:
			// The total is wrong, by an unknown number: the rest of what it
			// promises may be thousands of pages.
			return r.incomplete("a page that the total promises was empty")
		}
		mu.Lock()
		defer mu.Unlock()
		begin := pages[i].rows[0].key
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
func (r *listingPass[R, T]) followOffsets(ctx context.Context) error {
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
		case page.next != "":
			return r.followCursors(ctx, page.next)
		case fresh > 0:
		case len(page.rows) > 0 && whole:
			return r.doubt(ctx, page)
		case int64(len(r.rows)) >= r.total && len(page.rows) == 0:
			return nil
		case len(page.rows) > 0:
			return r.incomplete(fmt.Sprintf("the page behind row %d has rows that were sent before; the service seems to ignore the requested position", r.offset-len(page.rows)))
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
func (r *listingPass[R, T]) followCursors(ctx context.Context, cursor string) error {
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
		} else if idle++; idle == maxIdlePages && page.next != "" {
			return r.incomplete(fmt.Sprintf("%d pages in a row brought nothing new and named yet another", maxIdlePages))
		}
		cursor = page.next
	}
	return nil
}

func (r *listingPass[R, T]) limited(why string) *LimitError {
	return &LimitError{What: r.listing.What, Got: len(r.rows), Why: "it has " + why + ", far more than any real list"}
}

func (r *listingPass[R, T]) incomplete(why string) *IncompleteError {
	return &IncompleteError{What: r.listing.What, Got: len(r.rows), Want: r.total, Why: why}
}

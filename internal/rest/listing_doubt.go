// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// doubt decides what it means that the position behind the last row brought a
// page of rows again. A service that begins again there, or that knows no pages
// and sends everything whatever it is asked, has shown all. One that ignores the
// position and calls the length of its page the total shows nothing of the rows
// behind the first page, and looks the same. What it makes of a page of one row
// tells most of them apart, and another order the others.
func (r *listingPass[R, T]) doubt(ctx context.Context, page keptPage[T]) error {
	if r.total <= 1 || int64(r.first) != r.total || r.first > r.listing.PageSize {
		return nil // other positions brought other rows, or no page is that small or large
	}
	single, err := r.fetch(Once(ctx), Position{Single: true})
	switch {
	case ctx.Err() != nil:
		return err
	case err != nil:
	case len(single.rows) == 1 && single.total == r.total:
		return nil // it is that of the list
	case len(single.rows) == 1 && r.first == r.listing.PageSize:
		return r.incomplete("the service ignores the requested position, and takes the rows of a page for the total")
	case len(single.rows) == r.first && !mayBePageSize(r.first):
		return nil // it knows no pages
	}
	reversed, err := r.fetch(Once(ctx), Position{Reversed: true})
	if ctx.Err() != nil {
		return err
	}
	if err == nil {
		switch fresh, err := r.add(reversed); {
		case err != nil:
			return err
		case fresh > 0:
			return r.incomplete("the service ignores the requested position, and has other rows first in another order")
		case len(reversed.rows) == r.first && r.turned(page, reversed):
			return nil // what comes first and what comes last are the same rows
		}
	}
	if r.listing.Warn != nil {
		r.listing.Warn(fmt.Sprintf("%d %s were read. The service ignores the requested position, so that it cannot be known whether there are more", len(r.rows), r.listing.What))
	}
	return nil
}

// mayBePageSize reports whether a service may cut all pages to this size,
// whatever it is asked: those in use are round numbers.
func mayBePageSize(rows int) bool { return rows%5 == 0 }

// turned reports whether a page has the descending order that was asked for, and
// the page before had another one. Otherwise the service may have ignored it.
func (r *listingPass[R, T]) turned(page, reversed keptPage[T]) bool {
	return page.rows[0].key != reversed.rows[0].key &&
		slices.IsSortedFunc(reversed.rows, func(a, b keptRow[T]) int { return cmp.Compare(b.key, a.key) })
}

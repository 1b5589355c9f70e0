// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pageLimit is the largest page that the service allows:
// https://fivetran.com/docs/rest-api/pagination
const pageLimit = 1000

// wirePage is the data of a list.
type wirePage[T any] struct {
	Items      rest.Rows[T] `json:"items"`
	NextCursor rest.Text    `json:"next_cursor"`
}

func (p wirePage[T]) check() error {
	if p.Items == nil {
		return errors.New("the reply has no items")
	}
	return nil
}

// AddGap gives a gap to the row that has it.
func (p *wirePage[T]) AddGap(gap rest.Gap) { rest.AddRowGap(p.Items, gap, "items") }

// pageReader reads the page of a collection at a cursor, or with "" the first.
type pageReader[T any] func(ctx context.Context, cursor string) (rest.Page[T], error)

// pagesOf returns the reader of the pages of a collection.
func pagesOf[T any](c *Client, path string) pageReader[T] {
	return func(ctx context.Context, cursor string) (rest.Page[T], error) {
		query := url.Values{"limit": {strconv.Itoa(pageLimit)}}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		var reply envelope[wirePage[T]]
		if err := c.rest.Get(ctx, path, query, &reply); err != nil {
			return rest.Page[T]{}, err
		}
		return rest.Page[T]{Rows: reply.Data.Items, Total: rest.UnknownTotal, Next: reply.Data.NextCursor.String()}, nil
	}
}

// listAll reads all rows of a collection, in the order of the service, and keeps of
// each what a function returns. Only a page has the cursor of the next, so they are
// read one after another.
func listAll[R, T any](ctx context.Context, what string, key func(R) string, keep func(R) T, read pageReader[R]) ([]T, error) {
	return rest.Listing[R, T]{
		What:     what,
		Key:      key,
		Keep:     keep,
		ByCursor: true,
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[R], error) {
			return read(ctx, at.Cursor)
		},
	}.All(ctx)
}

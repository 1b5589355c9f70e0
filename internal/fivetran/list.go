// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pageLimit is the largest page that the service allows.
const pageLimit = 1000

// answer is a success: the service wraps what was asked for in "data". Without
// it, a 2xx answer came from elsewhere and is an error.
type answer[T interface{ check() error }] struct{ data T }

// UnmarshalJSON fails when there is no data, or none that can be used.
func (a *answer[T]) UnmarshalJSON(body []byte) error {
	var envelope struct {
		Data *T `json:"data"`
	}
	if err := json.Unmarshal(body, &envelope); err != nil {
		return err
	}
	if envelope.Data == nil {
		return errors.New("the answer has no data")
	}
	a.data = *envelope.Data
	return a.data.check()
}

// page is the data of a list.
type page[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor"`
}

func (p page[T]) check() error {
	if p.Items == nil {
		return errors.New("the answer has no items")
	}
	return nil
}

// pages returns the function that reads one page of a collection, from a
// cursor or, with "", from the start.
func pages[T any](c *Client, path string) func(ctx context.Context, cursor string) (rest.Page[T], error) {
	return func(ctx context.Context, cursor string) (rest.Page[T], error) {
		query := url.Values{"limit": {strconv.Itoa(pageLimit)}}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		var reply answer[page[T]]
		if err := c.rest.Get(ctx, path, query, &reply); err != nil {
			return rest.Page[T]{}, err
		}
		return rest.Page[T]{Rows: reply.data.Items, Total: rest.UnknownTotal, Next: reply.data.NextCursor}, nil
	}
}

// list reads all rows of a collection, in the order of the service. Only a
// page knows the cursor of the next, so they are read one after another.
func list[T any](ctx context.Context, what string, key func(T) string, page func(context.Context, string) (rest.Page[T], error)) ([]T, error) {
	return rest.Listing[T]{
		What:     what,
		Key:      key,
		ByCursor: true,
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[T], error) {
			return page(ctx, at.Cursor)
		},
	}.All(ctx)
}

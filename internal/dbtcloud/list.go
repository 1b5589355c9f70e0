// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"maps"
	"net/url"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pageLimit is the largest page that the service allows.
const pageLimit = 100

// identified is what the rows of all collections have in common.
type identified struct {
	rest.Gapped
	ID rest.Int `json:"id"`
}

func (i identified) key() string {
	if i.ID.Value == nil {
		return ""
	}
	return strconv.FormatInt(*i.ID.Value, 10)
}

// stateDeleted is the state of what was removed: the service keeps the row and
// marks it.
const stateDeleted = 2

func isDeleted(state rest.Int) bool { return state.Value != nil && *state.Value == stateDeleted }

// listAll reads all rows of a collection, in the order of the service, and keeps of
// each what a function returns.
func listAll[R interface{ key() string }, T any](ctx context.Context, c *Client, what, path string, query url.Values, keep func(R) T) ([]T, error) {
	return rest.Listing[R, T]{
		What: what,
		Key:  R.key,
		Keep: keep,
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[R], error) {
			asked := maps.Clone(query)
			asked.Set("limit", strconv.Itoa(pageLimit))
			asked.Set("offset", strconv.Itoa(at.Offset))
			var reply pageEnvelope[R]
			if err := c.rest.Get(ctx, path, asked, &reply); err != nil {
				return rest.Page[R]{}, err
			}
			page := rest.Page[R]{Total: reply.total()}
			if reply.Data != nil {
				page.Rows = *reply.Data
			}
			return page, nil
		},
	}.All(ctx)
}

// readSingle reads what an account has one of.
func readSingle[T any](ctx context.Context, c *Client, path string) (single T, err error) {
	var reply envelope[T]
	if err := c.rest.Get(ctx, path, nil, &reply); err != nil {
		return single, err
	}
	return *reply.Data, nil
}

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

// row is what the rows of all collections have in common.
type row struct {
	ID rest.Int `json:"id"`
}

func (r row) key() string {
	if r.ID.Value == nil {
		return ""
	}
	return strconv.FormatInt(*r.ID.Value, 10)
}

// deleted is the state of what was removed: the service keeps the record and
// marks it.
const deleted = 2

func isDeleted(state rest.Int) bool { return state.Value != nil && *state.Value == deleted }

// list reads all rows of a collection, in the order of the service.
func list[T interface{ key() string }](ctx context.Context, c *Client, what, path string, query url.Values) ([]T, error) {
	return rest.Listing[T]{
		What: what,
		Key:  func(row T) string { return row.key() },
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[T], error) {
			query := maps.Clone(query)
			query.Set("limit", strconv.Itoa(pageLimit))
			query.Set("offset", strconv.Itoa(at.Offset))
			return fetch[T](ctx, c, path, query)
		},
	}.All(ctx)
}

// fetch reads one page. An answer without rows is a page only if it also says
// that there are none: anything else with status 200 came from elsewhere.
func fetch[T any](ctx context.Context, c *Client, path string, query url.Values) (rest.Page[T], error) {
	var answer struct {
		Data  []T `json:"data"`
		Extra struct {
			Pagination struct {
				TotalCount rest.Int `json:"total_count"`
			} `json:"pagination"`
		} `json:"extra"`
	}
	if err := c.rest.Get(ctx, path, query, &answer); err != nil {
		return rest.Page[T]{}, err
	}
	total := rest.UnknownTotal
	if told := answer.Extra.Pagination.TotalCount.Value; told != nil {
		total = *told
	}
	if answer.Data == nil && total != 0 {
		return rest.Page[T]{}, c.noData(path)
	}
	return rest.Page[T]{Rows: answer.Data, Total: total}, nil
}

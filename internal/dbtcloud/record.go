// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"errors"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// record reads what an account has one of.
func record[T any](ctx context.Context, c *Client, path string) (record T, err error) {
	var answer struct {
		Data *T `json:"data"`
	}
	if err := c.rest.Get(ctx, path, nil, &answer); err != nil {
		return record, err
	}
	if answer.Data == nil {
		return record, c.noData(path)
	}
	return *answer.Data, nil
}

var errNoData = errors.New("the answer has no data")

// noData is the error for an answer with status 200 that came from elsewhere.
func (c *Client) noData(path string) error {
	return &rest.Error{Method: http.MethodGet, URL: c.Base() + "/" + path, Status: http.StatusOK, Attempts: 1, Err: errNoData}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// ListResponse is the envelope of a list. Resources is absent where it is nil.
type ListResponse struct {
	Schemas      []string `json:"schemas"`
	TotalResults int      `json:"totalResults"`
	StartIndex   int      `json:"startIndex"`
	ItemsPerPage int      `json:"itemsPerPage"`
	Resources    []any    `json:"Resources,omitzero"`
}

// List returns the page of rows that startIndex and count ask for, each as show
// makes it and with the attributes that are asked for. startIndex counts from 1.
// A count above pageCap is silently lowered to it.
func List[T any](query url.Values, rows []T, pageCap int, show func(T) any) (*ListResponse, *Error) {
	start, startErr := readInt(query.Get("startIndex"), 1)
	count, countErr := readInt(query.Get("count"), pageCap)
	if startErr != nil || countErr != nil {
		return nil, &Error{http.StatusBadRequest, "invalidValue", "startIndex and count must be integers"}
	}
	start, count = max(start, 1), min(max(count, 0), pageCap)
	page := rows[min(start-1, len(rows)):]
	page = page[:min(count, len(page))]
	response := &ListResponse{
		Schemas:      []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"},
		TotalResults: len(rows), StartIndex: start, ItemsPerPage: len(page),
	}
	for _, row := range page {
		response.Resources = append(response.Resources, SelectAttributes(show(row), query))
	}
	return response, nil
}

// Filter returns the rows that the filter of a query matches. Names that people
// type ignore case unless it compares exactly.
func Filter[T Resource](query url.Values, rows []T, exactly bool) ([]T, *Error) {
	matches, err := parseFilter[T](query.Get("filter"), exactly)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !matches(row) }), nil
}

func readInt(value string, absent int) (int, error) {
	if value == "" {
		return absent, nil
	}
	return strconv.Atoi(value)
}

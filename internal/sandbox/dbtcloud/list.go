// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// listExtra goes with every list: what the client asked for and how much there is.
type listExtra struct {
	Filters    map[string]any `json:"filters"`
	OrderBy    string         `json:"order_by"`
	Pagination wirePagination `json:"pagination"`
}

type wirePagination struct {
	Count      int `json:"count"`
	TotalCount int `json:"total_count"`
}

// maxLimit is the largest page. The sandbox refuses more: whether the service
// refuses or lowers it is not documented, so a client must not depend on either.
const maxLimit = 100

// writeList answers with the page of rows that limit, offset and order_by ask
// for. The rows are in the order of their ids, the only one that the sandbox
// knows; it refuses any other.
func writeList[T any](w http.ResponseWriter, r *http.Request, rows []T) {
	query := r.URL.Query()
	limit, limitErr := readInt(query, "limit", maxLimit, 1, maxLimit)
	offset, offsetErr := readInt(query, "offset", 0, 0, 1<<31-1)
	if err := errors.Join(limitErr, offsetErr); err != nil {
		refuseBecause(w, http.StatusBadRequest, err.Error())
		return
	}
	order := cmp.Or(query.Get("order_by"), "id")
	switch order {
	case "id":
	case "-id":
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	default:
		refuseBecause(w, http.StatusBadRequest, fmt.Sprintf("order_by: the sandbox cannot order by %q", order))
		return
	}
	total := len(rows)
	rows = rows[min(offset, total):min(offset+limit, total)]
	filters := map[string]any{"account_id": AccountID, "limit": limit, "offset": offset}
	for name := range query {
		if _, ok := filters[name]; !ok && name != "order_by" {
			filters[name] = query.Get(name)
		}
	}
	writePage(w, rows, listExtra{filters, order, wirePagination{len(rows), total}})
}

// writePage answers like succeed. It puts the rows together itself, because
// encoding/json would read again through users that are encoded already.
func writePage[T any](w http.ResponseWriter, rows []T, extra listExtra) {
	encoded := make([][]byte, len(rows))
	for i, row := range rows {
		if user, ok := any(row).(*wireUser); ok {
			encoded[i] = user.json()
		} else {
			encoded[i] = service.Encode(row)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, "{\"status\":%s,\"data\":[%s],\"extra\":%s}\n",
		service.Encode(statusOK), bytes.Join(encoded, []byte(",")), service.Encode(extra))
}

func readInt(query url.Values, name string, absent, lowest, highest int) (int, error) {
	value := query.Get(name)
	if value == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < lowest || n > highest {
		return 0, fmt.Errorf("%s: %q is not a number from %d to %d", name, value, lowest, highest)
	}
	return n, nil
}

// inState returns the rows in the states of soft deletion that the query asks
// for: 1 is active, which is the default, and 2 is deleted. An error is a
// parameter that the service refuses.
func inState[T any](query url.Values, rows []T, state func(T) int) ([]T, error) {
	var wanted []int
	switch value := cmp.Or(query.Get("state"), "active"); value {
	case "active", "1":
		wanted = []int{1}
	case "deleted", "2":
		wanted = []int{2}
	case "all":
		wanted = []int{1, 2}
	default:
		return nil, fmt.Errorf("state: %q is none of active, deleted, all", value)
	}
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !slices.Contains(wanted, state(row)) }), nil
}

// findRow returns the row of the id in the path. Where there is none, it
// answers so itself.
func findRow[T any](w http.ResponseWriter, r *http.Request, rows []T, id func(T) int64) (row T, ok bool) {
	wanted, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	for _, row := range rows {
		if err == nil && id(row) == wanted {
			return row, true
		}
	}
	refuse(w, r, http.StatusNotFound)
	return row, false
}

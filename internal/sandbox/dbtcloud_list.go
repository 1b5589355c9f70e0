// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// dbtExtra goes with every list: what was asked for and how much there is.
type dbtExtra struct {
	Filters    map[string]any `json:"filters"`
	OrderBy    string         `json:"order_by"`
	Pagination dbtPagination  `json:"pagination"`
}

type dbtPagination struct {
	Count      int `json:"count"`
	TotalCount int `json:"total_count"`
}

// dbtMaxPage is the largest page. More is refused: whether the service refuses
// or lowers it is not known, and a client must not depend on either.
const dbtMaxPage = 100

// dbtOrders are the fields that a list can be ordered by.
type dbtOrders[T any] map[string]func(a, b T) int

// dbtList answers with the page of rows that limit, offset and order_by ask
// for. The rows are in the order of their ids.
func dbtList[T any](w http.ResponseWriter, r *http.Request, rows []T, orders dbtOrders[T]) {
	query := r.URL.Query()
	limit, err := dbtInt(query, "limit", dbtMaxPage, 1, dbtMaxPage)
	if err != nil {
		dbtFail(w, http.StatusBadRequest, err.Error())
		return
	}
	offset, err := dbtInt(query, "offset", 0, 0, 1<<31-1)
	if err != nil {
		dbtFail(w, http.StatusBadRequest, err.Error())
		return
	}
	order := cmp.Or(query.Get("order_by"), "id")
	if order != "id" {
		field, descending := strings.CutPrefix(order, "-")
		compare, ok := orders[field]
		if !ok {
			dbtFail(w, http.StatusBadRequest, fmt.Sprintf("order_by: cannot order by %q", field))
			return
		}
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(a, b T) int {
			if descending {
				a, b = b, a
			}
			return compare(a, b)
		})
	}
	total := len(rows)
	rows = rows[min(offset, total):min(offset+limit, total)]
	filters := map[string]any{"account_id": DBTCloudAccount, "limit": limit, "offset": offset}
	for name := range query {
		if _, ok := filters[name]; !ok && name != "order_by" {
			filters[name] = query.Get(name)
		}
	}
	dbtPage(w, rows, dbtExtra{
		Filters:    filters,
		OrderBy:    order,
		Pagination: dbtPagination{Count: len(rows), TotalCount: total},
	})
}

// dbtPage answers like dbtSuccess. It puts the rows together itself, because
// encoding/json would read all through what is encoded already.
func dbtPage[T any](w http.ResponseWriter, rows []T, extra dbtExtra) {
	encoded := make([][]byte, len(rows))
	for i, row := range rows {
		if user, ok := any(row).(*dbtUser); ok {
			encoded[i] = user.json()
		} else {
			encoded[i] = encode(row)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, "{\"status\":%s,\"data\":[%s],\"extra\":%s}\n", encode(dbtOK), bytes.Join(encoded, []byte(",")), encode(extra))
}

func dbtInt(query url.Values, name string, absent, lowest, highest int) (int, error) {
	text := query.Get(name)
	if text == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < lowest || n > highest {
		return 0, fmt.Errorf("%s: %q is not a number from %d to %d", name, text, lowest, highest)
	}
	return n, nil
}

// dbtState returns which states of soft deletion the query asks for: 1 is
// active, 2 is deleted.
func dbtState(query url.Values, absent string) (func(state int) bool, error) {
	switch text := cmp.Or(query.Get("state"), absent); text {
	case "active", "1":
		return func(state int) bool { return state == 1 }, nil
	case "deleted", "2":
		return func(state int) bool { return state == 2 }, nil
	case "all":
		return func(int) bool { return true }, nil
	default:
		return nil, fmt.Errorf("state: %q is none of active, deleted, all", text)
	}
}

// dbtKeys returns whether an id is one that pk and pk__in ask for.
func dbtKeys(query url.Values) (func(id int64) bool, error) {
	var wanted []int64
	texts := query["pk"]
	for _, list := range query["pk__in"] {
		texts = append(texts, strings.Split(list, ",")...)
	}
	for _, text := range texts {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("pk: %q is not a number", text)
		}
		wanted = append(wanted, id)
	}
	return func(id int64) bool { return len(texts) == 0 || slices.Contains(wanted, id) }, nil
}

// dbtWhere returns the rows that the query's state and keys leave. An error is
// a parameter that the service refuses.
func dbtWhere[T any](query url.Values, rows []T, id func(T) int64, state func(T) int) ([]T, error) {
	wantedState, err := dbtState(query, "active")
	if err != nil {
		return nil, err
	}
	wantedID, err := dbtKeys(query)
	if err != nil {
		return nil, err
	}
	var left []T
	for _, row := range rows {
		if wantedState(state(row)) && wantedID(id(row)) {
			left = append(left, row)
		}
	}
	return left, nil
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

type wirePage struct {
	Items any `json:"items"`
	// NextCursor is absent on the last page.
	NextCursor string `json:"next_cursor,omitempty"`
}

// writeList answers with the page that cursor and limit ask for.
func writeList[T any](w http.ResponseWriter, r *http.Request, message string, rows []T) {
	query := r.URL.Query()
	limit := 100
	if value := query.Get("limit"); value != "" {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 1000 {
			fail(w, http.StatusBadRequest, "InvalidInput", "Limit must be a number in the range 1..1000, got '%s'", value)
			return
		}
		limit = n
	}
	skip, err := readCursor(query.Get("cursor"))
	if err != nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "Invalid cursor '%s'", query.Get("cursor"))
		return
	}
	rows = rows[min(skip, len(rows)):]
	page := wirePage{Items: rows}
	if len(rows) > limit {
		page = wirePage{rows[:limit], writeCursor(skip + limit)}
	}
	if len(rows) == 0 {
		page.Items = []T{}
	}
	succeed(w, http.StatusOK, message, page)
}

// cursorContent is what is inside a cursor, which clients pass on unread.
type cursorContent struct {
	Skip int `json:"skip"`
}

func writeCursor(skip int) string {
	return base64.RawStdEncoding.EncodeToString(service.Encode(cursorContent{skip}))
}

func readCursor(cursor string) (skip int, err error) {
	if cursor == "" {
		return 0, nil
	}
	decoded, err := base64.RawStdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, err
	}
	var content cursorContent
	if err := json.Unmarshal(decoded, &content); err != nil {
		return 0, err
	}
	return max(0, content.Skip), nil
}

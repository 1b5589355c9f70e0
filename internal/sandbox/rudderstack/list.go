// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const listSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

// allRows is the count by which an oddity asks for all rows in one page.
const allRows = "all"

// listResponse has no Resources when there are none.
type listResponse struct {
	Schemas      []string `json:"schemas"`
	TotalResults int      `json:"totalResults"`
	StartIndex   int      `json:"startIndex"`
	ItemsPerPage int      `json:"itemsPerPage"`
	Resources    []any    `json:"Resources,omitempty"`
}

// writeList answers with a page of the rows that match the filter. startIndex
// counts from 1. The service silently lowers a count above the cap, and sorts by
// id alone.
func writeList[T scimResource](w http.ResponseWriter, r *http.Request, rows []T, pageCap int) {
	query := r.URL.Query()
	matches, err := parseFilter[T](query.Get("filter"))
	if err != nil {
		writeError(w, http.StatusBadRequest, "invalidFilter", err.Error())
		return
	}
	if query.Get("count") == allRows {
		pageCap = len(rows)
		query.Del("count")
	}
	start, startErr := readInt(query.Get("startIndex"), 1)
	count, countErr := readInt(query.Get("count"), pageCap)
	if startErr != nil || countErr != nil {
		writeError(w, http.StatusBadRequest, "invalidValue", "startIndex and count must be integers")
		return
	}
	start, count = max(start, 1), min(max(count, 0), pageCap)
	rows = slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !matches(row) })
	if query.Get("sortBy") == "id" {
		slices.SortFunc(rows, func(a, b T) int { return strings.Compare(a.attribute("id"), b.attribute("id")) })
		if query.Get("sortOrder") == "descending" {
			slices.Reverse(rows)
		}
	}
	page := rows[min(start-1, len(rows)):]
	page = page[:min(count, len(page))]
	response := listResponse{
		Schemas:      []string{listSchema},
		TotalResults: len(rows), StartIndex: start, ItemsPerPage: len(page),
	}
	for _, row := range page {
		response.Resources = append(response.Resources, selectAttributes(row, query))
	}
	service.WriteJSON(w, scimMediaType, http.StatusOK, response)
}

func readInt(value string, absent int) (int, error) {
	if value == "" {
		return absent, nil
	}
	return strconv.Atoi(value)
}

func writeResource[T scimResource](w http.ResponseWriter, r *http.Request, rows []T) {
	for _, row := range rows {
		if row.attribute("id") == r.PathValue("id") {
			service.WriteJSON(w, scimMediaType, http.StatusOK, selectAttributes(row, r.URL.Query()))
			return
		}
	}
	writeError(w, http.StatusNotFound, "", "Resource "+r.PathValue("id")+" not found")
}

// selectAttributes returns what attributes and excludedAttributes leave of a
// resource: always id and schemas.
func selectAttributes(row any, query map[string][]string) any {
	wanted, unwanted := attributeNames(query["attributes"]), attributeNames(query["excludedAttributes"])
	if len(wanted)+len(unwanted) == 0 {
		return row
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(service.Encode(row), &all); err != nil {
		return row
	}
	for name := range all {
		lower := strings.ToLower(name)
		always := lower == "id" || lower == "schemas"
		if !always && (unwanted[lower] || len(wanted) > 0 && !wanted[lower]) {
			delete(all, name)
		}
	}
	return all
}

// attributeNames reads lists of attribute names, in lower case. The name of a
// sub-attribute counts as that of the whole attribute.
func attributeNames(lists []string) map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Split(strings.Join(lists, ","), ",") {
		if name, _, _ = strings.Cut(strings.TrimSpace(name), "."); name != "" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}

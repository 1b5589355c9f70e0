// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"net/http"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// allRows is the count by which an oddity asks for all rows in one page.
const allRows = "all"

// writeList answers with a page of the rows that match the filter, without
// Resources when there are none, sorted by id if asked for. RudderStack documents
// neither filters nor sorting.
func writeList[T scim.Resource](w http.ResponseWriter, r *http.Request, rows []T, pageCap int) {
	query := r.URL.Query()
	rows, refusal := scim.Filter(query, rows, false)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	if query.Get("count") == allRows {
		pageCap = len(rows)
		query.Del("count")
	}
	if query.Get("sortBy") == "id" {
		slices.SortFunc(rows, func(a, b T) int { return strings.Compare(a.Attribute("id"), b.Attribute("id")) })
		if query.Get("sortOrder") == "descending" {
			slices.Reverse(rows)
		}
	}
	response, refusal := scim.List(query, rows, pageCap, func(row T) any { return row })
	if refusal != nil {
		refusal.Write(w)
		return
	}
	service.WriteJSON(w, scim.MediaType, http.StatusOK, response)
}

func writeResource[T scim.Resource](w http.ResponseWriter, r *http.Request, rows []T) {
	for _, row := range rows {
		if row.Attribute("id") == r.PathValue("id") {
			service.WriteJSON(w, scim.MediaType, http.StatusOK, scim.SelectAttributes(row, r.URL.Query()))
			return
		}
	}
	writeError(w, http.StatusNotFound, "Resource "+r.PathValue("id")+" not found")
}

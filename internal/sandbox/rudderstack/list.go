// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// writeList answers with a page of the rows that match the filter, without
// Resources when there are none. RudderStack documents no filters.
func writeList[T scim.Resource](w http.ResponseWriter, r *http.Request, rows []T, pageCap int) {
	rows, refusal := scim.Filter(r.URL.Query(), rows, false)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	response, refusal := scim.List(r.URL.Query(), rows, pageCap, func(row T) any { return row })
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

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"embed"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// scim is RudderStack's SCIM 2.0 service. It only reads: every other method is
// refused, and recorded.
type scim struct {
	users   []*scimUser
	groups  []*scimGroup
	pageCap int
}

// discovery holds what the service says of itself.
//
//go:embed discovery/*.json
var discovery embed.FS

const (
	scimMediaType  = "application/scim+json"
	scimUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User"
	scimGroupURN   = "urn:ietf:params:scim:schemas:core:2.0:Group"
	scimListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	scimErrSchema  = "urn:ietf:params:scim:api:messages:2.0:Error"
)

// scimList has no Resources when there are none.
type scimList struct {
	Schemas      []string `json:"schemas"`
	TotalResults int      `json:"totalResults"`
	StartIndex   int      `json:"startIndex"`
	ItemsPerPage int      `json:"itemsPerPage"`
	Resources    []any    `json:"Resources,omitempty"`
}

// scimError has its status as a string.
type scimError struct {
	Schemas  []string `json:"schemas"`
	Status   string   `json:"status"`
	SCIMType string   `json:"scimType,omitempty"`
	Detail   string   `json:"detail"`
}

func (s *scim) service() *service {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /scim/v2/Users", func(w http.ResponseWriter, r *http.Request) {
		listSCIM(w, r, s.users, s.pageCap)
	})
	mux.HandleFunc("GET /scim/v2/Users/{id}", func(w http.ResponseWriter, r *http.Request) {
		showSCIM(w, r, s.users)
	})
	mux.HandleFunc("GET /scim/v2/Groups", func(w http.ResponseWriter, r *http.Request) {
		listSCIM(w, r, s.groups, s.pageCap)
	})
	mux.HandleFunc("GET /scim/v2/Groups/{id}", func(w http.ResponseWriter, r *http.Request) {
		showSCIM(w, r, s.groups)
	})
	for _, name := range []string{"ServiceProviderConfig", "ResourceTypes", "Schemas"} {
		mux.HandleFunc("GET /scim/v2/"+name, func(w http.ResponseWriter, r *http.Request) {
			document, err := discovery.ReadFile("discovery/" + name + ".json")
			if err != nil {
				scimRefuse(w, r, http.StatusNotFound)
				return
			}
			writeJSON(w, scimMediaType, http.StatusOK, json.RawMessage(document))
		})
	}
	return &service{prefix: "/scim/v2/", mux: mux, admit: admitSCIM, refuse: scimRefuse}
}

func admitSCIM(r *http.Request) int {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer") || token != SCIMToken:
		return http.StatusUnauthorized
	case r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed
	default:
		return 0
	}
}

// listSCIM answers with a page of the rows that match the filter. startIndex
// counts from 1; a count above the cap is lowered without a word.
func listSCIM[T scimResource](w http.ResponseWriter, r *http.Request, rows []T, pageCap int) {
	query := r.URL.Query()
	matches, err := parseSCIMFilter[T](query.Get("filter"))
	if err != nil {
		scimFail(w, http.StatusBadRequest, "invalidFilter", err.Error())
		return
	}
	start, startErr := scimInt(query.Get("startIndex"), 1)
	count, countErr := scimInt(query.Get("count"), pageCap)
	if startErr != nil || countErr != nil {
		scimFail(w, http.StatusBadRequest, "invalidValue", "startIndex and count must be integers")
		return
	}
	start, count = max(start, 1), min(max(count, 0), pageCap)
	rows = slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !matches(row) })
	page := rows[min(start-1, len(rows)):]
	page = page[:min(count, len(page))]
	list := scimList{
		Schemas: []string{scimListSchema}, TotalResults: len(rows), StartIndex: start, ItemsPerPage: len(page),
	}
	for _, row := range page {
		list.Resources = append(list.Resources, selectAttributes(row, query))
	}
	writeJSON(w, scimMediaType, http.StatusOK, list)
}

func scimInt(text string, absent int) (int, error) {
	if text == "" {
		return absent, nil
	}
	return strconv.Atoi(text)
}

func showSCIM[T scimResource](w http.ResponseWriter, r *http.Request, rows []T) {
	for _, row := range rows {
		if row.attribute("id") == r.PathValue("id") {
			writeJSON(w, scimMediaType, http.StatusOK, selectAttributes(row, r.URL.Query()))
			return
		}
	}
	scimFail(w, http.StatusNotFound, "", "Resource "+r.PathValue("id")+" not found")
}

// selectAttributes leaves what attributes and excludedAttributes leave of a
// resource. id and schemas are always returned.
func selectAttributes(row any, query map[string][]string) any {
	wanted, unwanted := attributeNames(query["attributes"]), attributeNames(query["excludedAttributes"])
	if len(wanted)+len(unwanted) == 0 {
		return row
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(encode(row), &all); err != nil {
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

// attributeNames reads a list of attribute names, in lower case. A
// sub-attribute stands for the whole attribute.
func attributeNames(lists []string) map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Split(strings.Join(lists, ","), ",") {
		if name, _, _ = strings.Cut(strings.TrimSpace(name), "."); name != "" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}

// scimDetails are the service's words for what it refuses.
var scimDetails = map[int]string{
	http.StatusUnauthorized:     "Authorization failure. The authorization header is invalid or missing.",
	http.StatusForbidden:        "SCIM is not enabled for this organization.",
	http.StatusNotFound:         "Resource not found",
	http.StatusMethodNotAllowed: "Method not allowed",
	http.StatusTooManyRequests:  "Too many requests",
}

func scimRefuse(w http.ResponseWriter, _ *http.Request, status int) {
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodGet)
	}
	detail, ok := scimDetails[status]
	if !ok {
		detail = http.StatusText(status)
	}
	scimFail(w, status, "", detail)
}

func scimFail(w http.ResponseWriter, status int, scimType, detail string) {
	writeJSON(w, scimMediaType, status, scimError{
		Schemas: []string{scimErrSchema}, Status: strconv.Itoa(status), SCIMType: scimType, Detail: detail,
	})
}

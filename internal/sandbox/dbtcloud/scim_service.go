// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// SCIMToken is a token of the account's SCIM service. It opens nothing else,
// and nothing else opens that service.
const SCIMToken = "dbtc_sandbox_scim_token" //nolint:gosec // Opens nothing but the sandbox.

// isSCIM reports whether a request is one to the SCIM service.
func isSCIM(r *http.Request) bool { return strings.Contains(r.URL.Path, "/scim/v2/") }

// admitSCIM lets the SCIM token in. The service knows the Administrative API's
// token, which may not do this.
func (a *Account) admitSCIM(scheme, token string) int {
	switch {
	case token == Token:
		return http.StatusForbidden
	case !strings.EqualFold(scheme, "Bearer") || token != SCIMToken:
		return http.StatusUnauthorized
	default:
		return a.behavior.SCIMDisabled
	}
}

// scimRefusals are the service's words for what it refuses.
var scimRefusals = map[int]string{
	http.StatusUnauthorized: "Invalid token.",
	http.StatusForbidden:    "You do not have permission to perform this action, or SCIM is not enabled for this account.",
	http.StatusNotFound:     "The requested resource was not found.",
}

func refuseSCIM(w http.ResponseWriter, status int) {
	detail, ok := scimRefusals[status]
	if !ok {
		detail = http.StatusText(status)
	}
	(&scim.Error{Status: status, Detail: detail}).Write(w)
}

// routeSCIM adds the routes of the SCIM service. Unlike those of the
// Administrative API, their paths do not end in a slash.
func (a *Account) routeSCIM(mux *http.ServeMux) {
	const base = " /api/v3/accounts/{account}/scim/v2/"
	read := func(path string, h http.HandlerFunc) { mux.HandleFunc("GET"+base+path, a.reading(inOwnAccount(h))) }
	write := func(method, path string, h func(http.ResponseWriter, *http.Request) *scim.Error) {
		mux.HandleFunc(method+base+path, a.writing(inOwnAccount(func(w http.ResponseWriter, r *http.Request) {
			if refusal := h(w, r); refusal != nil {
				refusal.Write(w)
			}
		})))
	}
	read("Users", a.listSCIMUsers)
	read("Users/{id}", a.showSCIMUser)
	write(http.MethodPost, "Users", a.limited(a.createSCIMUser))
	write(http.MethodPut, "Users/{id}", a.limited(a.replaceSCIMUser))
	write(http.MethodPatch, "Users/{id}", a.patchSCIMUser)
	write(http.MethodDelete, "Users/{id}", a.deleteSCIMUser)
	read("Groups", a.listSCIMGroups)
	read("Groups/{id}", a.showSCIMGroup)
	write(http.MethodPost, "Groups", a.createSCIMGroup)
	write(http.MethodPut, "Groups/{id}", a.replaceSCIMGroup)
	write(http.MethodPatch, "Groups/{id}", a.patchSCIMGroup)
	write(http.MethodDelete, "Groups/{id}", a.deleteSCIMGroup)
	read("ServiceProviderConfig", a.showServiceProviderConfig)
	read("ResourceTypes", a.listResourceTypes)
	read("ResourceTypes/{id}", a.showResourceType)
	read("Schemas", a.listSchemas)
	read("Schemas/{id}", a.showSchema)
}

// writeSCIM answers with a resource and the status of success.
func (a *Account) writeSCIM(w http.ResponseWriter, r *http.Request, resource any) {
	status := a.behavior.success(r.Method)
	switch {
	case status == http.StatusNoContent:
		w.WriteHeader(status)
	case resource == nil:
		service.WriteJSON(w, scim.MediaType, status, struct{}{})
	case a.behavior.EnvelopedResources:
		service.WriteJSON(w, scim.MediaType, status, wireEnvelope{Status: statusOK, Data: resource})
	default:
		service.WriteJSON(w, scim.MediaType, status, resource)
	}
}

// keep makes a change, unless the service keeps nothing of such requests.
func (a *Account) keep(w http.ResponseWriter, r *http.Request, collection string, change func()) {
	if !a.behavior.keeps(r.Method, collection) {
		service.NoEffect(w)
		return
	}
	change()
	a.count()
}

// writeSCIMList answers with a page of the rows that match the filter, in one of
// the two envelopes.
func writeSCIMList[T scim.Resource](a *Account, w http.ResponseWriter, r *http.Request, rows []T, show func(T) any) {
	query := r.URL.Query()
	var refusal *scim.Error
	switch filter := query.Get("filter"); {
	case a.behavior.Filters == "ignored" || filter == "":
	case a.behavior.Filters == "refused":
		refusal = &scim.Error{Status: http.StatusBadRequest, Type: "invalidFilter", Detail: "Filters are not supported."}
	default:
		rows, refusal = scim.Filter(query, rows, a.behavior.Filters == "exact")
	}
	var response *scim.ListResponse
	if refusal == nil {
		response, refusal = scim.List(query, rows, maxLimit, show)
	}
	switch {
	case refusal != nil:
		refusal.Write(w)
	case a.behavior.EnvelopedLists:
		service.WriteJSON(w, scim.MediaType, http.StatusOK, wireEnvelope{statusOK, orNone(response.Resources), &listExtra{
			Filters: map[string]any{}, OrderBy: "id", Pagination: wirePagination{response.ItemsPerPage, response.TotalResults},
		}})
	default:
		response.Resources = orNone(response.Resources)
		service.WriteJSON(w, scim.MediaType, http.StatusOK, response)
	}
}

// orNone returns [] for null.
func orNone(rows []any) []any {
	if rows == nil {
		return []any{}
	}
	return rows
}

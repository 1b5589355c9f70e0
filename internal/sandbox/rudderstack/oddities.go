// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"net/http"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const (
	everyPath  = "/scim/v2/"
	usersPath  = "/scim/v2/Users"
	groupsPath = "/scim/v2/Groups"
)

// What an oddity is about.
const (
	aboutGroups   = "SCIM groups"
	aboutFilters  = "SCIM filters"
	aboutSorting  = "SCIM sorting"
	aboutPaging   = "SCIM paging"
	aboutEnds     = "SCIM ends of lists"
	aboutMembers  = "SCIM members"
	aboutNamed    = "SCIM groups that users name"
	aboutEmails   = "SCIM emails"
	aboutNames    = "SCIM names"
	aboutDisplays = "SCIM display names"
	aboutFailures = "SCIM replies"
)

// Oddities are what SCIM services were seen to do, and a few things that they
// might.
var Oddities = slices.Concat([]service.Oddity{
	{Name: "scim-groups-400", Does: "refuses everything about groups with 400", About: aboutGroups, Path: groupsPath, Reply: refusing(400)},
	{Name: "scim-groups-403", Does: "refuses everything about groups with 403", About: aboutGroups, Path: groupsPath, Reply: refusing(403)},
	{Name: "scim-groups-404", Does: "refuses everything about groups with 404", About: aboutGroups, Path: groupsPath, Reply: refusing(404)},
	{Name: "scim-groups-405", Does: "refuses everything about groups with 405", About: aboutGroups, Path: groupsPath, Reply: refusing(405)},
	{Name: "scim-groups-500", Does: "answers 500 to everything about groups", About: aboutGroups, Path: groupsPath, Reply: refusing(500)},
	{Name: "scim-groups-501", Does: "refuses everything about groups with 501", About: aboutGroups, Path: groupsPath, Reply: refusing(501)},
	{Name: "scim-users-500", Does: "answers 500 to everything about users", About: "SCIM users", Path: usersPath, Reply: refusing(500)},

	{Name: "scim-filter-400", Does: "refuses filters with 400", About: aboutFilters, Path: everyPath, Reply: ifAsked("filter", refusing(400))},
	{Name: "scim-filter-500", Does: "crashes on filters with 500", About: aboutFilters, Path: everyPath, Reply: ifAsked("filter", refusing(500))},
	{Name: "scim-filter-ignored", Does: "ignores filters, and answers with all rows", About: aboutFilters, Path: everyPath, Query: without("filter")},
	{Name: "scim-filter-finds-nothing", Does: "finds nothing by filters", About: aboutFilters, Path: everyPath, Reply: ifAsked("filter", emptyList)},
	{Name: "scim-sort-refused", Does: "refuses sortBy with 400", About: aboutSorting, Path: everyPath, Reply: ifAsked("sortBy", refusing(400))},

	{Name: "scim-failure-at-200", Does: "answers 200 with an error as body", About: aboutFailures, Path: everyPath, Reply: failingAt200},
	{Name: "scim-empty-at-200", Does: "answers 200 with {}", About: aboutFailures, Path: everyPath, Reply: empty},
	{Name: "scim-user-failure-at-200", Does: "answers a user by id with 200 and an error as body", About: aboutFailures, Path: usersPath + "/", Reply: failingAt200},
	{Name: "scim-user-empty-at-200", Does: "answers a user by id with 200 and {}", About: aboutFailures, Path: usersPath + "/", Reply: empty},
	{Name: "scim-user-as-list", Does: "answers a user by id with a list of that user", About: aboutFailures, Path: usersPath + "/", Reply: asList},
}, pagingOddities, valueOddities, service.TextOddities("scim", "SCIM", everyPath, refuse, func(w http.ResponseWriter, message string) {
	writeError(w, http.StatusBadRequest, message)
}))

func refusing(status int) service.ReplyChange {
	return service.Instead(func(w http.ResponseWriter, r *http.Request) { refuse(w, r, status) })
}

// ifAsked changes replies to requests that have a parameter.
func ifAsked(parameter string, change service.ReplyChange) service.ReplyChange {
	return func(r *http.Request, reply *service.Reply) {
		if r.URL.Query().Has(parameter) {
			change(r, reply)
		}
	}
}

var (
	emptyList = service.InJSON(func(_ *http.Request, body map[string]any) {
		body["totalResults"] = 0
		delete(body, "Resources")
	})
	empty = service.Instead(func(w http.ResponseWriter, _ *http.Request) {
		service.WriteJSON(w, scim.MediaType, http.StatusOK, struct{}{})
	})
	failingAt200 = service.Instead(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusForbidden)
		w.WriteHeader(http.StatusOK)
	})
	asList = service.InJSON(func(_ *http.Request, body map[string]any) {
		row := map[string]any{}
		for name, value := range body {
			row[name] = value
			delete(body, name)
		}
		body["schemas"], body["totalResults"], body["Resources"] = []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, 1, []any{row}
	})
)

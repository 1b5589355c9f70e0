// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const (
	everyPath = "/api/"
	usersPath = "/api/v3/accounts/12345/users"
	// groupsPath is that of the list and of each group.
	groupsPath = "/api/v3/accounts/12345/groups"
)

// What an oddity is about.
const (
	aboutReplies = "dbt Cloud replies"
	aboutPaging  = "dbt Cloud paging"
	aboutGroups  = "dbt Cloud groups"
	aboutEmails  = "dbt Cloud email addresses"
	aboutNames   = "dbt Cloud names"
	aboutLogins  = "dbt Cloud logins"
)

// Oddities are what dbt Cloud was seen to do, and a few things that it might.
var Oddities = slices.Concat([]service.Oddity{
	{
		Name: "dbt-failure-at-200", Does: "answers 200 with a status of 403 in the envelope, and no rows", About: aboutReplies, Path: everyPath,
		Reply: service.InJSON(func(_ *http.Request, body map[string]any) {
			body["status"], body["data"] = wireStatus{Code: http.StatusForbidden, UserMessage: userMessages[http.StatusForbidden]}, []any{}
		}),
	},
	{
		Name: "dbt-offset-ignored", Does: "ignores offset", About: aboutPaging, Path: everyPath,
		Query: func(query url.Values) { query.Del("offset") },
	},
	{
		Name: "dbt-short-pages", Does: "sends pages of 20 rows at most", About: aboutPaging, Path: everyPath,
		Query: func(query url.Values) { query.Set("limit", "20") },
	},
	{Name: "dbt-total-high", Does: "counts one row more than there are", About: aboutPaging, Path: everyPath, Reply: service.InJSON(countOneMore)},
	{
		Name: "dbt-rows-repeated", Does: "repeats the first row of a list at its end, and counts both", About: aboutPaging, Path: everyPath,
		Reply: service.InJSON(func(r *http.Request, body map[string]any) {
			if rows, ok := body["data"].([]any); ok && len(rows) > 0 {
				body["data"] = append(rows, rows[0])
				countOneMore(r, body)
			}
		}),
	},
	{
		Name: "dbt-deleted-groups", Does: "lists deleted groups (state 2) with the others", About: aboutGroups, Path: groupsPath,
		Query: func(query url.Values) { query.Set("state", "all") },
	},
	{
		Name: "dbt-member-count", Does: "counts nine members more than a group has", About: aboutGroups, Path: groupsPath,
		Reply: inFirst(func(row map[string]any) {
			if count, ok := row["member_count"].(float64); ok {
				row["member_count"] = count + 9
			}
		}),
	},
	{
		Name: "dbt-zero-date", Does: "sends 0001-01-01T00:00:00 for a login that never was", About: aboutLogins, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["last_login"] = "0001-01-01T00:00:00" }),
	},
	{
		Name: "dbt-login-number", Does: "sends a login as a number", About: aboutLogins, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["last_login"] = 1767225600 }),
	},
	{
		Name: "dbt-email-object", Does: "sends an email address as an object", About: aboutEmails, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["email"] = map[string]any{"address": row["email"]} }),
	},
	{
		Name: "dbt-name-number", Does: "sends a number as a first name", About: aboutNames, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["first_name"] = 7 }),
	},
	{
		Name: "dbt-groups-odd", Does: `sends {}, null and a group without an id among the groups of a user`, About: "dbt Cloud groups of users", Path: usersPath,
		Reply: inFirst(func(row map[string]any) {
			permissions, _ := row["permissions"].([]any)
			for _, permission := range permissions {
				if permission, ok := permission.(map[string]any); ok && permission["account_id"] == float64(AccountID) {
					groups, _ := permission["groups"].([]any)
					permission["groups"] = append([]any{map[string]any{}, nil, map[string]any{"name": "No id"}}, groups...)
				}
			}
		}),
	},
	{
		Name: "dbt-other-case", Does: "sends EMAIL with another text behind each email", About: aboutEmails, Path: usersPath,
		Reply: service.RepeatInCapitals("email"),
	},
}, service.TextOddities("dbt", "dbt Cloud", everyPath, refuse, func(w http.ResponseWriter, message string) {
	service.WriteJSON(w, "application/json", http.StatusBadRequest, wireEnvelope{
		Status: wireStatus{Code: http.StatusBadRequest, UserMessage: message, DeveloperMessage: message},
	})
}))

// countOneMore changes the total of a list.
func countOneMore(_ *http.Request, body map[string]any) {
	extra, _ := body["extra"].(map[string]any)
	pagination, _ := extra["pagination"].(map[string]any)
	if total, ok := pagination["total_count"].(float64); ok {
		pagination["total_count"] = total + 1
	}
}

// inFirst changes the first row of the first page.
func inFirst(change func(row map[string]any)) service.ReplyChange {
	return service.InJSON(func(r *http.Request, body map[string]any) {
		offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
		rows, _ := body["data"].([]any)
		if offset > 0 || len(rows) == 0 {
			return
		}
		if row, ok := rows[0].(map[string]any); ok {
			change(row)
		}
	})
}

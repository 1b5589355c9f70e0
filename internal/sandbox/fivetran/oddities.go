// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const (
	everyPath = "/v1/"
	usersPath = "/v1/users"
)

// What an oddity is about.
const (
	aboutReplies = "Fivetran replies"
	aboutPaging  = "Fivetran paging"
	aboutEmails  = "Fivetran email addresses"
	aboutNames   = "Fivetran names"
	aboutRoles   = "Fivetran roles of users"
)

// Oddities are what Fivetran might do.
var Oddities = slices.Concat([]service.Oddity{
	{
		Name: "fivetran-failure-at-200", Does: "answers 200 with the code AuthFailed, and no rows", About: aboutReplies, Path: everyPath,
		Reply: service.Instead(func(w http.ResponseWriter, _ *http.Request) {
			service.WriteJSON(w, "application/json", http.StatusOK, wireEnvelope{
				Code: "AuthFailed", Message: "Invalid authorization credentials", Data: wirePage{Items: []any{}},
			})
		}),
	},
	{
		Name: "fivetran-cursor-ignored", Does: "sends the first 20 rows again at each cursor", About: aboutPaging, Path: everyPath,
		Query: func(query url.Values) {
			query.Set("limit", "20")
			query.Del("cursor")
		},
	},
	{
		Name: "fivetran-cursor-endless", Does: "names yet another page for ever", About: aboutPaging, Path: everyPath,
		Reply: inList(func(r *http.Request, page map[string]any, _ []any) {
			skip, _ := readCursor(r.URL.Query().Get("cursor"))
			page["next_cursor"] = writeCursor(skip + 1000)
		}),
	},
	{
		Name: "fivetran-rows-repeated", Does: "repeats the first row of a page at its end", About: aboutPaging, Path: everyPath,
		Reply: inList(func(_ *http.Request, page map[string]any, rows []any) {
			if len(rows) > 0 {
				page["items"] = append(rows, rows[0])
			}
		}),
	},
	{
		Name: "fivetran-email-object", Does: "sends an email address as an object", About: aboutEmails, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["email"] = map[string]any{"address": row["email"]} }),
	},
	{
		Name: "fivetran-name-number", Does: "sends a number as a given name", About: aboutNames, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["given_name"] = 7 }),
	},
	{
		Name: "fivetran-role-array", Does: "sends the role of a user as an array", About: aboutRoles, Path: usersPath,
		Reply: inFirst(func(row map[string]any) { row["role"] = []any{row["role"]} }),
	},
	{
		Name: "fivetran-other-case", Does: "sends EMAIL with another text behind each email", About: aboutEmails, Path: usersPath,
		Reply: service.RepeatInCapitals("email"),
	},
}, service.TextOddities("fivetran", "Fivetran", everyPath, refuse, func(w http.ResponseWriter, message string) {
	fail(w, http.StatusBadRequest, "InvalidInput", "%s", message)
}))

// inList changes the replies that are lists.
func inList(change func(r *http.Request, page map[string]any, rows []any)) service.ReplyChange {
	return service.InJSON(func(r *http.Request, body map[string]any) {
		page, _ := body["data"].(map[string]any)
		if rows, ok := page["items"].([]any); ok {
			change(r, page, rows)
		}
	})
}

// inFirst changes the first row of the first page.
func inFirst(change func(row map[string]any)) service.ReplyChange {
	return inList(func(r *http.Request, _ map[string]any, rows []any) {
		if r.URL.Query().Has("cursor") || len(rows) == 0 {
			return
		}
		if row, ok := rows[0].(map[string]any); ok {
			change(row)
		}
	})
}

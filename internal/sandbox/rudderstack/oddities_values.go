// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// valueOddities are those of single values, mostly of the first row of a list.
var valueOddities = []service.Oddity{
	{
		Name: "scim-group-without-id", Does: `names a user's group only by {"display": "Application/local"}`, About: aboutNamed, Path: usersPath,
		Reply: inFirst("groups", func(any) any { return []any{map[string]any{"display": "Application/local"}} }),
	},
	{
		Name: "scim-members-short", Does: `has every user name the group "Data Platform", which lists three members`, About: aboutNamed, Path: usersPath,
		Reply: inRows(func(_ int, row map[string]any) {
			row["groups"] = []any{map[string]any{"value": ksuid("group idp-platform"), "display": "Data Platform"}}
		}),
	},
	{
		Name: "scim-member-empty", Does: "lists {} as a member of a group", About: aboutMembers, Path: groupsPath,
		Reply: inFirst("members", addInFront(map[string]any{})),
	},
	{
		Name: "scim-members-null", Does: `lists null and "" as members of a group`, About: aboutMembers, Path: groupsPath,
		Reply: inFirst("members", addInFront(nil, "")),
	},
	{
		Name: "scim-members-object", Does: "sends one member as an object, not as a list", About: aboutMembers, Path: groupsPath,
		Reply: inFirst("members", firstOf),
	},
	{
		Name: "scim-one-group-500", Does: "lists a group without members, and answers 500 to each group by id", About: aboutMembers, Path: groupsPath,
		Reply: func(r *http.Request, reply *service.Reply) {
			if strings.HasPrefix(r.URL.Path, groupsPath+"/") {
				refusing(500)(r, reply)
				return
			}
			omitMembers(func(i int, _ []any) bool { return i == 0 })(r, reply)
		},
	},
	{
		Name: "scim-members-omitted", Does: "lists groups without members, and shows them by id", About: aboutMembers, Path: groupsPath,
		Reply: omitMembers(func(int, []any) bool { return true }),
	},
	{
		Name: "scim-members-omitted-some", Does: "lists every second group without members, and shows them by id", About: aboutMembers, Path: groupsPath,
		Reply: omitMembers(func(i int, _ []any) bool { return i%2 == 0 }),
	},
	{
		Name: "scim-members-empty-omitted", Does: "leaves out members where there are none", About: aboutMembers, Path: groupsPath,
		Reply: func(r *http.Request, reply *service.Reply) {
			omitMembers(func(_ int, members []any) bool { return len(members) == 0 })(r, reply)
			omitOwn(func(members []any) bool { return len(members) == 0 })(r, reply)
		},
	},
	{
		Name: "scim-members-never", Does: "never shows members", About: aboutMembers, Path: groupsPath,
		Reply: func(r *http.Request, reply *service.Reply) {
			omitMembers(func(int, []any) bool { return true })(r, reply)
			omitOwn(func([]any) bool { return true })(r, reply)
		},
	},
	{
		Name: "scim-emails-string", Does: "sends emails as a string", About: aboutEmails, Path: usersPath,
		Reply: inFirst("emails", func(any) any { return "odd@northwind.example" }),
	},
	{
		Name: "scim-emails-object", Does: "sends emails as one object", About: aboutEmails, Path: usersPath, Reply: inFirst("emails", firstOf),
	},
	{
		Name: "scim-emails-null", Does: `sends null and "" among emails`, About: aboutEmails, Path: usersPath, Reply: inFirst("emails", addInFront(nil, "")),
	},
	{
		Name: "scim-name-string", Does: "sends name as a string", About: aboutNames, Path: usersPath, Reply: inFirst("name", func(any) any { return "Amara Okafor" }),
	},
	{
		Name: "scim-name-array", Does: "sends name as []", About: aboutNames, Path: usersPath, Reply: inFirst("name", func(any) any { return []any{} }),
	},
	{
		Name: "scim-display-number", Does: "sends a number as a displayName", About: aboutDisplays, Path: everyPath, Reply: inFirst("displayName", func(any) any { return 7 }),
	},
	{
		Name: "scim-display-object", Does: "sends an object as a displayName", About: aboutDisplays, Path: everyPath,
		Reply: inFirst("displayName", func(any) any { return map[string]any{"en": "Odd"} }),
	},
}

// inRows changes each row of a list.
func inRows(change func(i int, row map[string]any)) service.ReplyChange {
	return inList(func(_ *http.Request, _ map[string]any, rows []any) {
		for i, row := range rows {
			if row, ok := row.(map[string]any); ok {
				change(i, row)
			}
		}
	})
}

// inFirst changes an attribute of the first row of the first page.
func inFirst(attribute string, change func(any) any) service.ReplyChange {
	return inList(func(r *http.Request, _ map[string]any, rows []any) {
		if start, _ := strconv.Atoi(r.URL.Query().Get("startIndex")); start > 1 || len(rows) == 0 {
			return
		}
		if row, ok := rows[0].(map[string]any); ok {
			row[attribute] = change(row[attribute])
		}
	})
}

func addInFront(odd ...any) func(any) any {
	return func(values any) any {
		regular, _ := values.([]any)
		return append(odd[:len(odd):len(odd)], regular...)
	}
}

func firstOf(values any) any {
	if values, ok := values.([]any); ok && len(values) > 0 {
		return values[0]
	}
	return nil
}

// omitMembers leaves members out of some groups of a list.
func omitMembers(from func(i int, members []any) bool) service.ReplyChange {
	return inRows(func(i int, row map[string]any) {
		if members, _ := row["members"].([]any); from(i, members) {
			delete(row, "members")
		}
	})
}

// omitOwn leaves members out of what is shown of one group.
func omitOwn(from func(members []any) bool) service.ReplyChange {
	return service.InJSON(func(_ *http.Request, body map[string]any) {
		if members, _ := body["members"].([]any); from(members) {
			delete(body, "members")
		}
	})
}

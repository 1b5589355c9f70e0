// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/url"
	"testing"
)

func TestFivetranListsInPages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{People: 250})
	for _, test := range []struct {
		limit string
		pages []int
	}{{"", []int{100, 100, 50}}, {"250", []int{250}}, {"125", []int{125, 125}}, {"1000", []int{250}}} {
		seen, cursor := map[any]bool{}, ""
		for i, want := range test.pages {
			got := c.get("/v1/users?limit=" + test.limit + "&cursor=" + url.QueryEscape(cursor))
			users := rows(t, got.json, "data", "items")
			if len(users) != want {
				t.Errorf("limit %q, page %d: got %d users, want %d", test.limit, i, len(users), want)
			}
			for _, user := range users {
				seen[user["id"]] = true
			}
			next, more := object(t, got.json, "data")["next_cursor"].(string)
			if more != (i < len(test.pages)-1) {
				t.Errorf("limit %q, page %d: got next_cursor %q, want one on all pages but the last", test.limit, i, next)
			}
			cursor = next
		}
		if len(seen) != 250 {
			t.Errorf("limit %q: got %d different users, want 250", test.limit, len(seen))
		}
	}
	if got := at(t, c.get("/v1/roles?limit=2").json, "data", "next_cursor"); got != "eyJza2lwIjoyfQ" {
		t.Errorf("cursor after 2: got %v, want eyJza2lwIjoyfQ", got)
	}
	for _, query := range []string{"limit=0", "limit=1001", "limit=all", "cursor=!", "cursor=bm8"} {
		got := c.call("GET", "/v1/groups?"+query, "", 400)
		if got.json["code"] != "InvalidInput" {
			t.Errorf("groups?%s: got %s, want InvalidInput", query, got.raw)
		}
	}
}

func TestFivetranHeadersAndEnvelope(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, want := range []string{"19999", "19998"} {
		got := c.get("/v1/account/info")
		if got.header.Get("X-Rate-Limit") != "20000" || got.header.Get("X-Rate-Limit-Remaining") != want {
			t.Errorf("quota: got %v, want 20000 and %s", got.header, want)
		}
		if got.json["code"] != "Success" || at(t, got.json, "data", "user_id") != "nozzle_eat" {
			t.Errorf("account: got %s, want Success and user %s", got.raw, "nozzle_eat")
		}
	}
}

func TestFivetranRequiredFields(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	const user = "id email given_name family_name verified invited picture phone role logged_in_at created_at active"
	for path, want := range map[string]struct {
		rows   int
		fields string
	}{
		"/v1/users":                         {26, user},
		"/v1/users?active=true":             {24, user},
		"/v1/users?active=false":            {26, user},
		"/v1/users/nozzle_eat/groups":       {2, "id role created_at"},
		"/v1/users/ferry_blink/connections": {2, "id role created_at"},
		"/v1/users/gravel_hum/connections":  {0, ""},
		"/v1/roles":                         {19, "name description scope is_custom is_deprecated replacement_role_name"},
		"/v1/teams":                         {5, "id name description role"},
		"/v1/teams/loud_cedar/users":        {5, "user_id role created_at"},
		"/v1/teams/loud_cedar/users?active=true": {
			4, "user_id role created_at",
		},
		"/v1/teams/tidy_anvil/users":      {4, "user_id role created_at"},
		"/v1/teams/tidy_anvil/groups":     {2, "id role created_at"},
		"/v1/groups":                      {3, "id name created_at"},
		"/v1/groups/serving_iodine/users": {8, user},
		"/v1/groups/ample_lichen/users":   {0, ""},
	} {
		list := rows(t, c.get(path).json, "data", "items")
		if len(list) != want.rows {
			t.Errorf("GET %s: got %d rows, want %d", path, len(list), want.rows)
		}
		for _, row := range list {
			requireFields(t, path, row, want.fields)
		}
	}
	for path, want := range map[string]string{
		"/v1/users/none": "NotFound_User", "/v1/users/none/groups": "NotFound_User",
		"/v1/teams/none": "NotFound_Team", "/v1/groups/none/users": "NotFound_Group",
	} {
		if got := c.call("GET", path, "", 404); got.json["code"] != want {
			t.Errorf("GET %s: got %s, want %s", path, got.raw, want)
		}
	}
}

func TestFivetranRoleInAGroup(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	first := object(t, c.get("/v1/groups/decent_dropsy/users").json, "data", "items", 0)
	if first["id"] != "nozzle_eat" || first["role"] != "Manage Destination" {
		t.Errorf("first user of the group: got %v with %v, want %s with the role in the group", first["id"], first["role"], "nozzle_eat")
	}
	if got := at(t, c.get("/v1/users/nozzle_eat").json, "data", "role"); got != "Account Administrator" {
		t.Errorf("account role: got %v, want %s", got, "Account Administrator")
	}
}

func TestFivetranRoleForms(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	forms := map[string]string{}
	for _, role := range rows(t, c.get("/v1/roles").json, "data", "items") {
		forms[word(t, role, "name")] = fmt.Sprintf("%v %v %v %v", role["scope"], role["is_custom"], role["is_deprecated"], role["replacement_role_name"])
	}
	for name, want := range map[string]string{
		"Account Administrator":     "[ACCOUNT] false false <nil>",
		"ReadOnly":                  "[ACCOUNT] false true Account Reviewer",
		"Northwind Data Steward":    "[ACCOUNT DESTINATION CONNECTOR] true <nil> <nil>",
		"View Connection":           "[CONNECTOR] false false <nil>",
		"Destination Administrator": "[DESTINATION] false true Manage Destination",
		"Team Member":               "[TEAM] false false <nil>",
	} {
		if forms[name] != want {
			t.Errorf("role %s: got %s, want %s", name, forms[name], want)
		}
	}
}

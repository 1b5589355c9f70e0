// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestSCIMListsInPages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{People: 130, SCIMPageCap: 50})
	for _, test := range []struct {
		query         string
		length, start float64
	}{
		{"", 50, 1},
		{"?startIndex=101&count=500", 30, 101},
		{"?startIndex=0&count=7", 7, 1},
		{"?startIndex=-4&count=7", 7, 1},
		{"?count=0", 0, 1},
		{"?count=-1", 0, 1},
		{"?startIndex=131", 0, 131},
	} {
		got := c.get("/scim/v2/Users" + test.query)
		if got.header.Get("Content-Type") != "application/scim+json" {
			t.Errorf("Users%s: got Content-Type %q, want application/scim+json", test.query, got.header.Get("Content-Type"))
		}
		requireFields(t, "list", got.json, "schemas totalResults startIndex itemsPerPage")
		if got.json["totalResults"] != 130.0 || got.json["itemsPerPage"] != test.length || got.json["startIndex"] != test.start {
			t.Errorf("Users%s: got %.150s, want 130, %v and %v", test.query, got.raw, test.start, test.length)
		}
		resources, present := got.json["Resources"]
		if present != (test.length > 0) {
			t.Errorf("Users%s: got Resources present %t, want %t", test.query, present, test.length > 0)
		}
		if present && len(rows(t, resources)) != int(test.length) {
			t.Errorf("Users%s: got %d Resources, want %v", test.query, len(rows(t, resources)), test.length)
		}
	}
	c.call("GET", "/scim/v2/Users?count=many", "", 400)
}

func TestSCIMFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	all := at(t, c.get("/scim/v2/Users").json, "Resources")
	id, external := word(t, all, 2, "id"), word(t, all, 2, "externalId")
	for _, test := range []struct {
		path, filter string
		want         float64
	}{
		{"Users", `userName eq "mei.tanaka@northwind.example"`, 1},
		{"Users", `USERNAME EQ "Mei.Tanaka@NORTHWIND.example"`, 1},
		{"Users", `displayName eq "lukas müller"`, 1},
		{"Users", `displayName eq "Lukas M\u00fcller"`, 1},
		{"Users", `userName eq "george.o'brien@northwind.example"`, 1},
		{"Users", `userName eq "nobody@northwind.example"`, 0},
		{"Users", `id eq "` + id + `"`, 1},
		{"Users", `id eq "` + strings.ToLower(id) + `"`, 0},
		{"Users", `externalId eq "` + external + `"`, 1},
		{"Users", `externalId eq "` + strings.ToUpper(external) + `"`, 0},
		{"Groups", `displayName eq "analysts"`, 2},
		{"Groups", `displayName eq "Finance & \"Legal\""`, 1},
		{"Groups", `externalId eq "idp-bi"`, 1},
	} {
		got := c.get("/scim/v2/" + test.path + "?filter=" + url.QueryEscape(test.filter))
		if got.json["totalResults"] != test.want {
			t.Errorf("%s where %s: got %v, want %v", test.path, test.filter, got.json["totalResults"], test.want)
		}
	}
	for _, filter := range []string{
		`active eq true`, `userName co "mei"`, `userName eq mei`, `userName eq "a" or userName eq "b"`, `userName eq`, `userName`,
		`urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"`, `emails.value eq "a"`,
	} {
		got := c.call("GET", "/scim/v2/Users?filter="+url.QueryEscape(filter), "", 400)
		requireFields(t, "error", got.json, "schemas status scimType detail")
		if got.json["scimType"] != "invalidFilter" || got.json["status"] != "400" {
			t.Errorf("where %s: got %s, want invalidFilter and the status as a string", filter, got.raw)
		}
	}
	c.call("GET", "/scim/v2/Groups?filter="+url.QueryEscape(`userName eq "a"`), "", 400)
}

func TestSCIMAttributes(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for query, want := range map[string]string{
		"?excludedAttributes=members":           "displayName externalId id meta schemas",
		"?excludedAttributes=MEMBERS,meta,id":   "displayName externalId id schemas",
		"?attributes=displayName":               "displayName id schemas",
		"?attributes=displayName,members.value": "displayName id members schemas",
	} {
		group := rows(t, c.get("/scim/v2/Groups"+query).json, "Resources")[0]
		id := word(t, group, "id")
		for what, row := range map[string]map[string]any{"list": group, "single": c.get("/scim/v2/Groups/" + id + query).json} {
			requireFields(t, what+" "+query, row, want)
			if got := len(row); got != len(strings.Fields(want)) {
				t.Errorf("%s %s: got %v, want only %s", what, query, row, want)
			}
		}
	}
	c.call("GET", "/scim/v2/Groups/unknown", "", 404)
}

func TestSCIMSeed(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	forms := map[string]int{}
	for _, user := range rows(t, c.get("/scim/v2/Users").json, "Resources") {
		requireFields(t, "user", user, "schemas id userName meta")
		if got := len(word(t, user, "id")); got != 27 {
			t.Errorf("id %v: got %d characters, want 27", user["id"], got)
		}
		forms[fmt.Sprintf("active %T", user["active"])]++
		for _, field := range []string{"name", "groups", "emails"} {
			if _, ok := user[field]; !ok {
				forms["no "+field]++
			}
		}
		if user["emails"] != nil {
			forms[fmt.Sprintf("primary %T", at(t, user, "emails", 0, "primary"))]++
		}
	}
	for form, want := range map[string]int{
		"active <nil>": 1, "active bool": 24, "active string": 7, "no emails": 1, "no name": 24, "no groups": 30,
		"primary <nil>": 2, "primary bool": 22, "primary string": 7,
	} {
		if forms[form] != want {
			t.Errorf("%s: got %d users, want %d", form, forms[form], want)
		}
	}
	members := map[string]int{}
	for _, group := range rows(t, c.get("/scim/v2/Groups").json, "Resources") {
		requireFields(t, "group", group, "schemas id displayName members meta")
		list := rows(t, group, "members")
		if len(list) == 0 {
			members["none"]++
		}
		for _, member := range list {
			requireFields(t, "member", member, "value display $ref")
			members[fmt.Sprint(member["type"])]++
		}
	}
	for kind, want := range map[string]int{"none": 1, "Group": 2, "User": 8, "<nil>": 12} {
		if members[kind] != want {
			t.Errorf("members %s: got %d, want %d", kind, members[kind], want)
		}
	}
}

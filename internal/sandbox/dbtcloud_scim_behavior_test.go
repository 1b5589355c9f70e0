// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

func TestSCIMListEnvelopes(t *testing.T) {
	t.Parallel()
	for _, dbt := range []bool{false, true} {
		c := start(t, Options{People: 250, DBTCloud: DBTCloudBehavior{EnvelopedLists: dbt, EnvelopedResources: dbt}})
		seen := map[any]bool{}
		for _, page := range []struct {
			query        string
			start, count float64
		}{
			{"", 1, 100}, {"?startIndex=0&count=1000", 1, 100}, {"?startIndex=101&count=100", 101, 100}, {"?startIndex=201", 201, 50},
			{"?startIndex=999", 999, 0}, {"?count=0", 1, 0}, {"?startIndex=250&count=7", 250, 1},
		} {
			got := c.get(usersPath + page.query)
			resources, envelope := "Resources", map[string]any{
				"totalResults": 250.0, "startIndex": page.start, "itemsPerPage": page.count, "schemas": []any{"urn:ietf:params:scim:api:messages:2.0:ListResponse"},
			}
			if dbt {
				resources, envelope = "data", map[string]any{"extra": map[string]any{
					"filters": map[string]any{}, "order_by": "id", "pagination": map[string]any{"count": page.count, "total_count": 250.0},
				}}
			}
			for field, want := range envelope {
				if fmt.Sprint(got.json[field]) != fmt.Sprint(want) {
					t.Errorf("dbt %t, users%s: got %s %v, want %v", dbt, page.query, field, got.json[field], want)
				}
			}
			users := rows(t, got.json, resources)
			if float64(len(users)) != page.count {
				t.Errorf("dbt %t, users%s: got %d, want %v", dbt, page.query, len(users), page.count)
			}
			for _, user := range users {
				seen[user["id"]] = true
			}
		}
		if len(seen) != 250 {
			t.Errorf("dbt %t: got %d different users, want 250", dbt, len(seen))
		}
		created := c.call("POST", usersPath, newUser, 200).json
		if dbt {
			created = object(t, created, "data")
		}
		word(t, created, "id")
		c.call("GET", usersPath+"?count=many", "", 400)
	}
}

func TestSCIMAttributesAndFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, listed := range rows(t, c.get(groupsPath+"?excludedAttributes=members").json, "Resources") {
		if _, ok := listed["members"]; ok || listed["displayName"] == nil {
			t.Errorf("excludedAttributes=members: got %v, want all but the members", listed)
		}
	}
	path := groupsPath + "/" + word(t, c.scimGroup("Analysts"), "id")
	if got := c.get(path + "?excludedAttributes=members").json; got["members"] != nil || got["displayName"] != "Analysts" {
		t.Errorf("one group, excludedAttributes=members: got %v, want all but the members", got)
	}
	if members := memberIDs(t, c.scimGroup("analysts")); members == "" {
		t.Error("members of Analysts in a list: got none, want some")
	}
	texts := 0
	for _, user := range rows(t, c.get(usersPath).json, "Resources") {
		if primary := at(t, user, "emails", 0, "primary"); primary == "True" {
			texts++
		} else if primary != true {
			t.Errorf("primary of %v: got %v, want true or the string", user["userName"], primary)
		}
	}
	if texts == 0 {
		t.Error("emails[].primary: got no string, want some")
	}
	for filter, want := range map[string]int{
		`userName eq "GRACE.thompson@northwind.example"`: 1, `userName EQ "none"`: 0, `USERNAME eq "lin.chen@northwind.example"`: 1,
		`externalId eq "x"`: 0, `id eq "x"`: 0,
	} {
		if got := len(rows(t, c.get(usersPath+"?filter="+url.QueryEscape(filter)).json, "Resources")); got != want {
			t.Errorf("%s: got %d users, want %d", filter, got, want)
		}
	}
	for _, filter := range []string{`userName co "a"`, `active eq true`, `userName eq grace`, `nickName eq "g"`} {
		if got := c.call("GET", usersPath+"?filter="+url.QueryEscape(filter), "", 400); got.json["scimType"] != "invalidFilter" {
			t.Errorf("%s: got %s, want invalidFilter", filter, got.raw)
		}
	}
	grace := usersPath + "?filter=" + url.QueryEscape(`userName eq "grace.thompson@northwind.example"`)
	for filters, want := range map[string]int{"exact": 0, "ignored": 40} {
		c := start(t, Options{DBTCloud: DBTCloudBehavior{Filters: filters}})
		if got := len(rows(t, c.get(grace).json, "Resources")); got != want {
			t.Errorf("filters %s: got %d users, want %d", filters, got, want)
		}
	}
	start(t, Options{DBTCloud: DBTCloudBehavior{Filters: "refused"}}).call("GET", grace, "", 400)
}

func TestSCIMDiscovery(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	base := v3 + "/scim/v2/"
	for path, want := range map[string]float64{"ResourceTypes": 2, "Schemas": 3} {
		got := c.get(base + path)
		requireFields(t, path, got.json, "totalResults startIndex itemsPerPage Resources")
		if got.json["totalResults"] != want {
			t.Errorf("%s: got %v, want %v", path, got.json["totalResults"], want)
		}
		for _, row := range rows(t, got.json, "Resources") {
			requireFields(t, path, row, "id name description meta")
			if one := c.get(base + path + "/" + word(t, row, "id")); fmt.Sprint(one.json) != fmt.Sprint(row) {
				t.Errorf("%s/%v: got %s, want the row of the list", path, row["id"], one.raw)
			}
		}
		c.call("GET", base+path+"/none", "", 404)
	}
	if got := at(t, c.get(base+"ServiceProviderConfig").json, "patch", "supported"); got != true {
		t.Errorf("patch supported: got %v, want true", got)
	}
}

func TestSCIMDisabled(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 404} {
		c := start(t, Options{DBTCloud: DBTCloudBehavior{SCIMDisabled: status}})
		c.call("GET", usersPath, "", status)
		c.call("POST", usersPath, newUser, status)
		if got := at(t, c.get(v3+"/scim-config/").json, "data", "enabled"); got != false {
			t.Errorf("enabled: got %v, want false", got)
		}
		wrong := c.request("GET", usersPath, "")
		wrong.Header.Set("Authorization", "Bearer wrong")
		if got, err := c.do(wrong); err != nil || got.status != 401 {
			t.Errorf("wrong token: got %d, %v, want 401", got.status, err)
		}
	}
}

func TestSCIMAnswersOfSuccess(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{Statuses: map[string]int{"POST": 201, "DELETE": 200, "PATCH": 204}, WithoutID: true}})
	created := c.call("POST", usersPath, newUser, 201)
	if _, ok := created.json["id"]; ok || created.json["userName"] == nil {
		t.Errorf("POST: got %s, want the user without an id", created.raw)
	}
	if created = c.call("POST", groupsPath, groupNamed("Reviewers"), 201); created.json["id"] != nil || created.json["displayName"] != "Reviewers" {
		t.Errorf("POST: got %s, want the group without an id", created.raw)
	}
	path := usersPath + "/" + word(t, c.scimUser("new.starter@northwind.example"), "id")
	if got := c.call("PATCH", path, patch(`{"op":"replace","value":{"active":false}}`), 204); got.raw != "" {
		t.Errorf("PATCH: got %s, want no body", got.raw)
	}
	if got := c.get(path).json["active"]; got != false {
		t.Errorf("active: got %v, want false", got)
	}
	c.call("DELETE", path, "", 200)
	c.call("DELETE", path, "", 404)
}

func TestSCIMKeepsNothing(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{KeepNothing: []string{"POST Users", "PATCH Groups", "DELETE Groups", "PUT Groups", "PATCH Users", "DELETE Users"}}})
	created := c.call("POST", usersPath, newUser, 200)
	c.call("GET", usersPath+"/"+word(t, created.json, "id"), "", 404)
	mei := word(t, c.scimUser("mei.tanaka@northwind.example"), "id")
	path := groupsPath + "/" + word(t, c.call("POST", groupsPath, groupNamed("Reviewers"), 200).json, "id")
	if got := c.call("PATCH", path, patch(`{"op":"add","path":"members","value":[`+memberWith(mei)+`]}`), 200); memberIDs(t, got.json) != mei {
		t.Errorf("PATCH: got %s, want a reply as if it had an effect", got.raw)
	}
	c.call("PUT", path, groupNamed("Other", memberWith(mei)), 200)
	c.call("DELETE", path, "", 204)
	if got := c.get(path); got.json["displayName"] != "Reviewers" || memberIDs(t, got.json) != "" {
		t.Errorf("group: got %s, want it as it was", got.raw)
	}
	if got := c.call("PATCH", usersPath+"/"+mei, patch(`{"op":"replace","value":{"active":false}}`), 200); got.json["active"] != false {
		t.Errorf("PATCH: got %s, want a reply as if it had an effect", got.raw)
	}
	c.call("DELETE", usersPath+"/"+mei, "", 204)
	user := c.adminUser("mei.tanaka@northwind.example")
	if c.get(usersPath + "/" + mei).json["active"] != true || at(t, user, "permissions", 0, "state") != 1.0 {
		t.Errorf("user: got %v, want an active one", user)
	}
	for _, request := range c.sandbox.Requests() {
		kept := request.Method == http.MethodGet && request.Status == 200 || request.Method == http.MethodPost && request.Path == groupsPath
		if request.CarriedOut != kept {
			t.Errorf("%s %s: got carried out %t, want %t", request.Method, request.Path, request.CarriedOut, kept)
		}
	}
}

func TestSCIMRewrites(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{Rewrite: true}})
	created := c.call("POST", usersPath, userWith(t, `{"name":{"givenName":" New ","familyName":"Starter  "}}`), 200)
	if got := fmt.Sprint(created.json["userName"], at(t, created.json, "name"), at(t, created.json, "emails", 0, "value")); got != "new.starter@northwind.example"+"map[familyName:Starter givenName:New]"+"new.starter@northwind.example" {
		t.Errorf("user: got %s, want it in lower case and trimmed", got)
	}
	if got := c.call("POST", groupsPath, groupNamed("  Reviewers "), 200).json["displayName"]; got != "Reviewers" {
		t.Errorf("displayName: got %q, want it trimmed", got)
	}
}

func TestSCIMUniqueness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{CaseSensitive: true, SameGroupNames: true, ForgetDeleted: true}})
	id := word(t, c.call("POST", usersPath, newUser, 200).json, "id")
	c.call("POST", usersPath, newUser, 409)
	c.call("POST", usersPath, userWith(t, `{"userName":"new.starter@northwind.example"}`), 200)
	c.call("POST", groupsPath, groupNamed("Analysts"), 200)
	if found := rows(t, c.get(groupsPath+"?filter=displayName%20eq%20%22analysts%22").json, "Resources"); len(found) != 2 {
		t.Errorf("groups of one name: got %d, want 2", len(found))
	}
	c.call("DELETE", usersPath+"/"+id, "", 204)
	c.call("GET", usersPath+"/"+id, "", 404)
	c.call("POST", usersPath, newUser, 200)
}

func TestSCIMDuplicateMembers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{DBTCloud: DBTCloudBehavior{DuplicateMembers: true}})
	mei := word(t, c.scimUser("mei.tanaka@northwind.example"), "id")
	path := groupsPath + "/" + word(t, c.call("POST", groupsPath, groupNamed("Reviewers", memberWith(mei)), 200).json, "id")
	c.call("PATCH", path, patch(`{"op":"add","path":"members","value":[`+memberWith(mei)+`]}`), 200)
	if got := memberIDs(t, c.get(path).json); got != mei+" "+mei {
		t.Errorf("added twice: got members %s, want %s twice", got, mei)
	}
	removal := patch(`{"op":"remove","path":"members[value eq \"` + mei + `\"]"}`)
	c.call("PATCH", path, removal, 200)
	if got := c.call("PATCH", path, removal, 400); got.json["scimType"] != "noTarget" {
		t.Errorf("removed twice: got %s, want noTarget", got.raw)
	}
}

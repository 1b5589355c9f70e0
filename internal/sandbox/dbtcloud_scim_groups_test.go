// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

// scimGroup returns the group that the SCIM service finds by name.
func (c client) scimGroup(name string) map[string]any {
	c.Helper()
	found := rows(c.T, c.get(groupsPath+`?filter=displayName%20eq%20%22`+strings.ReplaceAll(name, " ", "%20")+`%22`).json, "Resources")
	if len(found) != 1 {
		c.Fatalf("displayName eq %s: got %d groups, want 1", name, len(found))
	}
	return found[0]
}

// memberIDs returns the members of a group of the SCIM service.
func memberIDs(t *testing.T, group any) string {
	t.Helper()
	var ids []string
	for _, member := range rows(t, group, "members") {
		ids = append(ids, word(t, member, "value"))
	}
	return strings.Join(ids, " ")
}

// adminMembers returns the addresses of who is in a group, as /users says, and
// the count that /groups has.
func (c client) adminMembers(name string) (members string, count any) {
	c.Helper()
	var addresses []string
	for _, user := range rows(c.T, c.get(v3+"/users/").json, "data") {
		for _, permission := range rows(c.T, user, "permissions") {
			for _, group := range rows(c.T, permission, "groups") {
				if group["name"] == name {
					addresses = append(addresses, word(c.T, user, "email"))
				}
			}
		}
	}
	for _, group := range rows(c.T, c.get(v3+"/groups/").json, "data") {
		if group["name"] == name && group["scim_managed"] == true {
			count = group["member_count"]
		}
	}
	return strings.Join(addresses, " "), count
}

func memberWith(id string) string { return fmt.Sprintf(`{"value":%q,"display":"x"}`, id) }

func groupNamed(name string, members ...string) string {
	return fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":%q,"members":[%s]}`, name, strings.Join(members, ","))
}

func TestSCIMGroupsAreThoseOfTheAdministrativeAPI(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	listed := rows(t, c.get(groupsPath).json, "Resources")
	if len(listed) != 2 || listed[0]["displayName"] != "Analytics Engineering" || listed[1]["displayName"] != "Analysts" {
		t.Errorf("groups: got %v, want the two that SCIM manages", listed)
	}
	mei, raj := word(t, c.scimUser("mei.tanaka@northwind.example"), "id"), word(t, c.scimUser("raj.patel@northwind.example"), "id")
	created := c.call("POST", groupsPath, groupNamed("Reviewers", memberWith(mei)), 200)
	requireFields(t, "group", created.json, "id displayName meta members schemas")
	path := groupsPath + "/" + word(t, created.json, "id")
	expect := func(what, name, addresses string, count any) {
		t.Helper()
		if got, n := c.adminMembers(name); got != addresses || n != count {
			t.Errorf("%s: got members %q, count %v, want %q, %v", what, got, n, addresses, count)
		}
	}
	expect("created", "Reviewers", "mei.tanaka@northwind.example", 1.0)
	c.call("PATCH", path, patch(`{"op":"add","path":"members","value":[`+memberWith(raj)+`]}`, `{"op":"remove","path":"members[value eq \"`+mei+`\"]"}`), 200)
	expect("changed", "Reviewers", "raj.patel@northwind.example", 1.0)
	c.call("PATCH", path, patch(`{"op":"replace","path":"displayName","value":"Reviewers 2"}`), 200)
	expect("renamed", "Reviewers 2", "raj.patel@northwind.example", 1.0)
	expect("renamed, old name", "Reviewers", "", nil)
	groups := rows(t, c.scimUser("raj.patel@northwind.example"), "groups")
	if len(groups) != 1 || groups[0]["value"] != created.json["id"] || groups[0]["id"] != created.json["id"] || groups[0]["display"] != "Reviewers 2" || groups[0]["displayName"] != "Reviewers 2" {
		t.Errorf("groups of the member: got %v, want the group", groups)
	}
	c.call("DELETE", usersPath+"/"+raj, "", 204)
	expect("member deleted", "Reviewers 2", "", 0.0)
	if got := memberIDs(t, c.get(path).json); got != "" {
		t.Errorf("member deleted: got members %s, want none", got)
	}
	c.call("DELETE", path, "", 204)
	c.call("GET", path, "", 404)
	c.call("DELETE", path, "", 404)
	expect("group deleted", "Reviewers 2", "", nil)
	c.call("POST", groupsPath, groupNamed("Reviewers 2"), 200)
}

func TestSCIMGroupPatch(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	mei, raj := word(t, c.scimUser("mei.tanaka@northwind.example"), "id"), word(t, c.scimUser("raj.patel@northwind.example"), "id")
	path := groupsPath + "/" + word(t, c.call("POST", groupsPath, groupNamed("Reviewers"), 200).json, "id")
	for _, test := range []struct {
		operations, want string
		status           int
	}{
		{`{"op":"add","path":"members","value":[` + memberWith(raj) + `]}`, raj, 200},
		{`{"op":"add","path":"members","value":[` + memberWith(raj) + `]}`, raj, 200},
		{`{"op":"add","value":{"members":[` + memberWith(mei) + `]}}`, mei + " " + raj, 200},
		{`{"op":"remove","path":"members[value eq \"` + raj + `\"]"}`, mei, 200},
		{`{"op":"remove","path":"members[value eq \"` + raj + `\"]"}`, mei, 200},
		{`{"op":"remove","path":"members[value eq \"` + raj + `\" or value eq \"` + mei + `\"]"}`, mei, 400},
		{`{"op":"add","path":"members","value":[` + memberWith(raj) + `]},{"op":"add","path":"members","value":[` + memberWith("none") + `]}`, mei, 400},
		{`{"op":"Add","path":"members","value":[` + memberWith(raj) + `]}`, mei, 422},
		{`{"op":"add","path":"members","value":[{}]}`, mei, 400},
		{`{"op":"replace","path":"members","value":[` + memberWith(raj) + `]}`, raj, 200},
		{`{"op":"remove","path":"members","value":[` + memberWith(raj) + `]}`, "", 200},
		{`{"op":"replace","value":{"members":[` + memberWith(mei) + `],"externalId":"e"}}`, mei, 200},
		{`{"op":"remove","path":"members"}`, "", 200},
		{`{"op":"replace","path":"displayName","value":" "}`, "", 400},
		{`{"op":"replace","path":"displayName","value":"ANALYSTS"}`, "", 409},
		{`{"op":"remove","path":"displayName"}`, "", 400},
		{`{"op":"replace","path":"color","value":"red"}`, "", 400},
	} {
		got := c.call("PATCH", path, patch(test.operations), test.status)
		if members := memberIDs(t, c.get(path).json); members != test.want {
			t.Errorf("after %s: got members %q, want %q", test.operations, members, test.want)
		}
		if members := test.want; test.status == 200 && len(memberIDs(t, got.json)) != len(members) {
			t.Errorf("%s: got the reply %s, want the members %s", test.operations, got.raw, members)
		}
	}
	if got := c.get(path).json["externalId"]; got != "e" {
		t.Errorf("externalId: got %v, want e", got)
	}
	c.call("PATCH", path, patch(`{"op":"remove","path":"externalId"}`), 200)
	if got := c.get(path).json["externalId"]; got != nil {
		t.Errorf("externalId after removal: got %v, want none", got)
	}
	c.call("PATCH", path, `{"schemas":[]}`, 422)
	c.call("PATCH", groupsPath+"/none", patch(), 404)
}

func TestSCIMGroupStrictness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	mei := word(t, c.scimUser("mei.tanaka@northwind.example"), "id")
	path := groupsPath + "/" + word(t, c.call("POST", groupsPath, groupNamed("Reviewers", memberWith(mei), memberWith(mei)), 200).json, "id")
	if got := memberIDs(t, c.get(path).json); got != mei {
		t.Errorf("member sent twice: got %q, want %q", got, mei)
	}
	for body, status := range map[string]int{
		`{"displayName":"X"}`: 422, `{"schemas":[]}`: 422, `{"schemas":[],"displayName":7}`: 422,
		groupNamed("X", `{"value":"`+mei+`"}`): 422, groupNamed("X", `{"display":"x"}`): 422,
		groupNamed("X", memberWith("none")): 400, groupNamed(""): 400, groupNamed("analysts"): 409,
	} {
		for method, where := range map[string]string{"POST": groupsPath, "PUT": path} {
			c.call(method, where, body, status)
		}
	}
	for _, who := range []string{"sam.reed@brightloop.example", "nadia.haddad@northwind.example"} {
		unlicensed := c.call("PATCH", path, patch(`{"op":"add","path":"members","value":[`+memberWith(word(t, c.scimUser(who), "id"))+`]}`), 400)
		if unlicensed.json["detail"] != "All users must have licenses on the account" {
			t.Errorf("%s: got %s, want the license to be missed", who, unlicensed.raw)
		}
	}
	// A user whose license only one of the two places shows.
	julia := word(t, c.scimUser("julia.costa@brightloop.example"), "id")
	c.call("PUT", path, groupNamed("reviewers", memberWith(julia)), 200)
	if members, count := c.adminMembers("reviewers"); members != "julia.costa@brightloop.example" || count != 1.0 {
		t.Errorf("PUT: got members %q, count %v, want julia.costa alone", members, count)
	}
	c.call("PATCH", usersPath+"/"+julia, patch(`{"op":"replace","value":{"active":false}}`), 200)
	c.call("PUT", path, groupNamed("reviewers", memberWith(julia)), 200) // She was in the group before.
	if _, count := c.adminMembers("reviewers"); count != 0.0 {
		t.Errorf("deactivated member: got count %v, want 0", count)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// roles returns the role of each user in a list of members.
func (c client) roles(path, id string) map[string]any {
	c.Helper()
	found := map[string]any{}
	for _, row := range rows(c.T, c.get(path).json, "data", "items") {
		found[word(c.T, row, id)] = row["role"]
	}
	return found
}

func TestFivetranTeamMembership(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	const team = "/v1/teams/calm_otter/users"
	others := c.roles(team, "user_id")
	added := c.call("POST", team, `{"user_id":"velvet_march"}`, 201)
	requireFields(t, "membership", object(t, added.json, "data"), "user_id role created_at")
	if added.json["message"] != "User has been added to the team" || at(t, added.json, "data", "role") != "Team Member" {
		t.Errorf("POST: got %s, want a Team Member", added.raw)
	}
	if again := c.call("POST", team, `{"user_id":"velvet_march","role":"Team Manager"}`, 409); again.json["code"] != "AlreadyExists" {
		t.Errorf("POST again: got %s, want AlreadyExists", again.raw)
	}
	changed := c.call("PATCH", team+"/velvet_march", `{"role":"Team Manager"}`, 200)
	one := c.get(team + "/velvet_march")
	if fmt.Sprint(at(t, changed.json, "data")) != fmt.Sprint(at(t, one.json, "data")) || at(t, one.json, "data", "role") != "Team Manager" ||
		at(t, one.json, "data", "created_at") != at(t, added.json, "data", "created_at") {
		t.Errorf("PATCH: got %s and then %s, want the same Team Manager", changed.raw, one.raw)
	}
	removed := c.call("DELETE", team+"/velvet_march", "", 200)
	if _, ok := removed.json["data"]; ok || removed.json["message"] != "User has been removed from the team" {
		t.Errorf("DELETE: got %s, want a message without data", removed.raw)
	}
	if got := c.roles(team, "user_id"); fmt.Sprint(got) != fmt.Sprint(others) {
		t.Errorf("other members: got %v, want %v", got, others)
	}
}

func TestFivetranGroupMembership(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	const groups, group = "/v1/users/velvet_march/groups", "/v1/groups/serving_iodine/users"
	others := c.roles(group, "id")
	added := c.call("POST", groups, `{"id":"serving_iodine","role":"Connector Creator"}`, 201)
	requireFields(t, "membership", object(t, added.json, "data"), "id role created_at")
	if added.json["message"] != "Group membership has been created" || at(t, added.json, "data", "role") != "Create Connection" {
		t.Errorf("POST: got %s, want the replacement of the deprecated role", added.raw)
	}
	if again := c.call("POST", groups, `{"id":"serving_iodine","role":"Edit Destination"}`, 409); again.json["code"] != "AlreadyExists" {
		t.Errorf("POST again: got %s, want AlreadyExists", again.raw)
	}
	if c.roles(group, "id")["velvet_march"] != "Create Connection" || c.roles(groups, "id")["serving_iodine"] != "Create Connection" {
		t.Error("lists of the group and of the user: got no Create Connection, want it in both")
	}
	changed := c.call("PATCH", groups+"/serving_iodine", `{"role":"Manage Destination"}`, 200)
	if _, ok := changed.json["data"]; ok {
		t.Errorf("PATCH: got %s, want no data", changed.raw)
	}
	if one := c.get(groups + "/serving_iodine"); at(t, one.json, "data", "role") != "Manage Destination" || at(t, one.json, "data", "id") != "serving_iodine" {
		t.Errorf("after PATCH: got %s, want Manage Destination", one.raw)
	}
	c.call("DELETE", groups+"/serving_iodine", "", 200)

	// The same membership, from the side of the group.
	added = c.call("POST", group, `{"email":"RAJ.patel@northwind.example","role":"View Destination"}`, 200)
	if _, ok := added.json["data"]; ok || added.json["message"] != "User has been added to the group" {
		t.Errorf("POST: got %s, want a message without data", added.raw)
	}
	c.get(groups + "/serving_iodine")
	c.call("POST", group, `{"email":"raj.patel@northwind.example","role":"View Destination"}`, 409)
	removed := c.call("DELETE", group+"/velvet_march", "", 200)
	if removed.json["message"] != "User with id 'velvet_march' has been removed from the group" {
		t.Errorf("DELETE: got %s", removed.raw)
	}
	c.call("GET", groups+"/serving_iodine", "", 404)
	if got := c.roles(group, "id"); fmt.Sprint(got) != fmt.Sprint(others) {
		t.Errorf("other members: got %v, want %v", got, others)
	}
}

func TestFivetranMembershipsThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct{ methods, path, body, code string }{
		{"GET PATCH DELETE", "/v1/teams/none/users/velvet_march", `{"role":"Team Member"}`, "NotFound_Team"},
		{"GET PATCH DELETE", "/v1/teams/calm_otter/users/none", `{"role":"Team Member"}`, "NotFound_User"},
		{"GET PATCH DELETE", "/v1/teams/calm_otter/users/velvet_march", `{"role":"Team Member"}`, "NotFound_TeamMembership"},
		{"GET PATCH DELETE", "/v1/users/none/groups/serving_iodine", `{"role":"View Destination"}`, "NotFound_User"},
		{"GET PATCH DELETE", "/v1/users/velvet_march/groups/none", `{"role":"View Destination"}`, "NotFound_Group"},
		{"GET PATCH DELETE", "/v1/users/velvet_march/groups/serving_iodine", `{"role":"View Destination"}`, "NotFound_GroupMembership"},
		{"DELETE", "/v1/groups/none/users/velvet_march", "", "NotFound_Group"},
		{"DELETE", "/v1/groups/serving_iodine/users/none", "", "NotFound_User"},
		{"DELETE", "/v1/groups/serving_iodine/users/velvet_march", "", "NotFound_GroupMembership"},
		{"DELETE", "/v1/teams/none", "", "NotFound_Team"},
		{"GET", "/v1/teams/none/connections", "", "NotFound_Team"},
		{"POST", "/v1/teams/none/users", `{"user_id":"velvet_march"}`, "NotFound_Team"},
		{"POST", "/v1/teams/calm_otter/users", `{"user_id":"none"}`, "NotFound_User"},
		{"POST", "/v1/users/none/groups", `{"id":"serving_iodine","role":"View Destination"}`, "NotFound_User"},
		{"POST", "/v1/users/velvet_march/groups", `{"id":"none","role":"View Destination"}`, "NotFound_Group"},
		{"POST", "/v1/groups/none/users", `{"email":"raj.patel@northwind.example","role":"View Destination"}`, "NotFound_Group"},
		{"POST", "/v1/groups/serving_iodine/users", `{"email":"none@northwind.example","role":"View Destination"}`, "NotFound_User"},
	} {
		for method := range strings.FieldsSeq(test.methods) {
			body := test.body
			if method == http.MethodGet || method == http.MethodDelete {
				body = ""
			}
			if got := c.call(method, test.path, body, 404); got.json["code"] != test.code {
				t.Errorf("%s %s: got %s, want %s", method, test.path, got.raw, test.code)
			}
		}
	}
}

func TestFivetranMembershipsRefuseWrongBodies(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct{ method, path, body string }{
		{"POST", "/v1/teams/calm_otter/users", `{}`},
		{"POST", "/v1/teams/calm_otter/users", `{"user_id":7}`},
		{"POST", "/v1/teams/calm_otter/users", `{"user_id":"velvet_march","role":"Emperor"}`},
		{"POST", "/v1/teams/calm_otter/users", `{"user_id":"velvet_march","role":"View Destination"}`},
		{"PATCH", "/v1/teams/calm_otter/users/pebble_wink", `{}`},
		{"PATCH", "/v1/teams/calm_otter/users/pebble_wink", `{"role":"Account Reviewer"}`},
		{"POST", "/v1/users/velvet_march/groups", `{"role":"View Destination"}`},
		{"POST", "/v1/users/velvet_march/groups", `{"id":"serving_iodine"}`},
		{"POST", "/v1/users/velvet_march/groups", `{"id":"serving_iodine","role":"Team Member"}`},
		{"POST", "/v1/users/velvet_march/groups", `{"id":"serving_iodine","role":"Account Analyst"}`},
		{"PATCH", "/v1/users/ferry_blink/groups/serving_iodine", `{"role":"Manage Connection"}`},
		{"PATCH", "/v1/users/ferry_blink/groups/serving_iodine", `{"role":null}`},
		{"POST", "/v1/groups/serving_iodine/users", `{"role":"View Destination"}`},
		{"POST", "/v1/groups/serving_iodine/users", `{"email":"raj.patel@northwind.example"}`},
		{"POST", "/v1/teams", `{"description":"x"}`},
		{"POST", "/v1/teams", `{"name":"X","role":"Team Member"}`},
		{"POST", "/v1/teams", `{"name":"X","description":7}`},
	} {
		if got := c.call(test.method, test.path, test.body, 400); got.json["code"] != "InvalidInput" {
			t.Errorf("%s %s %s: got %s, want InvalidInput", test.method, test.path, test.body, got.raw)
		}
	}
}

func TestFivetranTeamsComeAndGo(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	created := c.call("POST", "/v1/teams", `{"name":"Reviewers","description":null,"role":"ReadOnly"}`, 201)
	team := object(t, created.json, "data")
	if team["name"] != "Reviewers" || team["description"] != nil || team["role"] != "Account Reviewer" {
		t.Errorf("POST: got %s, want the team with the replacement of its role", created.raw)
	}
	path := "/v1/teams/" + word(t, team, "id")
	c.call("POST", path+"/users", `{"user_id":"ribbon_climb"}`, 201) // A suspended user.
	if got := c.roles("/v1/teams", "id"); len(got) != 6 {
		t.Errorf("teams: got %d, want 6", len(got))
	}
	c.call("DELETE", path, "", 200)
	c.call("GET", path+"/users", "", 404)
	if got := rows(t, c.get("/v1/teams/loud_cedar/connections").json, "data", "items"); len(got) != 1 || got[0]["id"] != "spry_canyon" {
		t.Errorf("connections of a team: got %v, want one", got)
	}
	if got := rows(t, c.get("/v1/teams/calm_otter/connections").json, "data", "items"); len(got) != 0 {
		t.Errorf("connections of a team without any: got %v, want none", got)
	}
}

func TestFivetranUserTakesMembershipsAlong(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.call("DELETE", "/v1/users/ferry_blink", "", 200)
	for path, id := range map[string]string{"/v1/teams/loud_cedar/users": "user_id", "/v1/groups/serving_iodine/users": "id"} {
		if _, ok := c.roles(path, id)["ferry_blink"]; ok {
			t.Errorf("GET %s: got the deleted user, want others alone", path)
		}
	}
	c.call("GET", "/v1/teams/loud_cedar/users/ferry_blink", "", 404)
}

func TestFivetranMembershipBehaviors(t *testing.T) {
	t.Parallel()
	const team, member = "/v1/teams/calm_otter/users", "/v1/teams/calm_otter/users/saddle_draw"
	role := func(c client) any { return at(c.T, c.get(member).json, "data", "role") }

	c := start(t, Options{Fivetran: FivetranBehavior{ManagedTeams: []string{"calm_otter"}}})
	for method, path := range map[string]string{"POST": team, "PATCH": member, "DELETE": member} {
		if got := c.call(method, path, `{"user_id":"velvet_march","role":"Team Manager"}`, 403); got.json["code"] != "Forbidden" || !strings.Contains(got.raw, "managed by SCIM") {
			t.Errorf("%s in a managed team: got %s, want Forbidden with the reason", method, got.raw)
		}
	}
	c.call("DELETE", "/v1/teams/calm_otter", "", 403)
	c.call("POST", "/v1/teams/loud_cedar/users", `{"user_id":"velvet_march"}`, 201)

	c = start(t, Options{Fivetran: FivetranBehavior{ExistingMemberStatus: 400}})
	c.call("POST", team, `{"user_id":"saddle_draw"}`, 400)
	c = start(t, Options{Fivetran: FivetranBehavior{ExistingMemberStatus: 201}})
	before := at(t, c.get(member).json, "data", "created_at")
	if got := c.call("POST", team, `{"user_id":"saddle_draw","role":"Team Manager"}`, 201); role(c) != "Team Manager" || at(t, got.json, "data", "created_at") != before {
		t.Errorf("POST of a member: got %s, want the member of before with the new role", got.raw)
	}

	c = start(t, Options{Fivetran: FivetranBehavior{KeepTeamManager: true}})
	manager := team + "/pebble_wink"
	c.call("DELETE", manager, "", 409)
	c.call("PATCH", manager, `{"role":"Team Member"}`, 409)
	c.call("PATCH", manager, `{"role":"Team Manager"}`, 200)
	c.call("PATCH", member, `{"role":"Team Manager"}`, 200)
	c.call("DELETE", manager, "", 200)

	c = start(t, Options{Fivetran: FivetranBehavior{IgnoreUpdates: true}})
	if got := c.call("PATCH", member, `{"role":"Team Manager"}`, 200); role(c) != "Team Member" || at(t, got.json, "data", "role") != "Team Member" {
		t.Errorf("ignored PATCH: got %s, want the member as before", got.raw)
	}
	c.call("DELETE", member, "", 200)
	c.call("GET", member, "", 404)

	c = start(t, Options{Fivetran: FivetranBehavior{IgnoreMemberships: true}})
	c.call("POST", team, `{"user_id":"velvet_march"}`, 201)
	c.call("PATCH", member, `{"role":"Team Manager"}`, 200)
	c.call("DELETE", member, "", 200)
	if got := c.roles(team, "user_id"); role(c) != "Team Member" || got["velvet_march"] != nil {
		t.Errorf("ignored changes: got %v, want the members as before", got)
	}
	for _, request := range c.sandbox.Requests() {
		if reads := request.Method == http.MethodGet; request.CarriedOut != reads {
			t.Errorf("%s %s: got carried out %t, want %t", request.Method, request.Path, request.CarriedOut, reads)
		}
	}
}

func TestFivetranMembershipsWithFaults(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.Inject(Fault{Method: "POST", PathPrefix: "/v1/teams/calm_otter/users", Times: 1, Cut: true, AfterEffect: true})
	if _, err := c.do(c.request("POST", "/v1/teams/calm_otter/users", `{"user_id":"velvet_march"}`)); err == nil {
		t.Error("cut POST: got an answer, want none")
	}
	c.sandbox.Wait()
	c.get("/v1/teams/calm_otter/users/velvet_march")
	if sent := slices.IndexFunc(c.sandbox.Requests(), func(r Request) bool { return r.Method == http.MethodPost && r.CarriedOut }); sent != 0 {
		t.Errorf("carried out: got request %d, want the first", sent)
	}
}

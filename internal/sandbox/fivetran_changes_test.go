// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

func TestFivetranInvitation(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	got := c.call("POST", "/v1/users", `{"email":"New.Starter@northwind.example","given_name":"New","family_name":"Starter"}`, 201)
	if got.json["message"] != "User has been created" {
		t.Errorf("message: got %v, want User has been created", got.json["message"])
	}
	user := object(t, got.json, "data")
	id := word(t, user, "id")
	if first, second, _ := strings.Cut(id, "_"); first == "" || second == "" {
		t.Errorf("id: got %q, want two words", id)
	}
	for field, want := range map[string]any{
		"email": "New.Starter@northwind.example", "invited": true, "verified": false, "active": true,
		"role": nil, "logged_in_at": nil, "phone": nil, "picture": nil,
	} {
		if user[field] != want {
			t.Errorf("%s: got %v, want %v", field, user[field], want)
		}
	}
	again := c.call("POST", "/v1/users", `{"email":"new.starter@NORTHWIND.example","given_name":"N","family_name":"S"}`, 409)
	if again.json["code"] != "AlreadyExists" {
		t.Errorf("second invitation: got %s, want AlreadyExists", again.raw)
	}
	if !c.sandbox.AcceptInvite("new.starter@northwind.example") || !c.sandbox.SuspendFivetranUser("new.starter@northwind.example") {
		t.Error("outside changes: got false, want true")
	}
	user = object(t, c.get("/v1/users/"+id).json, "data")
	if user["invited"] != false || user["verified"] != true || user["logged_in_at"] == nil || user["active"] != false {
		t.Errorf("accepted and suspended: got %v", user)
	}
	c.call("DELETE", "/v1/users/"+id, "", 200)
	c.call("GET", "/v1/users/"+id, "", 404)
	next := c.call("POST", "/v1/users", newcomer, 201)
	if at(t, next.json, "data", "id") == id {
		t.Errorf("id after a deletion: got %s again, want another", id)
	}
	if c.sandbox.RemoveFivetranUser("nobody@northwind.example") || !c.sandbox.RemoveFivetranUser("new.starter@northwind.example") {
		t.Error("RemoveFivetranUser: got the opposite of who was there")
	}
}

func TestFivetranRefusesWrongBodies(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	named := `"given_name":"A","family_name":"B"`
	for _, test := range []struct{ method, path, body string }{
		{"POST", "", `{` + named + `}`},
		{"POST", "", `{"email":null,` + named + `}`},
		{"POST", "", `{"email":"no address",` + named + `}`},
		{"POST", "", `{"email":"A <a@b.example>",` + named + `}`},
		{"POST", "", `{"email":"a@b.example","given_name":"A"}`},
		{"POST", "", `{"email":"a@b.example","given_name":"","family_name":"B"}`},
		{"POST", "", `{"email":"a@b.example","role":"Emperor",` + named + `}`},
		{"POST", "", `{"email":"a@b.example","role":"View Destination",` + named + `}`},
		{"POST", "", `{"email":7,` + named + `}`},
		{"POST", "", `[]`},
		{"POST", "", `null`},
		{"POST", "", `{`},
		{"PATCH", "/ferry_blink", `{"role":"Emperor"}`},
		{"PATCH", "/ferry_blink", `{"role":""}`},
		{"PATCH", "/ferry_blink", `{"role":null}`},
		{"PATCH", "/ferry_blink", `{"given_name":null}`},
		{"PATCH", "/ferry_blink", `{"email":"other@northwind.example"}`},
		{"PATCH", "/nozzle_eat", `{"role":"Account Reviewer"}`},
	} {
		got := c.call(test.method, "/v1/users"+test.path, test.body, 400)
		if got.json["code"] != "InvalidInput" || got.json["message"] == "" {
			t.Errorf("%s %s: got %s, want InvalidInput with a message", test.method, test.body, got.raw)
		}
	}
	c.call("DELETE", "/v1/users/nozzle_eat/role", "", 400)
	for _, mediaType := range []string{"", "text/plain", "application/json;;"} {
		request := c.request("POST", "/v1/users", newcomer)
		request.Header.Set("Content-Type", mediaType)
		if got, err := c.do(request); err != nil || got.status != 415 {
			t.Errorf("Content-Type %q: got %d, %v, want 415", mediaType, got.status, err)
		}
	}
	if got := len(c.sandbox.FivetranUsers()); got != len(New(Options{}).FivetranUsers()) {
		t.Errorf("users after refusals: got %d, want as many as before", got)
	}
}

func TestFivetranChanges(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	state := func(a answer) string {
		user := at(t, a.json, "data")
		return fmt.Sprintf("%v %v %v %v", at(t, user, "given_name"), at(t, user, "phone"), at(t, user, "picture"), at(t, user, "role"))
	}
	for _, step := range []struct{ body, want string }{
		{`{}`, "Zoë +46 8 123 456 78 https://northwind.example/faces/zoe.png Account Analyst"},
		{`{"phone":null}`, "Zoë <nil> https://northwind.example/faces/zoe.png Account Analyst"},
		{`{"picture":null,"phone":"1"}`, "Zoë 1 <nil> Account Analyst"},
		{`{"given_name":"Zoe","role":"Account Billing"}`, "Zoe 1 <nil> Account Billing"},
		{`{"role":"ReadOnly"}`, "Zoe 1 <nil> Account Reviewer"},
	} {
		if got := state(c.call("PATCH", "/v1/users/copper_lean", step.body, 200)); got != step.want {
			t.Errorf("after %s: got %s, want %s", step.body, got, step.want)
		}
	}
	cleared := c.call("DELETE", "/v1/users/copper_lean/role", "", 200)
	if _, ok := cleared.json["data"]; ok || cleared.json["message"] != "User role in account has been removed" {
		t.Errorf("DELETE role: got %s, want a message without data", cleared.raw)
	}
	if got, want := state(c.get("/v1/users/copper_lean")), "Zoe 1 <nil> <nil>"; got != want {
		t.Errorf("after DELETE role: got %s, want %s", got, want)
	}
	c.call("PATCH", "/v1/users/nozzle_eat", `{"role":"Account Administrator","phone":"2"}`, 200)
	c.call("PATCH", "/v1/users/none", `{}`, 404)
	c.call("DELETE", "/v1/users/none", "", 404)
}

func TestFivetranKeepsAnAdministrator(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	got := c.call("DELETE", "/v1/users/gravel_hum", "", 200)
	if got.json["message"] != "User with id 'gravel_hum' has been deleted" {
		t.Errorf("message: got %v", got.json["message"])
	}
	for _, path := range []string{"/v1/teams/tidy_anvil/users", "/v1/groups/decent_dropsy/users"} {
		if list := c.get(path); strings.Contains(list.raw, "gravel_hum") {
			t.Errorf("GET %s: got the deleted user in it", path)
		}
	}
	last := c.call("DELETE", "/v1/users/nozzle_eat", "", 409)
	if last.json["code"] != "IllegalState" {
		t.Errorf("last administrator: got %s, want IllegalState", last.raw)
	}
}

func TestFivetranKeyGoesWithItsOwner(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.call("DELETE", "/v1/users/nozzle_eat", "", 200)
	c.call("GET", "/v1/users", "", 401)
}

func TestFivetranLastAdministratorKeepsTheRole(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.sandbox.SuspendFivetranUser("amara.okafor@northwind.example")
	c.call("PATCH", "/v1/users/gravel_hum", `{"role":"Account Reviewer"}`, 409)
	c.call("DELETE", "/v1/users/gravel_hum/role", "", 409)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestFivetranInviteOfAnExistingAddress(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		status int
		code   string
	}{
		0:   {http.StatusConflict, "AlreadyExists"},
		409: {http.StatusConflict, "AlreadyExists"},
		400: {http.StatusBadRequest, "InvalidInput"},
		422: {http.StatusUnprocessableEntity, "UnprocessableEntity"},
		201: {http.StatusCreated, "Success"},
	} {
		c := start(t, Options{Fivetran: FivetranBehavior{ExistingStatus: status}})
		before := c.sandbox.FivetranUsers()
		got := c.call("POST", "/v1/users", `{"email":"Mei.Tanaka@northwind.example","given_name":"M","family_name":"T"}`, want.status)
		if got.json["code"] != want.code {
			t.Errorf("status %d: got %s, want the code %s", status, got.raw, want.code)
		}
		if status == 201 && (at(t, got.json, "data", "id") != "ferry_blink" || at(t, got.json, "data", "given_name") != "Mei") {
			t.Errorf("status 201: got %s, want the user who is there", got.raw)
		}
		if after := c.sandbox.FivetranUsers(); len(after) != len(before) {
			t.Errorf("status %d: got %d users, want %d", status, len(after), len(before))
		}
		if c.sandbox.Requests()[0].CarriedOut {
			t.Errorf("status %d: got carried out true, want false", status)
		}
	}
}

func TestFivetranInviteOfAPersonKnownElsewhere(t *testing.T) {
	t.Parallel()
	const old = "2019-05-06T07:08:09.101112Z"
	c := start(t, Options{Fivetran: FivetranBehavior{KnownElsewhere: []FivetranUser{
		{Email: new("New.Starter@northwind.example"), GivenName: new("Noor"), FamilyName: new("Starling"), CreatedAt: old, LoggedInAt: new(old)},
		{Email: new("second@northwind.example"), FamilyName: new("Hand"), Phone: new("+1")},
	}}})
	begun := time.Now().UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	first := object(t, c.call("POST", "/v1/users", newcomer, 201).json, "data")
	for field, want := range map[string]any{
		"email": "New.Starter@northwind.example", "given_name": "Noor", "family_name": "Starling", "created_at": old, "logged_in_at": old,
		"invited": false, "verified": true, "active": true, "role": nil,
	} {
		if first[field] != want {
			t.Errorf("%s of the first: got %v, want %v", field, first[field], want)
		}
	}
	second := object(t, c.call("POST", "/v1/users",
		`{"email":"second@northwind.example","given_name":"Sent","family_name":"Sent","phone":"+2","picture":"https://x.example","role":"Account Reviewer"}`, 201).json, "data")
	for field, want := range map[string]any{
		"given_name": "Sent", "family_name": "Hand", "phone": "+1", "picture": "https://x.example", "role": "Account Reviewer", "invited": false, "logged_in_at": nil,
	} {
		if second[field] != want {
			t.Errorf("%s of the second: got %v, want %v", field, second[field], want)
		}
	}
	if got := word(t, second, "created_at"); got < begun[:19] {
		t.Errorf("created_at of the second: got %s, want the time of the invite, since %s", got, begun)
	}
	if got := c.call("POST", "/v1/users", newcomer, 409); got.json["code"] != "AlreadyExists" {
		t.Errorf("second invite: got %s, want AlreadyExists", got.raw)
	}
}

func TestFivetranInviteReplyOfAnotherUser(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Fivetran: FivetranBehavior{InviteReply: "mei.tanaka@northwind.example"}})
	got := c.call("POST", "/v1/users", newcomer, 201)
	if at(t, got.json, "data", "id") != "ferry_blink" || at(t, got.json, "data", "email") != "mei.tanaka@northwind.example" {
		t.Errorf("reply: got %s, want the other user", got.raw)
	}
	if !c.has("new.starter@northwind.example") || !c.sandbox.Requests()[0].CarriedOut {
		t.Error("the invited user: got none, want the effect whatever the reply shows")
	}
}

func TestFivetranIgnoresUpdates(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Fivetran: FivetranBehavior{IgnoreUpdates: true}})
	got := c.call("PATCH", "/v1/users/copper_lean", `{"given_name":"Zoe","role":"Account Billing"}`, 200)
	if at(t, got.json, "data", "given_name") != "Zoë" || at(t, got.json, "data", "role") != "Account Analyst" {
		t.Errorf("PATCH: got %s, want the user as before", got.raw)
	}
	if again := c.get("/v1/users/copper_lean"); at(t, again.json, "data", "given_name") != "Zoë" {
		t.Errorf("GET: got %s, want the user as before", again.raw)
	}
	if c.sandbox.Requests()[0].CarriedOut {
		t.Error("PATCH: got carried out true, want false")
	}
	c.call("PATCH", "/v1/users/copper_lean", `{"role":"Emperor"}`, 400)
}

func TestFivetranNormalizes(t *testing.T) {
	t.Parallel()
	const sent = `"given_name":" Zoe ","family_name":"Van  Dijk ","phone":"+1 (202) 555-0100","picture":"data:image/png;base64,aGk="`
	for _, normalize := range []bool{false, true} {
		c := start(t, Options{Fivetran: FivetranBehavior{Normalize: normalize}})
		invited := c.call("POST", "/v1/users", `{"email":"new.starter@northwind.example",`+sent+`}`, 201)
		changed := c.call("PATCH", "/v1/users/ferry_blink", `{`+sent+`}`, 200)
		for what, user := range map[string]map[string]any{"POST": object(t, invited.json, "data"), "PATCH": object(t, changed.json, "data")} {
			want := map[string]any{"given_name": " Zoe ", "family_name": "Van  Dijk ", "phone": "+1 (202) 555-0100", "picture": "data:image/png;base64,aGk="}
			if normalize {
				want = map[string]any{"given_name": "Zoe", "family_name": "Van  Dijk", "phone": "+12025550100", "picture": "https://pictures.fivetran.example/bd5199410db203bb"}
			}
			for field := range want {
				if user[field] != want[field] {
					t.Errorf("%s, normalize %t: got %s %q, want %q", what, normalize, field, user[field], want[field])
				}
			}
		}
	}
	c := start(t, Options{Fivetran: FivetranBehavior{Normalize: true}})
	got := c.call("PATCH", "/v1/users/copper_lean", `{"phone":null,"picture":"https://x.example/a.png"}`, 200)
	if at(t, got.json, "data", "phone") != nil || at(t, got.json, "data", "picture") != "https://x.example/a.png" {
		t.Errorf("PATCH: got %s, want no phone, and the URL as sent", got.raw)
	}
}

func TestFivetranRefusesNull(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Fivetran: FivetranBehavior{RefuseNull: true}})
	for _, field := range []string{"phone", "picture"} {
		got := c.call("PATCH", "/v1/users/copper_lean", `{"`+field+`":null,"given_name":"Zoe"}`, 400)
		if got.json["code"] != "InvalidInput" || !strings.Contains(got.raw, field) {
			t.Errorf("%s: got %s, want InvalidInput with the field", field, got.raw)
		}
	}
	if got := c.get("/v1/users/copper_lean"); at(t, got.json, "data", "given_name") != "Zoë" || at(t, got.json, "data", "phone") == nil {
		t.Errorf("GET: got %s, want the user as before", got.raw)
	}
}

func TestFivetranListsOfRoles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		behavior FivetranBehavior
		rows     int
		steward  string
	}{
		{FivetranBehavior{}, 19, "[ACCOUNT DESTINATION CONNECTOR]"},
		{FivetranBehavior{NoRoles: true}, 0, ""},
		{FivetranBehavior{RolesWithoutScope: true}, 19, "<nil>"},
		{FivetranBehavior{RoleRowPerScope: true}, 21, "[ACCOUNT][DESTINATION][CONNECTOR]"},
	} {
		c := start(t, Options{Fivetran: test.behavior})
		roles := rows(t, c.get("/v1/roles").json, "data", "items")
		steward := ""
		for _, role := range roles {
			if role["name"] == "Northwind Data Steward" {
				steward += fmt.Sprint(role["scope"])
			}
		}
		if len(roles) != test.rows || steward != test.steward {
			t.Errorf("%+v: got %d roles and scopes %q, want %d and %q", test.behavior, len(roles), steward, test.rows, test.steward)
		}
		c.call("PATCH", "/v1/users/copper_lean", `{"role":"Northwind Data Steward"}`, 200)
		c.call("PATCH", "/v1/users/copper_lean", `{"role":"View Destination"}`, 400)
	}
}

func TestFivetranChangesFromOutside(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	change := func(u *FivetranUser) {
		u.Email, u.Role = new("mei.mori@northwind.example"), new("Account Administrator")
		u.GivenName, u.FamilyName = nil, nil
	}
	if !c.sandbox.ChangeFivetranUser("MEI.tanaka@northwind.example", change) || c.sandbox.ChangeFivetranUser("mei.tanaka@northwind.example", change) {
		t.Error("ChangeFivetranUser: got the opposite of what there was")
	}
	user := object(t, c.get("/v1/users/ferry_blink").json, "data")
	for field, want := range map[string]any{
		"email": "mei.mori@northwind.example", "role": "Account Administrator", "given_name": nil, "family_name": nil,
	} {
		if user[field] != want {
			t.Errorf("%s: got %v, want %v", field, user[field], want)
		}
	}
}

func TestFivetranOfThirtyThousand(t *testing.T) {
	t.Parallel()
	c := start(t, Options{People: 30000})
	for n := range 60 {
		c.call("POST", "/v1/users", fmt.Sprintf(`{"email":"person.%05d@northwind.example","given_name":"A","family_name":"B"}`, 1+n), 409)
	}
	seen, cursor := map[any]bool{}, ""
	for pages := 0; pages == 0 || cursor != ""; pages++ {
		page := object(t, c.get("/v1/users?limit=1000&cursor="+url.QueryEscape(cursor)).json, "data")
		for _, user := range rows(t, page, "items") {
			seen[user["id"]] = true
		}
		cursor, _ = page["next_cursor"].(string)
	}
	if len(seen) != 30000 {
		t.Errorf("users: got %d, want 30000", len(seen))
	}
}

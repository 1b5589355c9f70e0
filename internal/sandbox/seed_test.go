// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

func TestSizes(t *testing.T) {
	t.Parallel()
	for people, want := range map[int][3]int{0: {40, 32, 26}, 10: {40, 32, 26}, 35: {40, 35, 35}, 250: {250, 250, 250}} {
		c := start(t, Options{People: people, SCIMPageCap: 250})
		var dbtUsers []map[string]any
		for offset := 0; offset < want[0]; offset += 100 {
			dbtUsers = append(dbtUsers, rows(t, c.get(fmt.Sprintf("%s/users/?offset=%d", v3, offset)).json, "data")...)
		}
		scimUsers := rows(t, c.get("/scim/v2/Users").json, "Resources")
		fivetranUsers := rows(t, c.get("/v1/users?limit=1000").json, "data", "items")
		if got := [3]int{len(dbtUsers), len(scimUsers), len(fivetranUsers)}; got != want {
			t.Errorf("people %d: got %v users, want %v", people, got, want)
		}
		ids, addresses := map[string]bool{}, map[any]bool{}
		for _, user := range slices.Concat(dbtUsers, scimUsers, fivetranUsers) {
			ids[fmt.Sprint(user["id"])] = true
			switch {
			case user["user_type"] == "SERVICE_ACCOUNT":
			case user["userName"] != nil:
				addresses[user["userName"]] = true
			default:
				addresses[user["email"]] = true
			}
		}
		if got, want := len(ids), len(dbtUsers)+len(scimUsers)+len(fivetranUsers); got != want {
			t.Errorf("people %d: got %d different ids, want %d", people, got, want)
		}
		// A row of a seed that names a person who is not in the company.
		if addresses[""] || addresses[nil] {
			t.Errorf("people %d: got a user without an address, want none", people)
		}
		if made := "person.00001@northwind.example"; addresses[made] != (people > 32) {
			t.Errorf("people %d: got %s %t, want %t", people, made, addresses[made], people > 32)
		}
	}
}

func TestIrregularDBTCloudUsers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	users := map[string]map[string]any{}
	for _, user := range rows(t, c.get(v3+"/users/").json, "data") {
		users[fmt.Sprint(user["email"])] = user
	}
	show := func(email string, path ...any) string { return fmt.Sprint(at(t, users[email], path...)) }
	for _, test := range []struct {
		email string
		path  []any
		want  string
	}{
		{"max.hoffmann@brightloop.example", []any{"permissions", 0, "account_id"}, "99001"},
		{"max.hoffmann@brightloop.example", []any{"permissions", 0, "license_type"}, "read_only"},
		{"max.hoffmann@brightloop.example", []any{"permissions", 0, "groups", 0, "name"}, "Owner"},
		{"max.hoffmann@brightloop.example", []any{"permissions", 1, "account_id"}, "12345"},
		{"max.hoffmann@brightloop.example", []any{"permissions", 1, "license_type"}, "developer"},
		{"max.hoffmann@brightloop.example", []any{"licenses", "99001", "license_type"}, "read_only"},
		{"julia.costa@brightloop.example", []any{"permissions"}, "[]"},
		{"julia.costa@brightloop.example", []any{"licenses", "12345", "license_type"}, "developer"},
		{"sam.reed@brightloop.example", []any{"permissions"}, "[]"},
		{"sam.reed@brightloop.example", []any{"licenses"}, "map[]"},
		{"olga.ivanova@brightloop.example", []any{"first_name"}, "<nil>"},
		{"olga.ivanova@brightloop.example", []any{"created_at"}, "<nil>"},
		{"olga.ivanova@brightloop.example", []any{"licenses"}, "<nil>"},
		{"olga.ivanova@brightloop.example", []any{"auth_provider_infos"}, "<nil>"},
		{"ivan.petrov@northwind.example", []any{"is_active"}, "false"},
		{"nadia.haddad@northwind.example", []any{"permissions", 0, "state"}, "2"},
		{"nadia.haddad@northwind.example", []any{"licenses", "12345", "state"}, "2"},
		{"lin.chen@northwind.example", []any{"permissions", 0, "license_type"}, "explorer_plus"},
		{"hugo.martin@northwind.example", []any{"experimental_seat", "tier"}, "gold"},
		{"Grace.Thompson@Northwind.example", []any{"last_name"}, "Thompson"},
		{"lukas.mueller@northwind.example", []any{"last_name"}, "Müller"},
		{"tess.vandijk@northwind.example", []any{"last_login"}, "<nil>"},
		{"raj.patel@northwind.example", []any{"permissions", 0, "license_type"}, "it"},
		{"marta.jansen@northwind.example", []any{"permissions", 0, "license_type"}, "analyst"},
	} {
		if got := show(test.email, test.path...); got != test.want {
			t.Errorf("%s %v: got %s, want %s", test.email, test.path, got, test.want)
		}
	}
	statements, all := 0, len(c.get(v3+"/users/").raw)
	for _, user := range users {
		for _, permission := range rows(t, user, "permissions") {
			encoded, err := json.Marshal(permission["permission_statements"])
			if err != nil {
				t.Fatal(err)
			}
			statements += len(encoded)
		}
	}
	if statements < all/2 {
		t.Errorf("permission_statements: got %d of %d bytes, want most of them", statements, all)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

func TestTablesNamePeopleOfTheCompany(t *testing.T) {
	t.Parallel()
	named := map[string][]string{}
	for _, row := range dbtPeople {
		named["dbt Cloud"] = append(named["dbt Cloud"], row.who)
	}
	for who := range dbtIrregular {
		named["irregular"] = append(named["irregular"], who)
	}
	for _, row := range scimPeople {
		named["SCIM"] = append(named["SCIM"], row.who)
	}
	for _, row := range scimGroupRows {
		for _, who := range strings.Fields(row.members) {
			if !strings.HasPrefix(who, "group:") {
				named["SCIM groups"] = append(named["SCIM groups"], who)
			}
		}
	}
	for _, row := range fivetranPeople {
		named["Fivetran"] = append(named["Fivetran"], row.who)
	}
	for table, people := range named {
		for _, who := range people {
			if _, ok := company[who]; !ok {
				t.Errorf("%s: got %q, want somebody of the company", table, who)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for people, want := range map[int][3]int{0: {40, 32, 25}, 10: {40, 32, 25}, 35: {40, 35, 35}, 1000: {1000, 1000, 1000}} {
		dbt, scim, fivetran := newDBTCloud(people).users, newSCIM(people, 100).users, newFivetran(people).users
		if got := [3]int{len(dbt), len(scim), len(fivetran)}; got != want {
			t.Errorf("people %d: got %v, want %v", people, got, want)
		}
		ids := map[string]bool{}
		for _, user := range fivetran {
			ids[user.ID] = true
		}
		for _, user := range scim {
			ids[user.ID] = true
		}
		for _, user := range dbt {
			ids[fmt.Sprint(user.ID)] = true
		}
		if got, want := len(ids), len(dbt)+len(scim)+len(fivetran); got != want {
			t.Errorf("people %d: got %d different ids, want %d", people, got, want)
		}
	}
	if got, want := extra(41).email, "person.00041@northwind.example"; got != want {
		t.Errorf("address: got %q, want %q", got, want)
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
			statements += len(encode(permission["permission_statements"]))
		}
	}
	if statements < all/2 {
		t.Errorf("permission_statements: got %d of %d bytes, want most of them", statements, all)
	}
	for query, want := range map[string]int{"state=1": 37, "state=2": 1, "state=all": 40} {
		if got := len(rows(t, c.get(v3+"/users/?"+query).json, "data")); got != want {
			t.Errorf("users?%s: got %d, want %d", query, got, want)
		}
	}
}

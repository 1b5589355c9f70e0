// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// TestOddValues reads collections of which one row has values that cannot be
// read. They are null or left out, with a gap that names them; all else is whole.
func TestOddValues(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{
		listUsers:                           items(`{"id":"a_b","email":"a@x"}`, `{"id":"c_d","email":["c@x"],"active":"perhaps","role":7}`),
		"GET /v1/users/c_d":                 always(http.StatusOK, `{"code":"Success","data":{"id":"c_d","active":{}}}`),
		"GET /v1/roles?limit=1000":          items(`{"name":"A","scope":["ACCOUNT",null]}`, `{"name":"B","scope":"TEAM","is_custom":"x"}`),
		"GET /v1/teams?limit=1000":          items(`{"id":"t","name":{}}`),
		"GET /v1/teams/t/users?limit=1000":  items(`{"user_id":"a_b","role":{}}`, `{"user_id":"c_d","role":"Team Member"}`),
		"GET /v1/groups?limit=1000":         items(`{"id":"g","created_at":[]}`),
		"GET /v1/groups/g/users?limit=1000": items(`{"id":"a_b","email":{}}`),
		"GET /v1/account/info":              always(http.StatusOK, `{"code":"Success","data":{"account_id":"x","account_name":[1]}}`),
	})
	users, err := client.Users(t.Context())
	if err != nil || len(users) != 2 {
		t.Fatalf("got %d users and error %v, want 2", len(users), err)
	}
	expect(t, "the whole user", users[0], fivetran.User{ID: "a_b", Email: new("a@x")})
	wantGaps(t, users[1], rest.Gap{Path: "email", Why: "got array, want string"}, rest.Gap{Path: "active", Why: "got string, want bool"})
	if users[1].Role == nil || *users[1].Role != "7" {
		t.Errorf("got %s, want the number as text", text(users[1]))
	}
	user, err := client.User(t.Context(), "c_d")
	if err != nil {
		t.Fatal(err)
	}
	wantGaps(t, user, rest.Gap{Path: "active", Why: "got object, want bool"})
	roles, err := client.Roles(t.Context())
	if err != nil || len(roles) != 2 {
		t.Fatalf("got %d roles and error %v, want 2", len(roles), err)
	}
	wantGaps(t, roles[0], rest.Gap{Path: "scope/1", Why: "it is empty"})
	wantGaps(t, roles[1], rest.Gap{Path: "is_custom", Why: "got string, want bool"})
	expect(t, "scopes", [][]fivetran.RoleScope{roles[0].Scopes, roles[1].Scopes}, [][]fivetran.RoleScope{{"ACCOUNT"}, {"TEAM"}})
	teams, err := client.Teams(t.Context())
	if err != nil || len(teams) != 1 {
		t.Fatalf("got %d teams and error %v, want 1", len(teams), err)
	}
	wantGaps(t, teams[0], rest.Gap{Path: "name", Why: "got object, want string"})
	members, err := client.TeamMembers(t.Context())
	if err != nil || len(members["t"]) != 2 {
		t.Fatalf("got %v and error %v, want 2 members", members, err)
	}
	wantGaps(t, members["t"][0], rest.Gap{Path: "role", Why: "got object, want string"})
	wantGaps(t, members["t"][1])
	groups, err := client.Groups(t.Context())
	if err != nil || len(groups) != 1 {
		t.Fatalf("got %d groups and error %v, want 1", len(groups), err)
	}
	wantGaps(t, groups[0], rest.Gap{Path: "created_at", Why: "got array, want string"})
	members, err = client.GroupMembers(t.Context())
	if err != nil || len(members["g"]) != 1 {
		t.Fatalf("got %v and error %v, want 1 member", members, err)
	}
	wantGaps(t, members["g"][0], rest.Gap{Path: "email", Why: "got object, want string"})
	account, err := client.Account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantGaps(t, account, rest.Gap{Path: "account_name", Why: "got array, want string"})
}

func wantGaps(t *testing.T, row interface{ Gaps() []rest.Gap }, want ...rest.Gap) {
	t.Helper()
	if got := row.Gaps(); !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got gaps %v, want %v", text(row), got, want)
	}
}

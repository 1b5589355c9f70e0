// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestUsers(t *testing.T) {
	t.Parallel()
	client, received := serve(t, always(http.StatusOK, file(t, "users.json")))
	got, err := client.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	expectRequests(t, received, pagesOf(usersPage, 0))
	none := []dbtcloud.GroupRef{}
	everyone := dbtcloud.GroupRef{ID: new(int64(13)), Name: new("Everyone")}
	want := []dbtcloud.User{
		{ // no permissions, but a license elsewhere; an id as a string
			ID: 64, Email: new("juergen.gross@example.com"), FirstName: new("Jürgen"), LastName: new("Groß"),
			IsActive: new(true), EmailVerified: new(true), SSOOnlyUser: new(false),
			LicenseType: new(dbtcloud.LicenseIT), Status: new(rest.UserActive), CreatedAt: new("2024-01-01T00:00:00Z"), Groups: none,
		},
		{ // a license in another account only
			ID: 65, Email: new("nora.lind@example.com"), FirstName: new("Nora"), LastName: new("Lind"),
			IsActive: new(true), EmailVerified: new(false), SSOOnlyUser: new(false),
			Status: new(rest.UserInactive), CreatedAt: new("2024-01-01T00:00:00Z"), Groups: none,
		},
		{ID: 66, Groups: none}, // null everywhere
		{ // the license was removed
			ID: 67, Email: new("sam.ito@example.com"), FirstName: new("Sam"), LastName: new("Ito"),
			IsActive: new(true), EmailVerified: new(true), SSOOnlyUser: new(false),
			LicenseType: new(dbtcloud.LicenseDeveloper), LicenseRemoved: true, Status: new(rest.UserInactive),
			CreatedAt: new("2024-01-01T00:00:00Z"), LastLogin: new("2025-02-03T04:05:06Z"), Groups: none,
		},
		{ // deactivated; an unknown license type; numbers as strings; nulls among the groups
			ID: 68, Email: new("lea.roy@example.com"), FirstName: new("Lea"), LastName: new("Roy"),
			IsActive: new(false), EmailVerified: new(true), SSOOnlyUser: new(false),
			LicenseType: new(dbtcloud.LicenseType("stargazer")), Status: new(rest.UserInactive),
			CreatedAt: new("2024-01-01T00:00:00Z"), LastLogin: new("2025-02-03T04:05:06Z"),
			Groups: []dbtcloud.GroupRef{{ID: new(int64(13))}},
		},
		{ // invited again: the old license was removed, the new one counts
			ID: 69, Email: new("ana.vidal@example.com"), FirstName: new("Ana"), LastName: new("Vidal"),
			IsActive: new(true), EmailVerified: new(true),
			LicenseType: new(dbtcloud.LicenseAnalyst), Status: new(rest.UserActive), Groups: []dbtcloud.GroupRef{everyone},
		},
		{ID: 70, Email: new("ghost@example.com"), IsActive: new(true), LicenseType: new(dbtcloud.LicenseDeveloper), Status: new(rest.UserActive), Groups: none},
		{ // two accounts, the other one first
			ID: 71, Email: new("Mira.Okafor@Example.com"), FirstName: new("Mira"), LastName: new("Okafor"),
			IsActive: new(true), EmailVerified: new(true), SSOOnlyUser: new(true), APITokenLastUsed: new("2026-11-03T00:00:00Z"),
			LicenseType: new(dbtcloud.LicenseReadOnly), Status: new(rest.UserActive),
			CreatedAt: new("2023-04-01T09:00:00.000000+00:00"), LastLogin: new("2026-11-02T08:15:30.123456+00:00"),
			Groups: []dbtcloud.GroupRef{everyone, {ID: new(int64(31)), Name: new(`R&D "Core"`)}},
		},
		{ID: 72, Email: new("odd@example.com"), IsActive: new(true), Groups: none}, // nothing readable about licenses
		{ID: 73, Email: new("left@example.com"), IsActive: new(true), Status: new(rest.UserInactive), Groups: none},
	}
	expect(t, got, want)
}

// expect compares rows one by one, so that a failure shows the one that differs.
func expect[T any](t *testing.T, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("got %d rows, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(withoutGaps(got[i]), want[i]) {
			t.Errorf("row %d\ngot  %s\nwant %s", i, text(got[i]), text(want[i]))
		}
	}
}

// withoutGaps returns a row without what could not be read of it, which has tests
// of its own.
func withoutGaps[T any](row T) T {
	if gaps := reflect.ValueOf(&row).Elem().FieldByName("Gapped"); gaps.IsValid() {
		gaps.SetZero()
	}
	return row
}

func text(value any) string {
	encoded, _ := json.Marshal(value)
	return string(encoded)
}

func TestNeverIsNull(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]*string{
		`null`: nil, `""`: nil, `"0001-01-01T00:00:00"`: nil, `"0001-01-01T00:00:00Z"`: nil, `"0001-01-01 00:00:00+00:00"`: nil,
		`"2026-01-01T00:00:00Z"`: new("2026-01-01T00:00:00Z"), `"yesterday"`: new("yesterday"),
	} {
		client, _ := serve(t, inPages(t, []string{`{"id":1,"last_login":` + sent + `,"created_at":` + sent + `}`}, "1"))
		users, err := client.Users(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, users, []dbtcloud.User{{ID: 1, LastLogin: want, CreatedAt: want, Groups: []dbtcloud.GroupRef{}}})
	}
}

func TestUsersInPages(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		n     int
		total string
		want  []int
	}{
		"none":                          {0, "0", []int{0}},
		"one page":                      {100, "100", []int{0}},
		"two pages":                     {101, "101", []int{0, 100}},
		"more than are fetched at once": {1050, "1050", []int{0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}},
		"total as a string":             {250, `"250"`, []int{0, 100, 200}},
		"total negative":                {250, "-1", []int{0, 100, 200, 250}},
		"total null":                    {250, "null", []int{0, 100, 200, 250}},
		"total absent":                  {250, "", []int{0, 100, 200, 250}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, received := serve(t, inPages(t, userRows(test.n), test.total))
			users, err := client.Users(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(users) != test.n || users == nil {
				t.Errorf("got %d users, want %d", len(users), test.n)
			}
			for i, user := range users {
				if user.ID != int64(i+1) {
					t.Fatalf("user %d: got id %d, want them sorted by id", i, user.ID)
				}
			}
			expectRequests(t, received, pagesOf(usersPage, test.want...))
		})
	}
}

func TestUsersThatAreMissing(t *testing.T) {
	t.Parallel()
	client, received := serve(t, inPages(t, userRows(249), "250"))
	users, err := client.Users(t.Context())
	incomplete, ok := errors.AsType[*rest.IncompleteError](err)
	if !ok || users != nil {
		t.Fatalf("got %d users and error %v, want none and an IncompleteError", len(users), err)
	}
	if incomplete.What != "dbt Cloud users" || incomplete.Got != 249 || incomplete.Want != 250 {
		t.Errorf("got %+v, want 249 of 250 dbt Cloud users", incomplete)
	}
	expectRequests(t, received, pagesOf(usersPage, 0, 0, 100, 100, 200, 200, 249, 249))
}

func TestUsersThatChangeMeanwhile(t *testing.T) {
	t.Parallel()
	rows := userRows(150)
	client, received := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("offset") == "0" {
			inPages(t, rows, "150")(w, r)
			return
		}
		inPages(t, slices.Concat(rows, []string{`{"id":151}`}), "151")(w, r)
	})
	users, err := client.Users(t.Context())
	if err != nil || len(users) != 151 {
		t.Errorf("got %d users and error %v, want 151", len(users), err)
	}
	expectRequests(t, received, pagesOf(usersPage, 0, 0, 100, 100))
}

func TestUsersThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ body, want string }{
		"row without an id": {envelope([]string{`{"id":1}`, `{"email":"a@example.com"}`}, "2"), "row 2 of the dbt Cloud users has no id"},
		"row with id null":  {envelope([]string{`{"id":null}`}, "1"), "row 1 of the dbt Cloud users has no id"},
		"row that is null":  {envelope([]string{`null`}, "1"), "row 1 of the dbt Cloud users has no id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, always(http.StatusOK, test.body))
			users, err := client.Users(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || users != nil {
				t.Errorf("got %d users and error %v, want an error with %q", len(users), err, test.want)
			}
		})
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	client, received := serve(t, inPages(t, userRows(250), "250"))
	for range 3 {
		members, err := client.GroupMembers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(members) != 2 || len(members[0]) != 125 || len(members[1]) != 125 {
			t.Errorf("got groups of %d and %d, want 125 and 125", len(members[0]), len(members[1]))
		}
		if first, last := members[1][0].ID, members[1][124].ID; first != 1 || last != 249 {
			t.Errorf("got members %d to %d, want 1 to 249", first, last)
		}
		if _, err := client.Users(t.Context()); err != nil {
			t.Error(err)
		}
	}
	expectRequests(t, received, pagesOf(usersPage, 0, 100, 200))
}

func TestMembersFailure(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, always(http.StatusUnauthorized, file(t, "unauthorized.json")))
	members, err := client.GroupMembers(t.Context())
	if rest.Status(err) != http.StatusUnauthorized || members != nil {
		t.Errorf("got %s and error %v, want the 401", fmt.Sprint(members), err)
	}
}

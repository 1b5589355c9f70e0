// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestGroups(t *testing.T) {
	t.Parallel()
	client, received := serve(t, always(http.StatusOK, file(t, "groups.json")))
	got, err := client.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	expectRequests(t, received, pagesOf(groupsPage, 0))
	expect(t, got, []dbtcloud.Group{
		{
			ID: 13, Name: new("Everyone"), AssignByDefault: new(true), SCIMManaged: new(false), MemberCount: new(int64(250)),
			SSOMappingGroups: []string{}, Permissions: []dbtcloud.Permission{},
		},
		{
			ID: 31, Name: new(`R&D "Core" + #1 \ Ops`), AssignByDefault: new(false), SCIMManaged: new(true), MemberCount: new(int64(12)),
			SSOMappingGroups: []string{"idp-development", "idp-research"},
			Permissions: []dbtcloud.Permission{
				{PermissionSet: new("a_set_of_next_year"), AllProjects: new(true)},
				{PermissionSet: new("developer"), ProjectID: new(int64(7)), AllProjects: new(false), WritableEnvironmentCategories: []string{}},
				{PermissionSet: new("developer"), ProjectID: new(int64(8)), AllProjects: new(false), WritableEnvironmentCategories: []string{"development", "staging"}},
			},
		},
		{ID: 40, SSOMappingGroups: []string{}, Permissions: []dbtcloud.Permission{}},
		{ID: 41, Name: new("Sparse"), SSOMappingGroups: []string{"idp-one"}, Permissions: []dbtcloud.Permission{{}}},
	})
}

// TestDeletedGroups are left out, and counted as rows of the list.
func TestDeletedGroups(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, inPages(t, []string{`{"id":1,"state":1}`, `{"id":2,"state":2}`, `{"id":3,"state":"2"}`, `{"id":4}`}, "4"))
	groups, err := client.Groups(t.Context())
	if err != nil || len(groups) != 2 || groups[0].ID != 1 || groups[1].ID != 4 {
		t.Errorf("got groups %s and error %v, want 1 and 4", text(groups), err)
	}
}

func TestGroupsInPages(t *testing.T) {
	t.Parallel()
	rows := make([]string, 150)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"id":%d,"name":"Group %d"}`, 150-i, 150-i)
	}
	client, received := serve(t, inPages(t, rows, "150"))
	for range 2 {
		groups, err := client.Groups(t.Context())
		if err != nil || len(groups) != 150 || groups[0].ID != 1 || groups[149].ID != 150 {
			t.Fatalf("got %d groups and error %v, want 150 sorted by id", len(groups), err)
		}
	}
	expectRequests(t, received, pagesOf(groupsPage, 0, 100))
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const listGroups = "GET /v1/groups?limit=1000"

func TestGroups(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{listGroups: always(http.StatusOK, file(t, "groups.json"))})
	for range 2 {
		got, err := client.Groups(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "groups", got, []fivetran.Group{
			{ID: "ample_lichen", Name: new("Warehouse_Archive"), CreatedAt: new("2023-01-03T08:07:13.008919Z")},
			{ID: "serving_iodine", Name: new("warehouse_staging"), CreatedAt: new("2023-01-02T08:07:13.008919Z")},
			{ID: "bare_bones"},
		})
	}
	received.expect(t, listGroups)
}

func TestGroupMembers(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listGroups:                            items(`{"id":"serving_iodine"}`, `{"id":"ample_lichen"}`),
		membersOf("groups", "serving_iodine"): always(http.StatusOK, file(t, "group_users.json")),
		membersOf("groups", "ample_lichen"):   items(),
	})
	for range 2 {
		got, err := client.GroupMembers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "members", got, map[string][]fivetran.Member{
			"serving_iodine": {
				{UserID: "lamp_green", Email: new("ANA@example.com")},
				{UserID: "nozzle_eat", Email: new("Zoe.Adler@Example.com"), Role: new("Manage Destination")},
				{UserID: "service_robot", Role: new("View Destination")},
			},
			"ample_lichen": {},
		})
	}
	if got := received.count(); got != 3 {
		t.Errorf("got %d requests, want one for the groups and one for each of them", got)
	}
}

func TestGroupMembersRefused(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{listGroups: always(http.StatusForbidden, file(t, "forbidden.json"))})
	if got, err := client.GroupMembers(t.Context()); rest.Status(err) != http.StatusForbidden || got != nil {
		t.Errorf("got the members %s and error %v, want the 403", text(got), err)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestServiceTokens(t *testing.T) {
	t.Parallel()
	client, received := serve(t, always(http.StatusOK, file(t, "service_tokens.json")))
	var got []dbtcloud.ServiceToken
	for range 2 {
		var err error
		if got, err = client.ServiceTokens(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expectRequests(t, received, pagesOf(serviceTokensPage, 0))
	expect(t, got, []dbtcloud.ServiceToken{
		{ID: 81, UID: new("dbtu_81"), Name: new("terraform"), CreatedAt: new("2024-02-01T08:00:00Z"), Grants: []dbtcloud.Grant{}},
		{
			ID: 82, UID: new("dbtu_82"), Name: new("airflow"), CreatedAt: new("2024-03-01T08:00:00.123456Z"), LastUsed: new("2026-11-01 08:00:00.000000+00:00"),
			Grants: []dbtcloud.Grant{
				{AllProjects: true},
				{PermissionSet: new("a_set_of_next_year"), AllProjects: true},
				{PermissionSet: new("job_runner"), ProjectID: new(int64(7))},
				{PermissionSet: new("job_runner"), ProjectID: new(int64(8))},
			},
		},
		{ID: 84},
	})
}

func TestServiceTokensInPages(t *testing.T) {
	t.Parallel()
	client, received := serve(t, inPages(t, userRows(150), "150"))
	tokens, err := client.ServiceTokens(t.Context())
	if err != nil || len(tokens) != 150 {
		t.Errorf("got %d service tokens and error %v, want 150", len(tokens), err)
	}
	expectRequests(t, received, pagesOf(serviceTokensPage, 0, 100))
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestSCIMTokens(t *testing.T) {
	t.Parallel()
	client, received := serve(t, inPages(t, []string{
		`{"id":2,"name":"entra","created_at":"2026-01-02T00:00:00Z","last_used":null,"token_string":"dbts_secret"}`,
		`{"id":1,"name":"okta","created_at":"2026-01-01T00:00:00Z","last_used":"2026-11-01T00:00:00Z"}`,
	}, "2"))
	for range 2 {
		tokens, err := client.SCIMTokens(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, tokens, []dbtcloud.SCIMToken{
			{ID: 1, Name: new("okta"), CreatedAt: new("2026-01-01T00:00:00Z"), LastUsed: new("2026-11-01T00:00:00Z")},
			{ID: 2, Name: new("entra"), CreatedAt: new("2026-01-02T00:00:00Z")},
		})
	}
	expectRequests(t, received, []string{"/api/v3/accounts/1000/scim-config/tokens/?limit=100&offset=0"})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func TestInvites(t *testing.T) {
	t.Parallel()
	client, received := serve(t, always(http.StatusOK, file(t, "invites.json")))
	var got []dbtcloud.Invite
	for range 2 {
		var err error
		if got, err = client.Invites(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expectRequests(t, received, pagesOf(invitesPage, 0))
	none := []int64{}
	expect(t, got, []dbtcloud.Invite{
		{
			ID: 501, Email: new("New.Person@Example.com"), LicenseType: new(dbtcloud.LicenseReadOnly), Status: new(dbtcloud.InvitePending), Type: new("scim"),
			GroupIDs: []int64{13}, CreatedAt: new("2026-11-05T10:00:00Z"),
		},
		{
			ID: 502, Email: new("mira.okafor@example.com"), LicenseType: new(dbtcloud.LicenseDeveloper), Status: new(dbtcloud.InviteRedeemed), Type: new("standard"),
			GroupIDs: none, CreatedAt: new("2023-03-30T09:00:00Z"), RedeemedAt: new("2023-04-01T09:00:00Z"),
		},
		{ID: 503, Email: new("a@example.com"), Status: new(dbtcloud.InvitePendingVerification), GroupIDs: none},
		{ID: 504, Email: new("b@example.com"), Status: new(dbtcloud.InviteVerifiedSSO), GroupIDs: none},
		{ID: 505, GroupIDs: none},
		{
			ID: 506, Email: new("late@example.com"), LicenseType: new(dbtcloud.LicenseDeveloper), Status: new(dbtcloud.InviteExpired), Type: new("standard"),
			GroupIDs: []int64{13, 31}, CreatedAt: new("2026-01-05T10:00:00Z"),
		},
		{ID: 507, Email: new("c@example.com"), Status: new(dbtcloud.InviteStatus("9")), GroupIDs: none},
		{ID: 508, Email: new("d@example.com"), Status: new(dbtcloud.InviteStatus("0")), GroupIDs: none},
		{ID: 509, Email: new("e@example.com"), Status: new(dbtcloud.InviteStatus("revoked")), GroupIDs: none},
	})
}

func TestInvitesOfAServiceThatDoesNotPage(t *testing.T) {
	t.Parallel()
	rows := userRows(150)
	client, received := serve(t, always(http.StatusOK, envelope(rows, "150")))
	invites, err := client.Invites(t.Context())
	if err != nil || len(invites) != len(rows) {
		t.Errorf("got %d invites and error %v, want %d", len(invites), err, len(rows))
	}
	expectRequests(t, received, pagesOf(invitesPage, 0))
}

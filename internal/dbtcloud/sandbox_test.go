// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func inSandbox(t *testing.T, options sandbox.Options) (*dbtcloud.Client, *sandbox.Server) {
	t.Helper()
	box := sandbox.New(options)
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	base, err := dbtcloud.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	settings := rest.Config{Base: base, RequestTimeout: 30 * time.Second, RetryTimeout: time.Minute}
	return dbtcloud.New(settings, sandbox.DBTCloudToken, sandbox.DBTCloudAccount), box
}

func TestSandbox(t *testing.T) {
	t.Parallel()
	client, box := inSandbox(t, sandbox.Options{})
	users, err := client.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	statuses := map[string]any{}
	licenses := map[string]any{}
	for _, user := range users {
		if user.Email != nil {
			statuses[*user.Email], licenses[*user.Email] = user.Status, user.LicenseType
		}
	}
	for email, want := range map[string]struct{ status, license *string }{
		"max.hoffmann@brightloop.example":  {new("active"), new("developer")},
		"julia.costa@brightloop.example":   {new("active"), new("developer")},
		"sam.reed@brightloop.example":      {new("inactive"), nil},
		"ivan.petrov@northwind.example":    {new("inactive"), new("developer")},
		"nadia.haddad@northwind.example":   {new("inactive"), new("read_only")},
		"lin.chen@northwind.example":       {new("active"), new("explorer_plus")},
		"amara.okafor@northwind.example":   {new("active"), new("developer")},
		"george.o'brien@northwind.example": {new("active"), new("read_only")},
	} {
		if text(statuses[email]) != text(want.status) || text(licenses[email]) != text(want.license) {
			t.Errorf("%s: got %s, %s, want %s, %s", email, text(statuses[email]), text(licenses[email]), text(want.status), text(want.license))
		}
	}

	groups, err := client.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	members, err := client.GroupMembers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range groups {
		active := int64(0)
		for _, member := range members[group.ID] {
			if member.Status != nil && *member.Status == rest.UserActive {
				active++
			}
		}
		if group.MemberCount == nil || *group.MemberCount != active {
			t.Errorf("%s: got %d active members, the service counts %s", text(group.Name), active, text(group.MemberCount))
		}
		if group.Name != nil && *group.Name == "Owner" && len(group.Permissions) == 0 {
			t.Error("Owner: got no permissions")
		}
	}

	invites, err := client.Invites(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[dbtcloud.InviteStatus]bool{}
	for _, invite := range invites {
		if invite.Email == nil || invite.Status == nil || invite.CreatedAt == nil {
			t.Fatalf("got the invite %s", text(invite))
		}
		seen[*invite.Status] = true
	}
	if !seen["pending"] || !seen["expired"] || !seen["redeemed"] {
		t.Errorf("got invites that are %v, want pending, expired and redeemed ones", seen)
	}
	if got := len(box.Requests()); got != 3 {
		t.Errorf("got %d requests, want one per collection", got)
	}
}

func TestSandboxOfManyPeople(t *testing.T) {
	t.Parallel()
	client, box := inSandbox(t, sandbox.Options{People: 1000})
	box.Inject(sandbox.Fault{Skip: 3, Times: 1, Status: 429, Header: map[string]string{"Retry-After": "0"}})
	users, err := client.Users(t.Context())
	if err != nil || len(users) < 1000 {
		t.Fatalf("got %d users and error %v, want more than 1,000", len(users), err)
	}
	pages := (len(users) + 99) / 100
	if got := len(box.Requests()); got != pages+1 {
		t.Errorf("got %d requests, want %d pages and one repetition", got, pages)
	}
}

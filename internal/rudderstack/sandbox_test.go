// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func newSandbox(t *testing.T, options sandbox.Options) (*rudderstack.Client, *sandbox.Server) {
	t.Helper()
	company := sandbox.New(options)
	server := httptest.NewServer(company)
	t.Cleanup(server.Close)
	return newClient(t, server.URL, sandbox.SCIMToken), company
}

func TestSandboxDirectory(t *testing.T) {
	t.Parallel()
	client, company := newSandbox(t, sandbox.Options{People: 250, SCIMPageCap: 50})
	users, err := client.Users(t.Context())
	if err != nil || len(users) != 250 {
		t.Fatalf("got %d users and error %v, want 250", len(users), err)
	}
	groups, err := client.GroupsWithMembers(t.Context())
	if err != nil || len(groups) != 6 {
		t.Fatalf("got %d groups and error %v, want 6", len(groups), err)
	}
	edges, nested, names := 0, 0, map[string]*string{}
	for _, user := range users {
		names[user.ID] = user.UserName
		edges -= len(user.Groups)
		if user.Groups == nil {
			t.Errorf("user %s: got no groups, want some", user.ID)
		}
	}
	for _, group := range groups {
		for _, member := range group.Members {
			switch name := names[member.ID]; {
			case member.Type == "Group":
				nested++
			case member.Type != "User" || name == nil || member.UserName == nil || *name != *member.UserName:
				t.Errorf("group %s: got member %+v, want a user of the list", group.ID, member)
			default:
				edges++
			}
		}
	}
	if edges != 0 || nested != 2 {
		t.Errorf("got %d more memberships from groups than from users and %d nested groups, want 0 and 2", edges, nested)
	}
	statuses := map[string]int{}
	for _, user := range users {
		if status := user.Status(); status != nil {
			statuses[string(*status)]++
		} else {
			statuses["not said"]++
		}
	}
	if statuses["not said"] != 1 || statuses["inactive"] == 0 || statuses["active"] == 0 {
		t.Errorf("got statuses %v, want all three and one that is not said", statuses)
	}
	if got := company.Count(http.MethodGet, "/scim/v2/"); got != 6+2 || got != len(company.Requests()) {
		t.Errorf("got %d requests of %d, want 6 for users and 2 for groups", got, len(company.Requests()))
	}
}

func TestSandboxLookUps(t *testing.T) {
	t.Parallel()
	client, company := newSandbox(t, sandbox.Options{People: 250})
	users, err := client.UsersNamed(t.Context(), "svc-WAREHOUSE-sync")
	if err != nil || len(users) != 1 || users[0].Email != nil {
		t.Fatalf("got users %+v and error %v, want one without an address", users, err)
	}
	if user, err := client.User(t.Context(), users[0].ID); err != nil || user.ID != users[0].ID {
		t.Errorf("got user %+v and error %v", user, err)
	}
	if _, err := client.User(t.Context(), strings.ToLower(users[0].ID)); !scim.NotFound(err) {
		t.Errorf("got error %v, want NotFound", err)
	}
	if got := company.Count(http.MethodGet, "/scim/v2/Users"); got != 3 {
		t.Errorf("got %d requests for users, want one for each lookup", got)
	}
	for name, want := range map[string]int{`Finance & "Legal"`: 1, "Analysts": 2, "analysts": 0, "Contractors": 1} {
		groups, err := client.GroupsNamed(t.Context(), name)
		if err != nil || len(groups) != want {
			t.Errorf("%s: got %d groups and error %v, want %d", name, len(groups), err, want)
		}
	}
	empty, err := client.GroupsNamedWithMembers(t.Context(), "Contractors")
	if err != nil || len(empty) != 1 || empty[0].Members == nil || len(empty[0].Members) != 0 {
		t.Errorf("got groups %+v and error %v, want one that has no members", empty, err)
	}
}

func TestSandboxRefusesAnotherToken(t *testing.T) {
	t.Parallel()
	company := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(company)
	defer server.Close()
	_, err := newClient(t, server.URL, "a workspace token").UsersNamed(t.Context(), "ann")
	if rest.Status(err) != http.StatusUnauthorized || len(company.Requests()) != 1 {
		t.Errorf("got error %v after %d requests, want 401 after one", err, len(company.Requests()))
	}
}

func TestSandboxWithoutGroups(t *testing.T) {
	t.Parallel()
	client, company := newSandbox(t, sandbox.Options{})
	company.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/scim/v2/Groups", Status: http.StatusNotImplemented})
	users, err := client.Users(t.Context())
	if err != nil || len(users) == 0 {
		t.Errorf("got %d users and error %v, want them in spite of the groups", len(users), err)
	}
	for _, user := range users {
		if _, ok := errors.AsType[*scim.GroupsUnavailableError](user.GroupsErr); !ok {
			t.Errorf("user %s: got %v, want a GroupsUnavailableError", user.ID, user.GroupsErr)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func inSandbox(t *testing.T, options sandbox.Options) (*fivetran.Client, *sandbox.Server) {
	t.Helper()
	box := sandbox.New(options)
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	base, err := fivetran.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	settings := rest.Config{Base: base, RequestTimeout: 30 * time.Second, RetryTimeout: time.Minute}
	return fivetran.New(settings, sandbox.FivetranKey, sandbox.FivetranSecret), box
}

func TestSandboxLifeOfAUser(t *testing.T) {
	t.Parallel()
	client, box := inSandbox(t, sandbox.Options{})
	newcomer := fivetran.Invitation{Email: "New.Person@Example.com", GivenName: "New", FamilyName: "Person", Role: new("Account Reviewer"), Phone: new("+1")}
	invited, err := client.InviteUser(t.Context(), newcomer)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "status", invited.Status(), new(rest.UserInvited))
	expect(t, "role", invited.Role, newcomer.Role)

	box.AcceptInvite(newcomer.Email)
	user, err := client.User(t.Context(), invited.ID)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "status after the invite was accepted", user.Status(), new(rest.UserActive))

	user, err = client.UpdateUser(t.Context(), user.ID, fivetran.Change{GivenName: new("Newer"), Phone: fivetran.To(nil)})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "name", user.GivenName, new("Newer"))
	expect(t, "phone", user.Phone, (*string)(nil))
	expect(t, "role, unchanged", user.Role, newcomer.Role)

	if err := client.ClearRole(t.Context(), user.ID); err != nil {
		t.Fatal(err)
	}
	found, err := client.UserByEmail(t.Context(), "new.person@example.com")
	if err != nil {
		t.Fatalf("got error %v, want the user", err)
	}
	expect(t, "role, cleared", found.Role, (*string)(nil))

	if err := client.DeleteUser(t.Context(), user.ID); err != nil {
		t.Fatal(err)
	}
	if err := client.DeleteUser(t.Context(), user.ID); !fivetran.NotFound(err) {
		t.Errorf("second removal: got %v, want NotFound", err)
	}
	if _, err := client.User(t.Context(), user.ID); !fivetran.NotFound(err) {
		t.Errorf("reading one who is gone: got %v, want NotFound", err)
	}
}

func TestSandboxLostInvite(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"502":            {Status: http.StatusBadGateway},
		"cut":            {Cut: true},
		"half an answer": {Truncate: true},
	} {
		client, box := inSandbox(t, sandbox.Options{})
		if _, err := client.Users(t.Context()); err != nil {
			t.Fatal(err)
		}
		fault.Method, fault.Times, fault.AfterEffect = http.MethodPost, 1, true
		box.Inject(fault)
		if _, err := client.InviteUser(t.Context(), invitation); !rest.Lost(err) {
			t.Errorf("%s: got %v, want an error that leaves it open", name, err)
		}
		found, err := client.UserByEmail(t.Context(), invitation.Email)
		if err != nil || !strings.EqualFold(*found.Email, invitation.Email) {
			t.Errorf("%s: got %s and error %v, want the user", name, text(found), err)
		}
		if got := box.Count(http.MethodPost, "/v1/users"); got != 1 {
			t.Errorf("%s: got %d invites, want 1", name, got)
		}
	}
}

func TestSandboxOfManyPeople(t *testing.T) {
	t.Parallel()
	client, box := inSandbox(t, sandbox.Options{People: 2500})
	users, err := client.Users(t.Context())
	if err != nil || len(users) < 2500 {
		t.Fatalf("got %d users and error %v, want more than 2,500", len(users), err)
	}
	if users[len(users)-1].Email != nil {
		t.Errorf("got %s last, want the service account", text(users[len(users)-1]))
	}
	if got := len(box.Requests()); got != 3 {
		t.Errorf("got %d requests, want 3 pages", got)
	}
	// Somebody who is in the account already is refused, and found.
	again := invitation
	again.Email = *users[0].Email
	if _, err := client.InviteUser(t.Context(), again); err == nil || rest.Lost(err) {
		t.Errorf("inviting %s again: got %v, want a refusal", again.Email, err)
	}
	if found, err := client.UserByEmail(t.Context(), again.Email); err != nil || found.ID != users[0].ID {
		t.Errorf("got %s and error %v, want %s", text(found), err, users[0].ID)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const (
	postUser   = "POST /v1/users"
	getUser    = "GET /v1/users/tango_blue"
	patchUser  = "PATCH /v1/users/tango_blue"
	deleteUser = "DELETE /v1/users/tango_blue"
	deleteRole = "DELETE /v1/users/tango_blue/role"
)

var invitation = fivetran.Invitation{Email: "bo.lim@example.com", GivenName: "Bo", FamilyName: "Lim"}

func TestInviteUser(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{postUser: always(http.StatusCreated, file(t, "user_invited.json"))})
	got, err := client.InviteUser(t.Context(), invitation)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "user", got, boInvited)

	full := invitation
	full.Role, full.Phone, full.Picture = new("R&D <Custom>"), new("+353 00 0000 0000"), new("https://example.com/bo.png")
	if _, err := client.InviteUser(t.Context(), full); err != nil {
		t.Error(err)
	}
	received.expect(t, postUser, postUser)
	received.expectBodies(t,
		`{"email":"bo.lim@example.com","given_name":"Bo","family_name":"Lim"}`,
		`{"email":"bo.lim@example.com","given_name":"Bo","family_name":"Lim","role":"R&D <Custom>","phone":"+353 00 0000 0000","picture":"https://example.com/bo.png"}`,
	)
}

func TestInviteThatMayHaveBeenCarriedOut(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		status int
		cause  bool
	}{
		"502": {always(http.StatusBadGateway, file(t, "bad_gateway.html")), 502, false},
		"503 that asks for patience": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		}, 503, false},
		"cut connection":              {cut, 0, true},
		"created, answer unreadable":  {always(http.StatusCreated, `{"code":"Success","data":{"id":"tan`), 201, true},
		"created, answer without id":  {always(http.StatusCreated, `{"code":"Success","data":{}}`), 201, true},
		"created, answer without any": {always(http.StatusCreated, ""), 201, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, received := serve(t, answers{postUser: test.answer})
			_, err := client.InviteUser(t.Context(), invitation)
			failure, ok := errors.AsType[*rest.Error](err)
			if !ok || failure.Status != test.status || (failure.Err != nil) != test.cause || !rest.Lost(err) {
				t.Errorf("got %v, want the status %d and a cause: %t", err, test.status, test.cause)
			}
			received.expect(t, postUser)
		})
	}
}

func TestInviteIsRepeatedAfterTheRateLimit(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{postUser: inTurn(limited, always(http.StatusCreated, file(t, "user_invited.json")))})
	if _, err := client.InviteUser(t.Context(), invitation); err != nil {
		t.Error(err)
	}
	received.expect(t, postUser, postUser)
	body := `{"email":"bo.lim@example.com","given_name":"Bo","family_name":"Lim"}`
	received.expectBodies(t, body, body)
}

func TestUpdateUser(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]fivetran.Change{
		`{"given_name":"Bob"}`:                    {GivenName: new("Bob")},
		`{"family_name":""}`:                      {FamilyName: new("")},
		`{"role":"Account Reviewer"}`:             {Role: new("Account Reviewer")},
		`{"phone":"+1"}`:                          {Phone: fivetran.To(new("+1"))},
		`{"phone":""}`:                            {Phone: fivetran.To(new(""))},
		`{"phone":null}`:                          {Phone: fivetran.To(nil)},
		`{"phone":"+1","picture":null}`:           {Phone: fivetran.To(new("+1")), Picture: fivetran.To(nil)},
		`{"given_name":"Bob","family_name":"Li"}`: {GivenName: new("Bob"), FamilyName: new("Li")},
	} {
		client, received := serve(t, answers{patchUser: always(http.StatusOK, file(t, "user.json"))})
		got, err := client.UpdateUser(t.Context(), "tango_blue", change)
		if err != nil {
			t.Errorf("%s: %v", want, err)
		}
		expect(t, "user", got, bo)
		received.expect(t, patchUser)
		received.expectBodies(t, want)
	}
}

func TestUpdateOfNothingReads(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{getUser: always(http.StatusOK, file(t, "user.json"))})
	got, err := client.UpdateUser(t.Context(), "tango_blue", fivetran.Change{})
	if err != nil {
		t.Error(err)
	}
	expect(t, "user", got, bo)
	received.expect(t, getUser)
}

func TestRemovals(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"200 with a message":   always(http.StatusOK, file(t, "user_deleted.json")),
		"200 without a body":   always(http.StatusOK, ""),
		"200 with other words": always(http.StatusOK, "OK"),
		"202":                  always(http.StatusAccepted, ""),
		"204":                  always(http.StatusNoContent, ""),
	} {
		client, received := serve(t, answers{deleteUser: answer, deleteRole: answer})
		if err := client.ClearRole(t.Context(), "tango_blue"); err != nil {
			t.Errorf("%s: ClearRole: %v", name, err)
		}
		if err := client.DeleteUser(t.Context(), "tango_blue"); err != nil {
			t.Errorf("%s: DeleteUser: %v", name, err)
		}
		received.expect(t, deleteRole, deleteUser)
		received.expectBodies(t, "", "")
	}
}

// writes are the methods that change something, each with its request.
var writes = map[string]func(context.Context, *fivetran.Client, string) error{
	"InviteUser": func(ctx context.Context, c *fivetran.Client, _ string) error {
		_, err := c.InviteUser(ctx, invitation)
		return err
	},
	"UpdateUser": func(ctx context.Context, c *fivetran.Client, id string) error {
		_, err := c.UpdateUser(ctx, id, fivetran.Change{GivenName: new("Bob")})
		return err
	},
	"ClearRole":  func(ctx context.Context, c *fivetran.Client, id string) error { return c.ClearRole(ctx, id) },
	"DeleteUser": func(ctx context.Context, c *fivetran.Client, id string) error { return c.DeleteUser(ctx, id) },
}

// TestWritesDropTheListing holds it for those that failed too: they may have
// been carried out.
func TestWritesDropTheListing(t *testing.T) {
	t.Parallel()
	for outcome, answer := range map[string]http.HandlerFunc{
		"success": always(http.StatusOK, file(t, "user.json")),
		"refused": always(http.StatusConflict, file(t, "problem.json")),
		"lost":    cut,
	} {
		for name, write := range writes {
			t.Run(name+" "+outcome, func(t *testing.T) {
				t.Parallel()
				before, after := items(`{"id":"a_b","email":"a@example.com"}`), items(`{"id":"tango_blue","email":"bo.lim@example.com"}`)
				client, _ := serve(t, answers{
					listUsers: inTurn(before, after),
					postUser:  answer, patchUser: answer, deleteUser: answer, deleteRole: answer,
				})
				if found, err := client.UserByEmail(t.Context(), "bo.lim@example.com"); !fivetran.NotFound(err) {
					t.Errorf("before: got %s and error %v, want NotFound", text(found), err)
				}
				if err := write(t.Context(), client, "tango_blue"); (err == nil) != (outcome == "success") {
					t.Errorf("got error %v", err)
				}
				if found, err := client.UserByEmail(t.Context(), "bo.lim@example.com"); err != nil || found.ID != "tango_blue" {
					t.Errorf("after: got %s and error %v, want the user", text(found), err)
				}
			})
		}
	}
}

func TestWritesAreSentOnce(t *testing.T) {
	t.Parallel()
	for outcome, answer := range map[string]http.HandlerFunc{
		"502": always(http.StatusBadGateway, file(t, "bad_gateway.html")),
		"cut": cut,
	} {
		for name, write := range writes {
			client, received := serve(t, answers{postUser: answer, patchUser: answer, deleteUser: answer, deleteRole: answer})
			if err := write(t.Context(), client, "tango_blue"); err == nil {
				t.Errorf("%s %s: got no error", name, outcome)
			}
			if got := received.count(); got != 1 {
				t.Errorf("%s %s: got %d requests, want 1", name, outcome, got)
			}
		}
	}
}

func TestIDsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	for id, escaped := range map[string]string{
		"a/../../groups?x=1#y": "a%2F..%2F..%2Fgroups%3Fx=1%23y",
		"..":                   "%2E%2E",
		"100% ü":               "100%25%20%C3%BC",
	} {
		answer := always(http.StatusOK, file(t, "user.json"))
		path := "/v1/users/" + escaped
		client, _ := serve(t, answers{"GET " + path: answer, "PATCH " + path: answer, "DELETE " + path: answer, "DELETE " + path + "/role": answer})
		if _, err := client.User(t.Context(), id); err != nil {
			t.Errorf("User(%q): %v", id, err)
		}
		for name, write := range writes {
			if name == "InviteUser" {
				continue
			}
			if err := write(t.Context(), client, id); err != nil {
				t.Errorf("%s(%q): %v", name, id, err)
			}
		}
	}
}

func TestAnEmptyIDSendsNothing(t *testing.T) {
	t.Parallel()
	client, received := serve(t, nil)
	if _, err := client.User(t.Context(), ""); err == nil {
		t.Error("User: got no error")
	}
	for name, write := range writes {
		if name == "InviteUser" {
			continue
		}
		if err := write(t.Context(), client, ""); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	received.expect(t)
}

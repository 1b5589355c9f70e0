// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
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
	got, err := client.InviteUser(t.Context(), invitation, nil)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "user", got, boInvited)

	full := invitation
	full.Role, full.Phone, full.Picture = new("R&D <Custom>"), new("+353 00 0000 0000"), new("https://example.com/bo.png")
	if _, err := client.InviteUser(t.Context(), full, nil); err != nil {
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
			_, err := client.InviteUser(t.Context(), invitation, nil)
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
	if _, err := client.InviteUser(t.Context(), invitation, nil); err != nil {
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
		got, err := client.UpdateUser(t.Context(), fivetran.User{ID: "tango_blue"}, change, nil)
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
	got, err := client.UpdateUser(t.Context(), fivetran.User{ID: "tango_blue"}, fivetran.Change{}, nil)
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
		if err := client.ClearRole(t.Context(), fivetran.User{ID: "tango_blue"}, nil); err != nil {
			t.Errorf("%s: ClearRole: %v", name, err)
		}
		if err := client.DeleteUser(t.Context(), fivetran.User{ID: "tango_blue"}, nil); err != nil {
			t.Errorf("%s: DeleteUser: %v", name, err)
		}
		received.expect(t, deleteRole, deleteUser)
		received.expectBodies(t, "", "")
	}
}

// writes are the methods that change something, each with its request.
var writes = map[string]func(context.Context, *fivetran.Client, string, fivetran.Settle) (fivetran.User, error){
	"InviteUser": func(ctx context.Context, c *fivetran.Client, _ string, settle fivetran.Settle) (fivetran.User, error) {
		return c.InviteUser(ctx, invitation, settle)
	},
	"UpdateUser": func(ctx context.Context, c *fivetran.Client, id string, settle fivetran.Settle) (fivetran.User, error) {
		return c.UpdateUser(ctx, fivetran.User{ID: id}, fivetran.Change{GivenName: new("Bob")}, settle)
	},
	"AdoptUser": func(ctx context.Context, c *fivetran.Client, id string, settle fivetran.Settle) (fivetran.User, error) {
		return c.AdoptUser(ctx, fivetran.User{ID: id}, fivetran.Change{GivenName: new("Bob")}, settle)
	},
	"ClearRole": func(ctx context.Context, c *fivetran.Client, id string, settle fivetran.Settle) (fivetran.User, error) {
		return fivetran.User{}, c.ClearRole(ctx, fivetran.User{ID: id}, settle)
	},
	"DeleteUser": func(ctx context.Context, c *fivetran.Client, id string, settle fivetran.Settle) (fivetran.User, error) {
		return fivetran.User{}, c.DeleteUser(ctx, fivetran.User{ID: id}, settle)
	},
}

// TestWritesDropTheListing before they are settled, unless they were refused
// and so changed nothing.
func TestWritesDropTheListing(t *testing.T) {
	t.Parallel()
	for outcome, test := range map[string]struct {
		answer  http.HandlerFunc
		dropped bool
	}{
		"success":       {always(http.StatusOK, file(t, "user.json")), true},
		"lost":          {cut, true},
		"fault":         {always(http.StatusBadGateway, ""), true},
		"refused":       {always(http.StatusConflict, file(t, "problem.json")), false},
		"gone already":  {always(http.StatusNotFound, file(t, "user_not_found.json")), true},
		"not to be had": {always(http.StatusForbidden, file(t, "forbidden.json")), false},
	} {
		for name, write := range writes {
			t.Run(name+" "+outcome, func(t *testing.T) {
				t.Parallel()
				before, after := items(`{"id":"a_b","email":"a@example.com"}`), items(`{"id":"tango_blue","email":"bo.lim@example.com"}`)
				client, _ := serve(t, answers{
					listUsers: inTurn(before, after),
					postUser:  test.answer, patchUser: test.answer, deleteUser: test.answer, deleteRole: test.answer,
				})
				expectFound := func(when string, want bool) {
					t.Helper()
					found, err := client.UserByEmail(t.Context(), "bo.lim@example.com")
					if want && (err != nil || found.ID != "tango_blue") || !want && !fivetran.NotFound(err) {
						t.Errorf("%s: got %s and error %v, want it found: %t", when, text(found), err, want)
					}
				}
				expectFound("before", false)
				_, err := write(t.Context(), client, "tango_blue", func(_ context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
					expectFound("settling", test.dropped)
					return user, outcome
				})
				if (err == nil) != (outcome == "success") {
					t.Errorf("got error %v", err)
				}
				expectFound("after", test.dropped)
			})
		}
	}
}

// recorded is what one change was recorded as.
type recorded struct {
	request string
	target  rest.Target
	outcome rest.Outcome
}

func recordIn(all *[]recorded) func(*rest.Config) {
	return func(settings *rest.Config) {
		settings.Record = func(_ context.Context, method, url string, target rest.Target) (func(rest.Outcome), error) {
			return func(outcome rest.Outcome) {
				outcome.Err = nil
				*all = append(*all, recorded{method + " " + strings.TrimPrefix(url, settings.Base.String()), target, outcome})
			}, nil
		}
	}
}

// TestWhatIsRecorded has each change with its target and its outcome.
func TestWhatIsRecorded(t *testing.T) {
	t.Parallel()
	answer, gone := always(http.StatusOK, file(t, "user.json")), always(http.StatusNotFound, file(t, "user_not_found.json"))
	var got []recorded
	client, _ := serve(t, answers{postUser: answer, patchUser: answer, deleteRole: answer, deleteUser: inTurn(answer, gone)}, recordIn(&got))
	withRole := invitation
	withRole.Role = new("Account Reviewer")
	before := fivetran.User{ID: "tango_blue", Email: new("bo.lim@example.com"), Role: new("Account Analyst")}
	none := fivetran.User{ID: "tango_blue"}
	for _, err := range []error{
		second(client.InviteUser(t.Context(), invitation, nil)),
		second(client.InviteUser(t.Context(), withRole, nil)),
		second(client.UpdateUser(t.Context(), before, fivetran.Change{GivenName: new("Bob"), Phone: fivetran.To(nil)}, nil)),
		second(client.UpdateUser(t.Context(), before, fivetran.Change{Role: new("Account Reviewer"), FamilyName: new("Li")}, nil)),
		second(client.UpdateUser(t.Context(), none, fivetran.Change{Role: new("Account Reviewer")}, nil)),
		second(client.AdoptUser(t.Context(), before, fivetran.Change{Picture: fivetran.To(nil)}, nil)),
		second(client.AdoptUser(t.Context(), before, fivetran.Change{Role: new("Account Reviewer")}, nil)),
		client.ClearRole(t.Context(), before, nil),
		client.DeleteUser(t.Context(), before, nil),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := client.DeleteUser(t.Context(), none, nil); !fivetran.NotFound(err) {
		t.Errorf("deleting a user who is gone: got %v, want NotFound", err)
	}

	success, changed := rest.Outcome{Result: rest.ResultSuccess, Status: 200}, rest.Outcome{Result: rest.ResultSuccess, Status: 200, ID: "tango_blue"}
	analyst, reviewer := new("Account Analyst"), new("Account Reviewer")
	user := func(activity rest.Activity, role, before *string, fields ...string) rest.Target {
		return rest.Target{Activity: activity, ID: "tango_blue", Email: "bo.lim@example.com", Role: role, RoleBefore: before, Fields: fields}
	}
	expect(t, "records", got, []recorded{
		{"POST /users", rest.Target{Activity: rest.ActivityInvite, Email: "bo.lim@example.com"}, changed},
		{"POST /users", rest.Target{Activity: rest.ActivityInvite, Email: "bo.lim@example.com", Role: reviewer}, changed},
		{"PATCH /users/tango_blue", user(rest.ActivityUpdate, nil, nil, "given_name", "phone"), changed},
		{"PATCH /users/tango_blue", user(rest.ActivityChangeRole, reviewer, analyst, "family_name", "role"), changed},
		{"PATCH /users/tango_blue", rest.Target{Activity: rest.ActivityChangeRole, ID: "tango_blue", Role: reviewer, RoleBefore: new(""), Fields: []string{"role"}}, changed},
		{"PATCH /users/tango_blue", user(rest.ActivityAdopt, nil, nil, "picture"), changed},
		{"PATCH /users/tango_blue", user(rest.ActivityAdopt, reviewer, analyst, "role"), changed},
		{"DELETE /users/tango_blue/role", user(rest.ActivityChangeRole, new(""), analyst, "role"), success},
		{"DELETE /users/tango_blue", user(rest.ActivityDelete, nil, analyst), success},
		{
			"DELETE /users/tango_blue", rest.Target{Activity: rest.ActivityDelete, ID: "tango_blue", RoleBefore: new("")},
			rest.Outcome{Result: rest.ResultSuccess, Status: 404, Detail: "the user was gone already"},
		},
	})
}

func second[T any](_ T, err error) error { return err }

// TestSettle holds that each method returns and records what Settle says, and
// that Settle gets the user of the reply, if there is one.
func TestSettle(t *testing.T) {
	t.Parallel()
	wrong := errors.New("it is not so")
	for name, write := range writes {
		for _, status := range []int{http.StatusOK, http.StatusBadGateway} {
			var records []recorded
			answer := always(status, file(t, "user.json"))
			client, _ := serve(t, answers{postUser: answer, patchUser: answer, deleteUser: answer, deleteRole: answer}, recordIn(&records))
			other := fivetran.User{ID: "other"}
			answersWithUser := status == http.StatusOK && name != "ClearRole" && name != "DeleteUser"
			got, err := write(t.Context(), client, "tango_blue", func(_ context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
				if (user.ID == "tango_blue") != answersWithUser || (outcome.ID == "tango_blue") != answersWithUser || (outcome.Err == nil) != (status == http.StatusOK) {
					t.Errorf("%s %d: settling %s with %+v", name, status, text(user), outcome)
				}
				return other, rest.Outcome{Result: rest.ResultFailure, ID: "other", Detail: "settled", Err: wrong}
			})
			if !errors.Is(err, wrong) || name != "ClearRole" && name != "DeleteUser" && got.ID != other.ID {
				t.Errorf("%s %d: got %s and error %v, want what Settle says", name, status, text(got), err)
			}
			want := rest.Outcome{Result: rest.ResultFailure, ID: "other", Status: status, Detail: "settled"}
			if len(records) != 1 || records[0].outcome != want {
				t.Errorf("%s %d: recorded %+v, want %+v", name, status, records, want)
			}
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
			if _, err := write(t.Context(), client, "tango_blue", nil); err == nil {
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
			if _, err := write(t.Context(), client, id, nil); err != nil {
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
		if _, err := write(t.Context(), client, "", nil); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	received.expect(t)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

var bo = fivetran.User{
	ID: "tango_blue", Email: new("bo.lim@example.com"), GivenName: new("Bo"), FamilyName: new("Lim"), Role: new("Account Reviewer"),
	Phone: new("+353 00 0000 0000"), Active: new(true), Invited: new(false), Verified: new(true),
	CreatedAt: new("2026-11-01T00:00:00Z"), LoggedInAt: new("2026-11-02T00:00:00Z"),
}

var boInvited = fivetran.User{
	ID: "tango_blue", Email: new("bo.lim@example.com"), GivenName: new("Bo"), FamilyName: new("Lim"),
	Active: new(true), Invited: new(true), Verified: new(false), CreatedAt: new("2026-11-01T00:00:00Z"),
}

func TestNeverIsNull(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{listUsers: items(`{"id":"a_b","logged_in_at":"0001-01-01T00:00:00Z","created_at":"2026-11-01T00:00:00Z"}`)})
	users, err := client.Users(t.Context())
	if err != nil || len(users) != 1 || users[0].LoggedInAt != nil || users[0].CreatedAt == nil {
		t.Errorf("got %s and error %v, want no login", text(users), err)
	}
}

// TestFailureWithSuccess reads replies that report a failure with the status 200.
func TestFailureWithSuccess(t *testing.T) {
	t.Parallel()
	for _, data := range []string{`,"data":{"items":[]}`, `,"data":{"items":[{"id":"a_b"}]}`, `,"data":null`, ``} {
		client, _ := serve(t, answers{listUsers: always(http.StatusOK, `{"code":"AuthFailed","message":"Not signed in."`+data+`}`)})
		users, err := client.Users(t.Context())
		failure, ok := errors.AsType[*rest.Error](err)
		if !ok || users != nil || !errors.Is(err, rest.ErrFailed) || failure.Status != http.StatusOK || failure.Code != "AuthFailed" || failure.Message != "Not signed in." {
			t.Errorf("%s: got %s and error %v, want what the service said", data, text(users), err)
		}
	}
	for _, code := range []string{`"code":"SUCCESS",`, `"code":null,`, ``} {
		client, _ := serve(t, answers{listUsers: always(http.StatusOK, `{`+code+`"data":{"items":[]}}`)})
		if users, err := client.Users(t.Context()); err != nil || len(users) != 0 {
			t.Errorf("%s: got %s and error %v, want none", code, text(users), err)
		}
	}
}

func TestUsers(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{
		listUsers: always(http.StatusOK, file(t, "users_1.json")),
		"GET /v1/users?cursor=eyJza2lwIjoyfQ&limit=1000": always(http.StatusOK, file(t, "users_2.json")),
	})
	got, err := client.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	received.expect(t, listUsers, "GET /v1/users?cursor=eyJza2lwIjoyfQ&limit=1000")
	want := []fivetran.User{
		{
			ID: "lamp_green", Email: new("ANA@example.com"),
			Active: new(false), Invited: new(false), Verified: new(true),
			CreatedAt: new("2020-01-01T00:00:00Z"), LoggedInAt: new("2021-01-01T00:00:00Z"),
		},
		boInvited,
		{
			ID: "nozzle_eat", Email: new("Zoe.Adler@Example.com"), GivenName: new("Zoë"), FamilyName: new("Adler"),
			Role: new("Account Administrator"), Phone: new("+19876543210"), Picture: new("https://example.com/zoe.png"),
			Active: new(true), Invited: new(false), Verified: new(true),
			CreatedAt: new("2018-01-15T11:00:27.329220Z"), LoggedInAt: new("2026-11-20T07:30:00.000001Z"), UserType: new("REGULAR_USER"),
		},
		{ID: "absent_flags"},
		{ID: "service_robot", UserType: new("SERVICE_ACCOUNT")},
	}
	for i := range min(len(got), len(want)) {
		expect(t, "user "+strconv.Itoa(i), got[i], want[i])
	}
	if len(got) != len(want) {
		t.Errorf("got %d users, want %d", len(got), len(want))
	}
	for i, want := range []*rest.UserStatus{new(rest.UserInactive), new(rest.UserInvited), new(rest.UserActive), nil, nil} {
		expect(t, "status of "+got[i].ID, got[i].Status(), want)
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	yes, no := new(true), new(false)
	for _, test := range []struct {
		active, invited *bool
		want            *rest.UserStatus
	}{
		{yes, nil, new(rest.UserActive)}, {yes, no, new(rest.UserActive)}, {yes, yes, new(rest.UserInvited)},
		{no, nil, new(rest.UserInactive)}, {no, no, new(rest.UserInactive)}, {no, yes, new(rest.UserInactive)},
		{nil, nil, nil}, {nil, no, nil}, {nil, yes, new(rest.UserInvited)},
	} {
		got := fivetran.User{Active: test.active, Invited: test.invited}.Status()
		expect(t, "active "+text(test.active)+", invited "+text(test.invited), got, test.want)
	}
}

func TestUsersInManyPages(t *testing.T) {
	t.Parallel()
	const n = 2500
	handlers := answers{}
	var want []string
	for skip := 0; skip < n; skip += 1000 {
		// A cursor in the alphabet that has to be escaped.
		line, next := listUsers, ""
		if skip > 0 {
			line = fmt.Sprintf("GET /v1/users?cursor=%s&limit=1000", url.QueryEscape(fmt.Sprintf("skip+%d/=", skip)))
		}
		var rows []string
		for i := skip; i < min(skip+1000, n); i++ {
			rows = append(rows, fmt.Sprintf(`{"id":"id_%d","email":"user%05d@example.com"}`, i, n-i))
		}
		if skip+1000 < n {
			next = fmt.Sprintf("skip+%d/=", skip+1000)
		}
		handlers[line] = always(http.StatusOK, fmt.Sprintf(`{"code":"Success","data":{"items":[%s],"next_cursor":%q}}`, strings.Join(rows, ","), next))
		want = append(want, line)
	}
	client, received := serve(t, handlers)
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			got, err := client.Users(t.Context())
			if err != nil || len(got) != n || *got[0].Email != "user00001@example.com" {
				t.Errorf("got %d users and error %v, want %d sorted by address", len(got), err, n)
			}
		})
	}
	callers.Wait()
	received.expect(t, want...)
}

func TestUsersOfAServiceWithoutALastPage(t *testing.T) {
	t.Parallel()
	page := always(http.StatusOK, `{"code":"Success","data":{"items":[{"id":"a_b"}],"next_cursor":"again"}}`)
	again := "GET /v1/users?cursor=again&limit=1000"
	client, received := serve(t, answers{listUsers: page, again: page})
	got, err := client.Users(t.Context())
	if _, ok := errors.AsType[*rest.IncompleteError](err); !ok || got != nil {
		t.Errorf("got %d users and error %v, want none and an IncompleteError", len(got), err)
	}
	received.expect(t, listUsers, again, listUsers, again)
}

func TestAnswersThatAreNoList(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"HTML":                 file(t, "bad_gateway.html"),
		"nothing":              "",
		"null":                 `null`,
		"empty object":         `{}`,
		"other JSON":           `{"status":"ok"}`,
		"no data":              file(t, "user_deleted.json"),
		"data null":            `{"code":"Success","data":null}`,
		"no items":             `{"code":"Success","data":{}}`,
		"items null":           `{"code":"Success","data":{"items":null}}`,
		"items of other kinds": `{"code":"Success","data":{"items":{"id":"a_b"}}}`,
		"a user":               file(t, "user.json"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, answers{listUsers: always(http.StatusOK, body)})
			got, err := client.Users(t.Context())
			failure, ok := errors.AsType[*rest.Error](err)
			if !ok || failure.Status != http.StatusOK || failure.Err == nil {
				t.Errorf("got %d users and error %v, want an *rest.Error with the status 200 and a cause", len(got), err)
			}
		})
	}
}

func TestWhatAnswered(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"blocked":"by the proxy"}`:   `200 OK: the reply has no data: {"blocked":"by the proxy"} (GET `,
		`{"code":"Success","data":{}}`: `200 OK: the reply has no items: {"code":"Success","data":{}} (GET `,
	} {
		client, _ := serve(t, answers{listUsers: inTurn(limited, always(http.StatusOK, body))})
		_, err := client.Users(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasSuffix(err.Error(), "/v1/users, 2 attempts)") {
			t.Errorf("got  %v\nwant %s..., 2 attempts)", err, want)
		}
	}
}

func TestUsersRowWithoutID(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{listUsers: items(`{"id":"a_b"}`, `{"email":"x@example.com"}`)})
	if got, err := client.Users(t.Context()); err == nil || !strings.Contains(err.Error(), "row 2 of the Fivetran users has no id") {
		t.Errorf("got %d users and error %v, want one about row 2", len(got), err)
	}
}

func TestUserByEmail(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{listUsers: items(`{"id":"none"}`, `{"id":"empty","email":""}`, `{"id":"a_b","email":" Anna@Example.com"}`)})
	for _, email := range []string{"anna@example.com", "ANNA@EXAMPLE.COM ", " Anna@Example.com"} {
		if got, err := client.UserByEmail(t.Context(), email); err != nil || got.ID != "a_b" {
			t.Errorf("%q: got %s and error %v, want a_b", email, text(got), err)
		}
	}
	for _, email := range []string{"ann@example.com", "", "a_b"} {
		if got, err := client.UserByEmail(t.Context(), email); !fivetran.NotFound(err) || got.ID != "" {
			t.Errorf("%q: got %s and error %v, want NotFound", email, text(got), err)
		}
	}
	received.expect(t, listUsers)
}

func TestUserByEmailFailure(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{listUsers: always(http.StatusForbidden, file(t, "forbidden.json"))})
	got, err := client.UserByEmail(t.Context(), "anna@example.com")
	if rest.Status(err) != http.StatusForbidden || fivetran.NotFound(err) || got.ID != "" {
		t.Errorf("got %s and error %v, want the 403", text(got), err)
	}
}

func TestUser(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{"GET /v1/users/tango_blue": always(http.StatusOK, file(t, "user.json"))})
	got, err := client.User(t.Context(), "tango_blue")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "user", got, bo)
	received.expect(t, "GET /v1/users/tango_blue")
}

func TestUserThatIsNone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", `{}`, `{"code":"Success"}`, `{"code":"Success","data":{}}`, `{"code":"Success","data":{"items":[]}}`} {
		client, _ := serve(t, answers{"GET /v1/users/a_b": always(http.StatusOK, body)})
		got, err := client.User(t.Context(), "a_b")
		if failure, ok := errors.AsType[*rest.Error](err); !ok || failure.Err == nil || failure.Status != http.StatusOK {
			t.Errorf("%q: got %s and error %v, want an *rest.Error with a cause", body, text(got), err)
		}
	}
}

func TestReadsAreRepeatedAfterTheRateLimit(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{"GET /v1/users/tango_blue": inTurn(limited, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, file(t, "user.json"))
	})})
	if _, err := client.User(t.Context(), "tango_blue"); err != nil {
		t.Error(err)
	}
	received.expect(t, "GET /v1/users/tango_blue", "GET /v1/users/tango_blue")
}

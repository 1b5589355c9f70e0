// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"api.fivetran.com":             "https://api.fivetran.com/v1",
		"https://api.fivetran.com":     "https://api.fivetran.com/v1",
		"https://api.fivetran.com/":    "https://api.fivetran.com/v1",
		fivetran.DefaultBaseURL:        "https://api.fivetran.com/v1",
		"https://api.fivetran.com/v1/": "https://api.fivetran.com/v1",
		"http://127.0.0.1:8080":        "http://127.0.0.1:8080/v1",
	} {
		got, err := fivetran.ParseBaseURL(address)
		if err != nil || got.String() != want {
			t.Errorf("ParseBaseURL(%q) = %v, %v, want %s", address, got, err, want)
			continue
		}
		if client := fivetran.New(rest.Config{Base: got}, "key", "s3cret"); client.Base() != want {
			t.Errorf("Base() = %s, want %s", client.Base(), want)
		}
	}
	if got, err := fivetran.ParseBaseURL("http://api.fivetran.com"); err == nil {
		t.Errorf("http: got %v, want an error", got)
	}
	for _, address := range []string{"https://fivetran.com/dashboard/connections", "fivetran.com", "https://www.fivetran.com/v1"} {
		if _, err := fivetran.ParseBaseURL(address); err == nil || !strings.Contains(err.Error(), `write "https://api.fivetran.com/v1"`) {
			t.Errorf("%q: got error %v, want one that says what to write", address, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status                int
		body                  string
		wantCode, wantMessage string
		notFound              bool
	}{
		"forbidden":            {403, file(t, "forbidden.json"), "Forbidden", "Access denied. Required permission: USER_READ", false},
		"no such user":         {404, file(t, "user_not_found.json"), "NotFound_User", "User with id 'tango_blue' doesn't exist", true},
		"no such thing":        {404, `{"code":"NotFound","message":"Not found"}`, "NotFound", "Not found", true},
		"no such role":         {400, `{"code":"NotFound_Role","message":"Unknown role"}`, "NotFound_Role", "Unknown role", false},
		"404 with other code":  {404, `{"code":"Gone","message":"Gone"}`, "Gone", "Gone", false},
		"404 without a code":   {404, `{"message":"HTTP 404 Not Found"}`, "", "HTTP 404 Not Found", false},
		"404 without a body":   {404, "", "", "", false},
		"404 as HTML":          {404, "<h1>Not here</h1>", "", "<h1>Not here</h1>", false},
		"problem":              {409, file(t, "problem.json"), "", "A user with this address exists already", false},
		"problem, title alone": {401, `{"title":"Unauthorized"}`, "", "Unauthorized", false},
		"code as a number":     {400, `{"code":7,"message":"Bad"}`, "7", "Bad", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := always(test.status, test.body)
			client, received := serve(t, answers{getUser: answer, deleteUser: answer})
			_, readErr := client.User(t.Context(), "tango_blue")
			for _, err := range []error{readErr, client.DeleteUser(t.Context(), fivetran.User{ID: "tango_blue"}, nil)} {
				failure, ok := errors.AsType[*rest.Error](err)
				if !ok || failure.Status != test.status || failure.Code != test.wantCode || failure.Message != test.wantMessage {
					t.Errorf("got %v, want %d (%s): %s", err, test.status, test.wantCode, test.wantMessage)
				}
				if got := fivetran.NotFound(fmt.Errorf("reading: %w", err)); got != test.notFound {
					t.Errorf("NotFound: got %t, want %t", got, test.notFound)
				}
				if strings.Contains(err.Error(), "s3cret") {
					t.Errorf("the error has the secret: %v", err)
				}
			}
			received.expect(t, getUser, deleteUser)
		})
	}
	if fivetran.NotFound(nil) || fivetran.NotFound(errors.New("NotFound")) {
		t.Error("NotFound holds of what is no answer")
	}
}

func TestTooLongAWait(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{postUser: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3600")
		always(http.StatusTooManyRequests, `{"code":"TooManyRequests","message":"No more than 500 users can be created in one hour"}`)(w, r)
	}})
	_, err := client.InviteUser(t.Context(), invitation, nil)
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok || failure.Code != "TooManyRequests" || failure.RetryAfter != time.Hour || failure.Attempts != 1 {
		t.Errorf("got %v, want the 429 with its hour, at once", err)
	}
	received.expect(t, postUser)
}

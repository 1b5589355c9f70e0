// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"testing"
	"time"
)

func TestErrorText(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		failure Error
		want    string
	}{
		"refusal": {
			Error{Method: "GET", URL: "https://host/users", Status: 404, Code: "NotFound_User", Message: "No such user", Attempts: 1},
			"404 Not Found (NotFound_User): No such user (GET https://host/users)",
		},
		"no code": {
			Error{Method: "GET", URL: "https://host/users", Status: 401, Message: "Invalid token."},
			"401 Unauthorized: Invalid token. (GET https://host/users)",
		},
		"no answer": {
			Error{Method: "POST", URL: "https://host/users", Err: io.ErrUnexpectedEOF, Attempts: 1},
			"unexpected EOF (POST https://host/users)",
		},
		"the address is not repeated": {
			Error{Method: "GET", URL: "https://host/users", Err: &url.Error{Op: "Get", URL: "https://host/users?limit=1", Err: io.EOF}},
			"EOF (GET https://host/users)",
		},
		"a cause from outside": {
			Error{Method: "GET", URL: "https://host/users", Err: errors.New("malformed \x1b[31m\n\u202e")},
			"malformed [31m (GET https://host/users)",
		},
		"attempts": {
			Error{Method: "GET", URL: "https://host/users", Status: 502, Message: "Bad gateway", Attempts: 5},
			"502 Bad Gateway: Bad gateway (GET https://host/users, 5 attempts)",
		},
		"too long a wait": {
			Error{Method: "GET", URL: "https://host/users", Status: 429, RetryAfter: time.Hour, Attempts: 1},
			"429 Too Many Requests; the service asks to wait 1h0m0s, which is longer than the time that was left (GET https://host/users)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.failure.Error(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestErrorCarriesItsCause(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("listing: %w", &Error{Status: 502, Err: context.Canceled})
	if !errors.Is(err, context.Canceled) {
		t.Error("errors.Is does not find the cause")
	}
	if got := Status(err); got != 502 {
		t.Errorf("Status: got %d, want 502", got)
	}
	if got := Status(io.EOF); got != 0 {
		t.Errorf("Status of another error: got %d, want 0", got)
	}
}

func TestLost(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"no answer":             {&Error{Attempts: 1, Err: io.EOF}, true},
		"error of the service":  {&Error{Attempts: 1, Status: 502}, true},
		"unreadable success":    {&Error{Attempts: 1, Status: 201, Err: io.EOF}, true},
		"after a retry":         {fmt.Errorf("inviting: %w", &Error{Attempts: 2, Status: 500}), true},
		"refusal":               {&Error{Attempts: 1, Status: 409}, false},
		"rate limit":            {&Error{Attempts: 3, Status: 429}, false},
		"never sent":            {&Error{Err: &pausedError{time.Minute}}, false},
		"an error of elsewhere": {io.EOF, false},
		"none":                  {nil, false},
	} {
		if got := Lost(test.err); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

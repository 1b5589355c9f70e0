// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Error is the failure of one call: a refusal by the service, an answer that
// cannot be understood, or no answer at all.
type Error struct {
	Method string
	// URL is the address without its query.
	URL string
	// Status is the HTTP status of the last answer, 0 when there was none. It is
	// 429 also where nothing was sent because of an earlier 429.
	Status int
	// Code is the service's own word for the reason, "" when it gave none.
	Code string
	// Message is what the service said, or the start of a body in another form.
	Message string
	// RetryAfter is how long the service asked to wait when that was longer
	// than the time that was left. Zero otherwise.
	RetryAfter time.Duration
	// Attempts counts the requests that were sent.
	Attempts int
	// Unsent says of a change that nothing of it can have been carried out: no
	// attempt was sent, or those that were sent were answered with a 429.
	Unsent bool
	// Err is the cause when it was not a refusal: transport, time limit, decoding.
	Err error
}

// Error names the request, the status and what the service said.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", e.Method, e.URL)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": %d %s", e.Status, http.StatusText(e.Status))
	}
	if e.Code != "" {
		fmt.Fprintf(&b, " (%s)", e.Code)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %s", rootCause(e.Err))
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, "; the service asks to wait %s, which is longer than the time that was left", e.RetryAfter.Round(time.Second))
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (after %d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// GaveUpError is the cause of an Error when RetryTimeout ended an attempt.
type GaveUpError struct{ After time.Duration }

// Error says which limit it was.
func (e *GaveUpError) Error() string {
	return fmt.Sprintf("gave up after %s, the limit for one call with all its repetitions", e.After)
}

// Status returns the HTTP status of a failed call, 0 when there was no answer
// or the error is of another kind.
func Status(err error) int {
	if failure, ok := errors.AsType[*Error](err); ok {
		return failure.Status
	}
	return 0
}

// bodyStart is how much of a foreign body an error text quotes, in bytes: the
// title of an HTML page, not the page.
const bodyStart = 200

// shorten makes one readable line of the start of a body in an unknown form.
func shorten(body []byte) string {
	cut := len(body) > 4*bodyStart
	if cut {
		body = body[:4*bodyStart]
	}
	text := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(string(body), "�"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if len(text) > bodyStart {
		text, cut = strings.ToValidUTF8(text[:bodyStart], ""), true
	}
	if cut {
		text += " …"
	}
	return text
}

// Lost tells of a change that was sent and whose outcome is not known: no
// answer, a fault of the service, or an answer that cannot be understood.
func Lost(err error) bool {
	failure, ok := errors.AsType[*Error](err)
	return ok && failure.Attempts > 0 && !failure.Unsent && (failure.Status == 0 || failure.Status >= 500 || failure.Status < 300)
}

// Unsent tells of a change of which nothing can have been carried out, as it
// was not sent. A refusal is not Unsent: it is an answer.
func Unsent(err error) bool {
	failure, ok := errors.AsType[*Error](err)
	return ok && failure.Unsent
}

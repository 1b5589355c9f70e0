// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// Error is the failure of one call: a refusal by the service, a reply that
// cannot be used, or no reply at all.
type Error struct {
	Method string
	// URL is the address without its query.
	URL string
	// Status is the HTTP status of the last reply, 0 when there was none. It is
	// 429 also where nothing was sent because of an earlier 429.
	Status int
	// Code is the service's own word for the reason, "" when it gave none. Like
	// Message it is one printable line, shortened.
	Code string
	// Message is what the service said, or the start of a body in another form.
	Message string
	// RetryAfter is how long the service asked to wait when that was longer
	// than the time that was left. Zero otherwise.
	RetryAfter time.Duration
	// Attempts counts the attempts, those that found no connection included.
	Attempts int
	// Took is how long several attempts took, pauses included.
	Took time.Duration
	// Unsent says that nothing can have been carried out: no attempt was sent, or
	// the reply to each that was sent was a 429.
	Unsent bool
	// Err is the cause when it was not a refusal: transport, time limit, a reply
	// that cannot be used. It is ErrFailed for a refusal with a status of success.
	Err error
}

// Error says what failed, then what the service said, then which request it
// was.
func (e *Error) Error() string {
	var parts []string
	if e.Status != 0 {
		status := strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
		if e.Code != "" {
			status += " (" + e.Code + ")"
		}
		parts = append(parts, status)
	}
	if e.Err != nil {
		parts = append(parts, printable.Line(rootCause(e.Err).Error(), maxMessageShown))
	}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	said := strings.Join(parts, ": ")
	if e.RetryAfter > 0 {
		said += fmt.Sprintf("; the service asks to wait %s, which is longer than the time that was left", e.RetryAfter.Round(time.Second))
	}
	request := e.Method + " " + e.URL
	if e.Attempts > 1 {
		request += fmt.Sprintf(", %d attempts", e.Attempts)
		if took := e.Took.Round(time.Second); took > 0 {
			request += fmt.Sprintf(" in %s", took)
		}
	}
	return said + " (" + request + ")"
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// GaveUpError is the cause of an Error when RetryTimeout ended a call.
type GaveUpError struct{ After time.Duration }

// Error says which limit it was.
func (e *GaveUpError) Error() string {
	return fmt.Sprintf("gave up after %s, the limit for one call with all its retries", e.After)
}

// Redirected reports whether a call ended in a redirect that was not followed.
func Redirected(err error) bool {
	_, ok := errors.AsType[*redirectError](err)
	return ok
}

// Status returns the HTTP status of a failed call, 0 when there was no reply or
// the error is of another kind.
func Status(err error) int {
	if failure, ok := errors.AsType[*Error](err); ok {
		return failure.Status
	}
	return 0
}

// What an error text shows of a reply, in bytes: the title of an HTML page, not
// the page, and all of a message that was written for people.
const (
	maxBodyShown    = 200
	maxCodeShown    = 100
	maxMessageShown = 1000
)

// Lost reports whether a change was sent and its outcome is not known: no
// reply, an error of the service, or a reply that cannot be used.
func Lost(err error) bool {
	failure, ok := errors.AsType[*Error](err)
	return ok && failure.Attempts > 0 && !failure.Unsent && (failure.Status == 0 || failure.Status >= 500 || failure.Status < 300)
}

// Unsent reports whether nothing of a change can have been carried out because
// it was not sent. A refusal is not Unsent: the service has replied.
func Unsent(err error) bool {
	failure, ok := errors.AsType[*Error](err)
	return ok && failure.Unsent
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pauses are how long after a lost answer the service is asked again.
// hurriedPause is for after Ctrl-C.
type pauses struct{ settlePause, hurriedPause time.Duration }

// newPauses returns the pauses before a second look at what became of a lost
// change. A gateway that gave up leaves the service working for some seconds;
// after Ctrl-C a CLI is left waiting no longer than it takes to write the state.
func newPauses() pauses { return pauses{5 * time.Second, time.Second} }

// pause waits before a second look, less long after Ctrl-C. It returns false
// when the time for settling is over.
func (p pauses) pause(ctx context.Context, interrupted <-chan struct{}) bool {
	hurried := time.NewTimer(p.hurriedPause)
	defer hurried.Stop()
	full := time.NewTimer(p.settlePause)
	defer full.Stop()
	select {
	case <-full.C:
		return true
	case <-ctx.Done():
		return false
	case <-interrupted:
	}
	select {
	case <-hurried.C:
		return true
	case <-full.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// serviceClock is a client that knows the clock of its service.
type serviceClock interface {
	ServiceTime(local time.Time) (time.Time, bool)
}

// createdSince reports whether something was created at a moment of this
// machine's clock or later. The service's clock is known to be no earlier than
// ServiceTime, and later by less than a second, as the Date of a reply has
// whole seconds: a user that another run invited within that second counts as
// new, one who was there before that never does. Where the clock or the time of
// creation is not known, the user counts as old: to adopt them is then asked
// for, and no user is deleted by mistake.
func createdSince(clock serviceClock, creation *string, moment time.Time) bool {
	created, err := time.Parse(time.RFC3339, orEmpty(creation))
	earliest, known := clock.ServiceTime(moment)
	if created.Nanosecond() == 0 {
		// So has the time of creation, perhaps.
		earliest = earliest.Truncate(time.Second)
	}
	return err == nil && known && !created.Before(earliest)
}

// notCarriedOut reports whether nothing of a change can have been carried out:
// it was not sent, or a rate limit turned it away.
func notCarriedOut(err error) bool {
	return rest.Unsent(err) || rest.Status(err) == http.StatusTooManyRequests
}

func isClosed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// LostError is a change of which it is not known whether it was carried out.
type LostError struct {
	// Err is why the answer is missing.
	Err error
	// Lookup is why it could not be found out otherwise, nil where the service
	// does not show the change.
	Lookup error
}

func (e *LostError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *LostError) Unwrap() error { return e.Err }

// orEmpty reads a value that the service does not give as "".
func orEmpty[S ~string](text *S) S {
	if text == nil {
		return ""
	}
	return *text
}

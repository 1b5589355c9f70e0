// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"time"
)

// Change is one request that changes something in a service.
type Change struct {
	Method, Path string
	// Body is sent as JSON, nil for none.
	Body any
	// Target is what the change is about, for the record of it.
	Target Target
	// Settle finds out what is true once the request has ended, well or not: it
	// gets the outcome as the reply alone shows it, with Send's value decoded, and
	// returns the outcome to record, with the error for Send to return. Its context
	// outlives the end of the operation, and ends after SettleTimeout. It may be
	// nil.
	Settle func(ctx context.Context, outcome Outcome) Outcome
}

// SettleTimeout is how long Settle may take.
const SettleTimeout = time.Minute

// Target is what a change is about.
type Target struct {
	Activity Activity
	// ID is "" where the service has yet to give one.
	ID string
	// Email is the address as it is sent, "" where it is not known.
	Email string
	// Role is the role after the change and RoleBefore the one before it: nil
	// where the change does not concern it, "" for none.
	Role, RoleBefore *string
	// Fields are the names of the attributes that the change sets or clears.
	Fields []string
}

// Activity is what becomes of a user's access.
type Activity string

// The activities.
const (
	ActivityInvite     Activity = "invite"
	ActivityAdopt      Activity = "adopt"
	ActivityUpdate     Activity = "update"
	ActivityChangeRole Activity = "change role"
	ActivityDelete     Activity = "delete"
)

// Outcome is what became of a change.
type Outcome struct {
	Result Result
	// ID is the id of what the change created, "" otherwise.
	ID string
	// Status is the HTTP status of the reply to the last attempt, 0 when there was
	// none. Send sets it, whatever Settle returns.
	Status int
	// Detail is what a record says beside the result. "" means the text of Err.
	Detail string
	// Err is what Send returns.
	Err error
}

// Result is how a change ended.
type Result int

// How a change can end. ResultUnknown is for a change that may have been
// carried out.
const (
	ResultUnknown Result = iota
	ResultSuccess
	ResultFailure
)

// outcomeOf is the outcome as the reply alone shows it.
func outcomeOf(err error) Outcome {
	switch {
	case err == nil:
		return Outcome{Result: ResultSuccess}
	case Lost(err):
		return Outcome{Result: ResultUnknown, Err: err}
	case Unsent(err):
		return Outcome{Result: ResultFailure, Detail: "nothing was carried out: " + err.Error(), Err: err}
	default:
		return Outcome{Result: ResultFailure, Err: err}
	}
}

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
	Kind     TargetKind
	// ID is "" where the service has yet to give one.
	ID string
	// Email is the address as it is sent, "" where it is not known.
	Email string
	// Name is the name of a group, "" for a user or where it is not known.
	Name string
	// Group is the team or group in which a user gets or loses a membership, nil
	// for every other change.
	Group *Group
	// Added and Removed are the ids of members that a change of a group adds and
	// removes.
	Added, Removed []string
	// Role is the role after the change and RoleBefore the one before it: nil
	// where the change does not concern it, "" for none. With a Group, it is the
	// role in that group.
	Role, RoleBefore *string
	// Fields are the names of the attributes that the change sets or clears.
	Fields []string
}

// TargetKind is what a change is made to.
type TargetKind string

// The kinds of targets.
const (
	UserTarget  TargetKind = ""
	GroupTarget TargetKind = "group"
)

// Group is a team or group as a record names it.
type Group struct {
	ID string
	// Name is "" where it is not known.
	Name string
	// Type is what the service calls it, such as "Team".
	Type string
}

// Activity is what becomes of a user's access, or of a group.
type Activity string

// The activities.
const (
	// ActivityInvite and ActivityCreate bring a user into the account, or make a
	// group.
	ActivityInvite Activity = "invite"
	ActivityCreate Activity = "create"
	// ActivityAdopt is a change of what was there before, and is managed from
	// now on.
	ActivityAdopt      Activity = "adopt"
	ActivityUpdate     Activity = "update"
	ActivityChangeRole Activity = "change role"
	ActivityEnable     Activity = "enable"
	ActivityDisable    Activity = "disable"
	ActivityDelete     Activity = "delete"
	// ActivityAddMember and ActivityRemoveMember are about one user and the Group
	// of the Target.
	ActivityAddMember    Activity = "add member"
	ActivityRemoveMember Activity = "remove member"
)

// Outcome is what became of a change.
type Outcome struct {
	Result Result
	// ID is the id of what the change created, "" otherwise.
	ID string
	// Status is the HTTP status of the reply to the last attempt, 0 when there was
	// none. Send sets it, whatever Settle returns.
	Status int
	// Activity is what the change turned out to be, "" for that of its Target:
	// what was to be created was there, and is adopted.
	Activity Activity
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

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

// ResultOf is how an operation on a user ended.
type ResultOf[U any] struct {
	Case Case
	// User is the user as the service shows them, the zero value where it does
	// not.
	User U
	// Differences are what was sent and came back otherwise.
	Differences []Difference
}

// failed names the case of a change that was not sent.
func failed[U any](result ResultOf[U], err error) ResultOf[U] {
	if notCarriedOut(err) {
		result.Case = Unsent
	}
	return result
}

// Case is what an operation came to.
type Case int

const (
	// Refused is a change that the service, or a guard, did not allow.
	Refused Case = iota
	// Unsent is a change of which nothing can have been carried out: it never
	// reached the service, or a rate limit turned it away.
	Unsent
	// Uncertain is a change that may have been carried out, or may yet be.
	Uncertain
	// Invited is a user who is in the account since this invite.
	Invited
	// AlreadyThere is a user who was in the account before the invite.
	AlreadyThere
	// Adopted is a user who was in the account, and is as wanted now.
	Adopted
	// Taken is a user that this run has invited or adopted for another resource.
	Taken
	// Gone is a user who is not in the account any more.
	Gone
	// Changed is a user after a change.
	Changed
	// Removed is a user who was deleted.
	Removed
	// Kept is a user who was not deleted, as this run invited or adopted them.
	Kept
	// Added is a user who is a member of a team or group since this run.
	Added
	// Reactivated is a user who was in the account and deactivated, and is as
	// wanted now.
	Reactivated
	// NotKept is a change that the service answered with success, and of which it
	// shows nothing.
	NotKept
)

// Created is Invited where no invitation is sent.
const Created = Invited

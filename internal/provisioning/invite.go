// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Invitation is what Invite sends.
type Invitation struct {
	fivetran.Invitation

	// Adopts says that a user who is in the account already will be adopted: the
	// record of the request then says so, instead of a failed invite.
	Adopts bool
}

// Invite invites a user. The result is Invited, AlreadyThere, Refused, Unsent or
// Uncertain, the last three with an error.
//
// One POST is sent. After a connection that failed before a reply began, one
// more is: it is how a connection fails that the service closed while it was
// idle, and it is sent only once a listing that began after the failure does
// not show the address. Should both have arrived, Fivetran refuses the second,
// as an address is in an account once.
func (f *Fivetran) Invite(ctx context.Context, invitation Invitation) (Result, error) {
	unlock, err := f.locks.lock(ctx, casefold.Fold(invitation.Email))
	if err != nil {
		return Result{Case: Unsent}, err
	}
	defer unlock()
	i := &pendingInvite{users: f, address: invitation.Email, adopts: invitation.Adopts, interrupted: ctx.Done()}
	if listed, began, ok := f.directory.before(); ok {
		user, there := listed.find(invitation.Email)
		i.absent, i.absentAt = !there || f.Deleted(user.ID), began
	}
	i.began = time.Now()
	for {
		_, err := f.client.InviteUser(ctx, invitation.Invitation, i.settle)
		if notCarriedOut(err) && !i.repeated {
			return Result{Case: Unsent}, err
		}
		if i.repeat {
			i.repeat, i.repeated = false, true
			continue
		}
		if i.result.Case == Invited {
			f.take(i.result.User.ID)
		}
		return i.result, err
	}
}

// pendingInvite is one invite under way.
type pendingInvite struct {
	users   *Fivetran
	address string
	adopts  bool
	// absent says that a listing did not show the address, and absentAt when that
	// listing began.
	absent          bool
	absentAt, began time.Time
	interrupted     <-chan struct{}
	// repeat says that another POST may be sent, repeated that it was.
	repeat, repeated bool
	result           Result
}

// settle finds out what became of a POST. It is called once the POST has ended.
func (i *pendingInvite) settle(ctx context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
	status := rest.Status(outcome.Err)
	switch {
	case notCarriedOut(outcome.Err) && !i.repeated:
	case outcome.Err == nil && user.Email != nil && casefold.Same(*user.Email, i.address):
		outcome = i.judge(user, i.new(user) || i.knownElsewhere(user), outcome)
	case outcome.Err == nil:
		outcome.Err = fmt.Errorf("the reply is about the user %q with the address %q, not about %q", user.ID, orEmpty(user.Email), i.address)
		outcome = i.search(ctx, outcome)
	case rest.Lost(outcome.Err), notCarriedOut(outcome.Err):
		outcome = i.search(ctx, outcome)
	case status == http.StatusBadRequest, status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		outcome = i.refused(ctx, outcome)
	}
	return i.result.User, outcome
}

// new reports whether a user was created since the POST began.
func (i *pendingInvite) new(user fivetran.User) bool { return i.users.createdSince(user, i.began) }

// knownElsewhere reports whether a user that the reply to the POST shows is in
// the account since then, although created long ago: as the user of another
// account, which Fivetran shows with the names and the time from there. A
// listing before did not show the address.
func (i *pendingInvite) knownElsewhere(user fivetran.User) bool {
	return i.absent && !i.users.createdSince(user, i.absentAt)
}

// judge ends with a user who has the address: invited by this POST, or there
// before, as is one that this run invited for another resource.
func (i *pendingInvite) judge(user fivetran.User, invited bool, outcome rest.Outcome) rest.Outcome {
	if !invited || i.users.Mine(user.ID) {
		return i.there(user, outcome)
	}
	i.result = Result{Case: Invited, User: user}
	outcome.Result, outcome.ID, outcome.Detail, outcome.Err = rest.ResultSuccess, user.ID, "", nil
	return outcome
}

// search looks for the address after a POST whose outcome is not known: at
// once, and again after a pause, as the service may still be working on it.
func (i *pendingInvite) search(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	i.result = Result{Case: Uncertain}
	outcome.Result, outcome.ID = rest.ResultUnknown, ""
	for again := false; ; again = true {
		listed, err := i.users.directory.since(ctx, time.Now())
		if err == nil {
			if user, ok := listed.find(i.address); ok {
				return i.judge(user, i.new(user), outcome)
			}
			if !again && !i.repeated && rest.Dropped(outcome.Err) && !ended(i.interrupted) {
				i.repeat = true
				return outcome
			}
		}
		if again || !i.users.pause(ctx, i.interrupted) {
			outcome.Err = &LostError{Err: outcome.Err, Lookup: err}
			return outcome
		}
	}
}

// refused looks for the address after a refusal, which may mean that the
// address is in the account. As nothing was changed, any listing that shows it
// will do.
func (i *pendingInvite) refused(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	if !i.repeated {
		i.result = Result{Case: Refused}
		user, ok, err := i.users.Find(ctx, i.address)
		if err == nil && ok {
			return i.there(user, outcome)
		}
	}
	listed, err := i.users.directory.since(ctx, time.Now())
	if err != nil {
		return outcome
	}
	user, ok := listed.find(i.address)
	switch {
	case !ok:
		return outcome
	case i.repeated:
		return i.judge(user, i.new(user), outcome)
	default:
		return i.there(user, outcome)
	}
}

// there is a user who was in the account before.
func (i *pendingInvite) there(user fivetran.User, outcome rest.Outcome) rest.Outcome {
	i.result = Result{Case: AlreadyThere, User: user}
	outcome.Result, outcome.ID, outcome.Detail, outcome.Err = rest.ResultFailure, user.ID, "The user was in the account before.", nil
	if i.adopts && !i.users.Mine(user.ID) {
		outcome.Result, outcome.Activity = rest.ResultSuccess, rest.ActivityAdopt
	}
	return outcome
}

// createdSince reports whether a user was created at a moment of this
// machine's clock or later. The service's clock is known to be no earlier than
// ServiceTime, and later by less than a second, as the Date of a reply has
// whole seconds: a user that another run invited within that second counts as
// new, one who was there before that never does. Where the clock or the time of
// creation is not known, the user counts as old: to adopt them is then asked
// for, and no user is deleted by mistake.
func (f *Fivetran) createdSince(user fivetran.User, moment time.Time) bool {
	created, err := time.Parse(time.RFC3339, orEmpty(user.CreatedAt))
	earliest, known := f.client.ServiceTime(moment)
	if created.Nanosecond() == 0 {
		// So has the time of creation, perhaps.
		earliest = earliest.Truncate(time.Second)
	}
	return err == nil && known && !created.Before(earliest)
}

// pause waits before a second look, less long after Ctrl-C. It returns false
// when the time for settling is over.
func (f *Fivetran) pause(ctx context.Context, interrupted <-chan struct{}) bool {
	hurried := time.NewTimer(f.hurriedPause)
	defer hurried.Stop()
	full := time.NewTimer(f.settlePause)
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

// notCarriedOut reports whether nothing of a change can have been carried out:
// it was not sent, or a rate limit turned it away.
func notCarriedOut(err error) bool {
	return rest.Unsent(err) || rest.Status(err) == http.StatusTooManyRequests
}

func ended(done <-chan struct{}) bool {
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

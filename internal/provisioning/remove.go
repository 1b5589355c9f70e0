// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Remove deletes a user. The result is Removed, Gone where the user was not in
// the account any more, Kept where this run invited or adopted the user, or
// Refused, Unsent or Uncertain with an error.
func (f *Fivetran) Remove(ctx context.Context, id string) (Result, error) {
	unlock, err := f.locks.lock(ctx, id)
	if err != nil {
		return Result{Case: Unsent}, err
	}
	defer unlock()
	if f.Mine(id) {
		return Result{Case: Kept}, nil
	}
	user, release, err := f.guard(ctx, id)
	switch {
	case fivetran.NotFound(err):
		f.removed(id)
		return Result{Case: Gone}, nil
	case err != nil:
		return Result{Case: Refused}, err
	}
	defer release()
	r := &pendingRemoval{users: f, id: id, interrupted: ctx.Done(), result: Result{Case: Removed, User: user}}
	if err := f.client.DeleteUser(ctx, user, r.settle); err != nil {
		return failed(r.result, err), err
	}
	f.removed(id)
	return r.result, nil
}

// pendingRemoval is one deletion under way.
type pendingRemoval struct {
	users       *Fivetran
	id          string
	interrupted <-chan struct{}
	result      Result
}

// settle reads the user where the answer to a deletion is lost.
func (r *pendingRemoval) settle(ctx context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
	switch {
	case fivetran.NotFound(outcome.Err):
		r.result.Case = Gone
		outcome.Err = nil
	case rest.Lost(outcome.Err):
		outcome = r.look(ctx, outcome)
	case outcome.Err != nil:
		r.result.Case = Refused
	}
	return user, outcome
}

func (r *pendingRemoval) look(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	for again := false; ; again = true {
		_, err := r.users.client.User(ctx, r.id)
		if fivetran.NotFound(err) {
			outcome.Result, outcome.Err = rest.ResultSuccess, nil
			return outcome
		}
		if again || !r.users.pause(ctx, r.interrupted) {
			r.result.Case = Uncertain
			outcome.Err = &LostError{Err: outcome.Err, Lookup: err}
			return outcome
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pendingRemoval is one deletion under way.
type pendingRemoval[T any] struct {
	pauses

	// gone reads whether the deletion shows. answered says that the service says so
	// too. The error is why it is not known.
	gone func(ctx context.Context, answered bool) (bool, error)
	// missing reports whether a refusal says that there is nothing to delete.
	missing func(error) bool
	// verify says that neither success nor such a refusal is a proof.
	verify bool

	interrupted <-chan struct{}
	result      ResultOf[T]
}

func beginRemoval[T any](ctx context.Context, p pauses, before T, gone func(ctx context.Context, answered bool) (bool, error)) *pendingRemoval[T] {
	return &pendingRemoval[T]{pauses: p, gone: gone, interrupted: ctx.Done(), result: ResultOf[T]{Case: Removed, User: before}}
}

// settle finds out whether what was to be deleted is gone, where the reply does
// not prove it.
func (r *pendingRemoval[T]) settle(ctx context.Context, user T, outcome rest.Outcome) (T, rest.Outcome) {
	missing := r.missing(outcome.Err)
	switch {
	case missing && !r.verify:
		r.result.Case = Gone
		outcome.Err = nil
	case rest.Lost(outcome.Err), r.verify && (missing || outcome.Err == nil):
		outcome = r.look(ctx, missing, outcome)
	case outcome.Err != nil:
		r.result.Case = Refused
	}
	return user, outcome
}

// isStatusNotFound is for services whose 404 needs a proof.
func isStatusNotFound(err error) bool { return rest.Status(err) == http.StatusNotFound }

// errNotDeleted is a deletion that has no effect.
var errNotDeleted = errors.New("the service answered with success, and did not delete it")

// look reads whether it is gone: at once, and again after a pause, as the service
// may still be working on it.
func (r *pendingRemoval[T]) look(ctx context.Context, missing bool, outcome rest.Outcome) rest.Outcome {
	for again := false; ; again = true {
		gone, err := r.gone(ctx, missing || outcome.Err == nil)
		if gone {
			if missing {
				r.result.Case = Gone
			}
			outcome.Result, outcome.Err = rest.ResultSuccess, nil
			return outcome
		}
		if missing && err == nil {
			// It is there, so that the refusal has another reason.
			r.result.Case, outcome.Result, outcome.Detail = Refused, rest.ResultFailure, ""
			return outcome
		}
		if again || !r.pause(ctx, r.interrupted) {
			return r.remains(outcome, err)
		}
	}
}

// remains is a deletion that does not show.
func (r *pendingRemoval[T]) remains(outcome rest.Outcome, unread error) rest.Outcome {
	switch {
	case outcome.Err != nil:
		r.result.Case = Uncertain
		outcome.Result, outcome.Err = rest.ResultUnknown, &LostError{Err: outcome.Err, Lookup: unread}
	case unread == nil:
		r.result.Case = NotKept
		outcome.Result, outcome.Err = rest.ResultFailure, errNotDeleted
	}
	// A success that cannot be verified is believed.
	return outcome
}

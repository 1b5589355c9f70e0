// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// collection is what users, or groups, are created in. A key is what there is
// one of each: an address, or a name.
type collection[T any] interface {
	serviceClock
	// Mine reports whether this run created or adopted something.
	Mine(id string) bool
	// since looks a key up in a listing that began at a moment or later. For the
	// zero time, it is any listing, and what this run deleted is not found.
	since(ctx context.Context, key string, moment time.Time) (T, bool, error)
	// known is what the latest listing says of a key, and when it began: false
	// before there is a listing.
	known(key string) (absent bool, began time.Time, ok bool)
	describe(T) description
	pause(ctx context.Context, interrupted <-chan struct{}) bool
}

// description is what a service shows of something created: key and created are
// nil where it does not.
type description struct {
	id           string
	key, created *string
}

// pendingCreation is one POST under way.
type pendingCreation[T any] struct {
	in collection[T]
	// noun and keyNoun are for messages: a "user" has an "address".
	noun, keyNoun string
	key           string
	// absent says that a listing did not show the key, and absentAt when that
	// listing began.
	absent          bool
	absentAt, began time.Time
	interrupted     <-chan struct{}
	// adopts says that what is there already will be adopted.
	adopts bool
	// once says that no second POST may be sent.
	once bool
	// verify reads what the service shows as created. It may be nil.
	verify func(created T) *pendingChange[T]
	// repeat says that another POST may be sent, repeated that it was.
	repeat, repeated bool
	// succeeded says that the service answered with success, if not for whom.
	succeeded bool
	result    ResultOf[T]
}

func beginCreation[T any](ctx context.Context, in collection[T], key string) *pendingCreation[T] {
	c := &pendingCreation[T]{in: in, noun: "user", keyNoun: "address", key: key, interrupted: ctx.Done()}
	if absent, began, ok := in.known(key); ok {
		c.absent, c.absentAt = absent, began
	}
	c.began = time.Now()
	return c
}

// settle finds out what became of a POST. It is called once the POST has ended.
func (c *pendingCreation[T]) settle(ctx context.Context, reply T, outcome rest.Outcome) (T, rest.Outcome) {
	status, shown := rest.Status(outcome.Err), c.in.describe(reply)
	switch {
	case notCarriedOut(outcome.Err) && !c.repeated:
	case outcome.Err == nil && shown.id != "" && shown.key != nil && casefold.Same(*shown.key, c.key):
		outcome = c.judge(reply, c.new(reply) || c.knownElsewhere(reply), outcome)
	case outcome.Err == nil:
		c.succeeded = shown.id == "" || shown.key == nil
		outcome.Err = c.unusable(shown)
		outcome = c.search(ctx, outcome)
	case rest.Lost(outcome.Err), notCarriedOut(outcome.Err):
		outcome = c.search(ctx, outcome)
	case status == http.StatusBadRequest, status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		outcome = c.refused(ctx, outcome)
	}
	if c.result.Case == Created && c.verify != nil {
		outcome = c.confirm(ctx, outcome)
	}
	return c.result.User, outcome
}

// unusable says what is wrong with the reply of a success.
func (c *pendingCreation[T]) unusable(shown description) error {
	if c.succeeded {
		return fmt.Errorf("the service answered with success, and does not say about which %s", c.noun)
	}
	return fmt.Errorf("the reply is about the %s %q with the %s %q, not about %q", c.noun, shown.id, c.keyNoun, orEmpty(shown.key), c.key)
}

// confirm reads what the service shows as created: some say 201 and keep nothing.
func (c *pendingCreation[T]) confirm(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	check := c.verify(c.result.User)
	_, outcome = check.confirm(ctx, c.result.User, outcome)
	c.result.User, c.result.Differences = check.result.User, check.result.Differences
	if check.result.Case == NotKept {
		c.result = ResultOf[T]{Case: NotKept}
		outcome.ID = ""
	}
	return outcome
}

// new reports whether something was created since the POST began.
func (c *pendingCreation[T]) new(shown T) bool {
	return createdSince(c.in, c.in.describe(shown).created, c.began)
}

// knownElsewhere reports whether what a success shows is in the account since
// then, although created long ago: as the user of another account, which
// Fivetran shows with the names and the time from there. A listing before did
// not show the key.
func (c *pendingCreation[T]) knownElsewhere(shown T) bool {
	return c.absent && !createdSince(c.in, c.in.describe(shown).created, c.absentAt)
}

// judge ends with what has the key: created by this POST, or there before, as is
// what this run created for another resource.
func (c *pendingCreation[T]) judge(shown T, created bool, outcome rest.Outcome) rest.Outcome {
	id := c.in.describe(shown).id
	if !created || c.in.Mine(id) {
		return c.there(shown, outcome)
	}
	c.result = ResultOf[T]{Case: Created, User: shown}
	outcome.Result, outcome.ID, outcome.Detail, outcome.Err = rest.ResultSuccess, id, "", nil
	return outcome
}

// search looks for the key after a POST whose outcome is not known: at once, and
// again after a pause, as the service may still be working on it.
func (c *pendingCreation[T]) search(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	c.result = ResultOf[T]{Case: Uncertain}
	outcome.Result, outcome.ID = rest.ResultUnknown, ""
	for again := false; ; again = true {
		listed, ok, err := c.in.since(ctx, c.key, time.Now())
		if ok {
			return c.judge(listed, c.new(listed) || c.succeeded && c.knownElsewhere(listed), outcome)
		}
		if err == nil && !again && !c.once && !c.repeated && rest.Dropped(outcome.Err) && !isClosed(c.interrupted) {
			c.repeat = true
			return outcome
		}
		if again || !c.in.pause(ctx, c.interrupted) {
			if c.succeeded && c.verify != nil && err == nil {
				c.result.Case, outcome.Result, outcome.Err = NotKept, rest.ResultFailure, errNotKept
				return outcome
			}
			outcome.Err = &LostError{Err: outcome.Err, Lookup: err}
			return outcome
		}
	}
}

// refused looks for the key after a refusal, which may mean that it is in the
// account. As nothing was changed, any listing that shows it will do.
func (c *pendingCreation[T]) refused(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	if !c.repeated {
		c.result = ResultOf[T]{Case: Refused}
		if listed, ok, err := c.in.since(ctx, c.key, time.Time{}); err == nil && ok {
			return c.there(listed, outcome)
		}
	}
	listed, ok, err := c.in.since(ctx, c.key, time.Now())
	switch {
	case err != nil || !ok:
		return outcome
	case c.repeated:
		return c.judge(listed, c.new(listed), outcome)
	default:
		return c.there(listed, outcome)
	}
}

// there is what was in the account before.
func (c *pendingCreation[T]) there(shown T, outcome rest.Outcome) rest.Outcome {
	c.result = ResultOf[T]{Case: AlreadyThere, User: shown}
	outcome.Result, outcome.ID, outcome.Err = rest.ResultFailure, c.in.describe(shown).id, nil
	outcome.Detail = fmt.Sprintf("The %s was in the account before.", c.noun)
	if c.adopts && !c.in.Mine(outcome.ID) {
		outcome.Result, outcome.Activity = rest.ResultSuccess, rest.ActivityAdopt
	}
	return outcome
}

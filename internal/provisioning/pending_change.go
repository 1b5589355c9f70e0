// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pendingChange is one change of a user or group under way.
type pendingChange[T any] struct {
	pauses

	// noun is for messages, such as "user".
	noun   string
	before T
	// unread is what is true where the service says that the change is done, and
	// shows nothing.
	unread T
	// fields is how many the change sets or clears.
	fields  int
	id      func(T) string
	read    func(context.Context) (T, error)
	compare func(ctx context.Context, after T) []Difference
	// verify says that a reply is no proof: some services answer with what they
	// were sent, and keep nothing of it.
	verify bool
	// missing reports whether an error of read says that there is no such user.
	missing func(error) bool

	interrupted <-chan struct{}
	result      ResultOf[T]
}

func beginChange[T any](ctx context.Context, change pendingChange[T]) *pendingChange[T] {
	change.interrupted = ctx.Done()
	change.result = ResultOf[T]{Case: Changed, User: change.before}
	return &change
}

// settle compares what the service answers with what was sent. Where the
// answer is lost, is about another user or has no user, the user is read.
func (s *pendingChange[T]) settle(ctx context.Context, reply T, outcome rest.Outcome) (T, rest.Outcome) {
	switch {
	case rest.Lost(outcome.Err):
		return s.look(ctx, outcome)
	case outcome.Err != nil:
		s.result.Case = Refused
		return reply, outcome
	case s.id(reply) != "" && s.id(reply) != s.id(s.before):
		outcome.Err = fmt.Errorf("the reply is about the %s %q, not about %q", s.noun, s.id(reply), s.id(s.before))
		return s.look(ctx, outcome)
	case s.verify:
		return s.confirm(ctx, reply, outcome)
	case s.id(reply) == "":
		read, err := s.read(ctx)
		if err != nil {
			read = s.unread
		}
		return s.end(ctx, read, outcome)
	default:
		return s.end(ctx, reply, outcome)
	}
}

// look reads the user after a change whose outcome is not known: at once, and
// again after a pause, as the service may still be working on it.
func (s *pendingChange[T]) look(ctx context.Context, outcome rest.Outcome) (T, rest.Outcome) {
	for again := false; ; again = true {
		read, err := s.read(ctx)
		if err == nil && !s.lacks(ctx, read) {
			outcome.Err = nil
			return s.end(ctx, read, outcome)
		}
		if again || !s.pause(ctx, s.interrupted) {
			s.result.Case = Uncertain
			outcome.Result, outcome.Err = rest.ResultUnknown, &LostError{Err: outcome.Err, Lookup: err}
			return s.before, outcome
		}
	}
}

// confirm reads the user after a success. It reads again after a pause where the
// change does not show, unless the reply does not show it either: what is read may
// be older. What cannot be read is as the reply says.
func (s *pendingChange[T]) confirm(ctx context.Context, reply T, outcome rest.Outcome) (T, rest.Outcome) {
	shown, ignored := reply, s.id(reply) != "" && s.lacks(ctx, reply)
	if s.id(reply) == "" {
		shown = s.unread
	}
	for again := false; ; again = true {
		read, err := s.read(ctx)
		if err == nil {
			shown = read
		}
		if !s.missing(err) && (err != nil || ignored || !s.lacks(ctx, read)) || again || !s.pause(ctx, s.interrupted) {
			if s.missing(err) {
				s.result.Case = NotKept
				outcome.Result, outcome.Err = rest.ResultFailure, errNotKept
				return s.before, outcome
			}
			return s.end(ctx, shown, outcome)
		}
	}
}

// errNotKept is a creation or change that has no effect.
var errNotKept = errors.New("the service answered with success, and does not show what it was sent")

func (s *pendingChange[T]) lacks(ctx context.Context, shown T) bool {
	return len(contradicting(s.compare(ctx, shown))) > 0
}

// end is the end of a change that the service has made, as far as it shows.
func (s *pendingChange[T]) end(ctx context.Context, after T, outcome rest.Outcome) (T, rest.Outcome) {
	s.result.User, s.result.Differences = after, s.compare(ctx, after)
	outcome.Result = rest.ResultSuccess
	if kept := contradicting(s.result.Differences); len(kept) > 0 {
		outcome.Detail = "The service answered with success and did not change: " + strings.Join(kept, ", ") + "."
		if len(kept) == s.fields {
			outcome.Result = rest.ResultFailure
		}
	}
	return after, outcome
}

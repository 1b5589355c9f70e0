// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Change is a change of a user who is in the account.
type Change struct {
	fivetran.Change

	// ClearRole takes the account role away.
	ClearRole bool
}

// Empty reports whether there is nothing to change.
func (c Change) Empty() bool { return c == Change{} }

// changesRole reports whether the change is guarded: without their role, a user
// may be unable to run Terraform, or to administer the account.
func (c Change) changesRole() bool { return c.Role != nil || c.ClearRole }

// count returns how many fields the change sets or clears.
func (c Change) count() int {
	n := len(c.Fields())
	if c.ClearRole {
		n++
	}
	return n
}

// Update changes a user. The result is Changed, with what came back otherwise
// than it was sent, or Refused, Unsent or Uncertain with an error.
func (f *Fivetran) Update(ctx context.Context, user fivetran.User, change Change) (Result, error) {
	unlock, err := f.locks.lock(ctx, user.ID)
	if err != nil {
		return Result{Case: Unsent}, err
	}
	defer unlock()
	return f.update(ctx, user, change, f.client.UpdateUser)
}

// Adopt takes a user who is in the account, and brings them to what is wanted.
// The result is Adopted, or Gone where the user is not in the account any more
// or has another address, or Taken, Refused, Unsent or Uncertain.
func (f *Fivetran) Adopt(ctx context.Context, id, address string, wanted Details) (Result, error) {
	unlock, err := f.locks.lock(ctx, id)
	if err != nil {
		return Result{Case: Unsent}, err
	}
	defer unlock()
	if f.Mine(id) {
		return Result{Case: Taken, User: fivetran.User{ID: id}}, nil
	}
	user, err := f.client.User(ctx, id)
	switch {
	case fivetran.NotFound(err), err == nil && !casefold.Same(orEmpty(user.Email), address):
		return Result{Case: Gone}, nil
	case err != nil:
		return Result{Case: Unsent}, err
	}
	result := Result{User: user}
	if change := f.Missing(ctx, user, wanted); !change.Empty() {
		if result, err = f.update(ctx, user, change, f.client.AdoptUser); err != nil {
			return result, err
		}
	}
	f.take(id)
	result.Case = Adopted
	return result, nil
}

type sendChange func(context.Context, fivetran.User, fivetran.Change, fivetran.Settle) (fivetran.User, error)

// update sends a change, guarded where it concerns the role.
func (f *Fivetran) update(ctx context.Context, user fivetran.User, change Change, send sendChange) (Result, error) {
	if change.changesRole() {
		now, release, err := f.guard(ctx, user.ID)
		if err != nil {
			return Result{Case: Refused, User: user}, err
		}
		defer release()
		user = now
	}
	details := f.sending(ctx, user, Change{Change: change.Change})
	if change.Change != (fivetran.Change{}) {
		if _, err := send(ctx, user, change.Change, details.settle); err != nil {
			return failed(details.result, err), err
		}
	}
	if !change.ClearRole || user.Role == nil {
		return details.result, nil
	}
	role := f.sending(ctx, details.result.User, Change{ClearRole: true})
	if err := f.client.ClearRole(ctx, details.result.User, role.settle); err != nil {
		return failed(role.result, err), err
	}
	role.result.Differences = append(details.result.Differences, role.result.Differences...)
	return role.result, nil
}

// failed names the case of a change that was not sent.
func failed(result Result, err error) Result {
	if notCarriedOut(err) {
		result.Case = Unsent
	}
	return result
}

// pendingChange is one change under way.
type pendingChange struct {
	users       *Fivetran
	before      fivetran.User
	change      Change
	interrupted <-chan struct{}
	result      Result
}

func (f *Fivetran) sending(ctx context.Context, before fivetran.User, change Change) *pendingChange {
	return &pendingChange{users: f, before: before, change: change, interrupted: ctx.Done(), result: Result{Case: Changed, User: before}}
}

// settle compares what the service answers with what was sent. Where the
// answer is lost, is about another user or has no user, the user is read.
func (s *pendingChange) settle(ctx context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
	switch {
	case rest.Lost(outcome.Err):
		return s.look(ctx, outcome)
	case outcome.Err != nil:
		s.result.Case = Refused
		return user, outcome
	case user.ID == "":
		read, err := s.users.client.User(ctx, s.before.ID)
		if err != nil {
			// The service said that it is done.
			read = s.before
			read.Role = nil
		}
		return s.compare(ctx, read, outcome)
	case user.ID != s.before.ID:
		outcome.Err = fmt.Errorf("the reply is about the user %q, not about %q", user.ID, s.before.ID)
		return s.look(ctx, outcome)
	default:
		return s.compare(ctx, user, outcome)
	}
}

// look reads the user after a change whose outcome is not known: at once, and
// again after a pause, as the service may still be working on it.
func (s *pendingChange) look(ctx context.Context, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
	for again := false; ; again = true {
		read, err := s.users.client.User(ctx, s.before.ID)
		if err == nil && len(contradicting(s.users.compare(ctx, s.change, s.before, read))) == 0 {
			outcome.Err = nil
			return s.compare(ctx, read, outcome)
		}
		if again || !s.users.pause(ctx, s.interrupted) {
			s.result.Case = Uncertain
			outcome.Result, outcome.Err = rest.ResultUnknown, &LostError{Err: outcome.Err, Lookup: err}
			return s.before, outcome
		}
	}
}

// compare is the end of a change that the service has made, as far as it shows.
func (s *pendingChange) compare(ctx context.Context, after fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
	s.result.User, s.result.Differences = after, s.users.compare(ctx, s.change, s.before, after)
	outcome.Result = rest.ResultSuccess
	if kept := contradicting(s.result.Differences); len(kept) > 0 {
		outcome.Detail = "The service answered with success and did not change: " + strings.Join(kept, ", ") + "."
		if len(kept) == s.change.count() {
			outcome.Result = rest.ResultFailure
		}
	}
	return after, outcome
}

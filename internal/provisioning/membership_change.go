// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pendingMembership is one change of a membership under way.
type pendingMembership struct {
	memberships *Memberships
	key         fivetran.MembershipKey
	// done is the case of a change that the service has made.
	done Case
	// role is the role that the user is to have, nil for no membership.
	role        *string
	interrupted <-chan struct{}
	// repeat says that the change may be sent once more, repeated that it was.
	repeat, repeated bool
	result           MembershipResult
}

func (m *Memberships) pending(ctx context.Context, before fivetran.Membership, done Case, role *string) *pendingMembership {
	return &pendingMembership{
		memberships: m, key: before.MembershipKey, done: done, role: role, interrupted: ctx.Done(),
		result: MembershipResult{Case: Refused, Membership: before},
	}
}

// run sends the change. After a connection that failed before a reply began, it
// is sent once more if the service does not show it: a second one changes nothing
// that the first one did not.
func (p *pendingMembership) run(send func() error) error {
	for {
		err := send()
		if p.repeat {
			p.repeat, p.repeated = false, true
			continue
		}
		if notCarriedOut(err) && !p.repeated {
			p.result.Case = Unsent
		}
		return err
	}
}

// settle finds out what became of a change.
func (p *pendingMembership) settle(ctx context.Context, reply fivetran.Membership, outcome rest.Outcome) (fivetran.Membership, rest.Outcome) {
	status := rest.Status(outcome.Err)
	switch {
	case rest.Lost(outcome.Err), notCarriedOut(outcome.Err) && p.repeated:
		outcome = p.look(ctx, outcome)
	case p.done == Removed && fivetran.NotFound(outcome.Err):
		p.result.Case, outcome.Err = Gone, nil
	case p.done == Added && (status == http.StatusBadRequest || status == http.StatusConflict || status == http.StatusUnprocessableEntity):
		outcome = p.conflict(ctx, outcome)
	case outcome.Err != nil:
	case p.role == nil:
		p.result.Case = p.done
	case reply.MembershipKey == p.key:
		outcome = p.compare(ctx, reply, outcome)
	case reply.MembershipKey == fivetran.MembershipKey{}:
		outcome = p.read(ctx, outcome)
	default:
		outcome.Err = fmt.Errorf("the reply is about %s, not about %s", MembershipID(reply.MembershipKey), MembershipID(p.key))
		outcome = p.look(ctx, outcome)
	}
	return p.result.Membership, outcome
}

// read looks at the membership after a success that does not show it.
func (p *pendingMembership) read(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	after, err := p.memberships.client.Membership(ctx, p.key)
	if err != nil {
		// The service said that it is done.
		after = p.result.Membership
		after.Role = p.role
	}
	return p.compare(ctx, after, outcome)
}

// conflict looks for the membership after a refusal that may mean that there is
// one.
func (p *pendingMembership) conflict(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	after, err := p.memberships.client.Membership(ctx, p.key)
	if err != nil {
		return outcome
	}
	return p.there(ctx, after, outcome)
}

// there is a user who is a member, and was one before, unless by an earlier
// attempt of this change.
func (p *pendingMembership) there(ctx context.Context, after fivetran.Membership, outcome rest.Outcome) rest.Outcome {
	if p.repeated && p.has(ctx, after) {
		return p.compare(ctx, after, outcome)
	}
	p.result = MembershipResult{Case: Adopted, Membership: after}
	outcome.Result, outcome.Activity, outcome.Detail, outcome.Err = rest.ResultSuccess, rest.ActivityAdopt, "The user was a member before.", nil
	return outcome
}

// has reports whether the user has the wanted role.
func (p *pendingMembership) has(ctx context.Context, membership fivetran.Membership) bool {
	return p.role != nil && p.memberships.users.SameRole(ctx, *p.role, orEmpty(membership.Role))
}

// look reads the membership after a change whose outcome is not known: at once,
// and again after a pause, as the service may still be working on it.
func (p *pendingMembership) look(ctx context.Context, outcome rest.Outcome) rest.Outcome {
	for again := false; ; again = true {
		after, err := p.memberships.client.Membership(ctx, p.key)
		switch {
		case p.role == nil && fivetran.NotFound(err):
			p.result.Case = p.done
			outcome.Result, outcome.Err = rest.ResultSuccess, nil
			return outcome
		case err == nil && p.has(ctx, after):
			return p.compare(ctx, after, outcome)
		case err == nil && p.done == Added:
			return p.there(ctx, after, outcome)
		case !again && !p.repeated && rest.Dropped(outcome.Err) && (err == nil || fivetran.NotFound(err)) && !isClosed(p.interrupted):
			p.repeat = true
			return outcome
		case again || !p.memberships.users.pause(ctx, p.interrupted):
			p.result.Case = Uncertain
			if fivetran.NotFound(err) {
				err = nil
			}
			outcome.Result, outcome.Err = rest.ResultUnknown, &LostError{Err: outcome.Err, Lookup: err}
			return outcome
		}
	}
}

// compare is the end of a change that the service has made, as far as it shows.
func (p *pendingMembership) compare(ctx context.Context, after fivetran.Membership, outcome rest.Outcome) rest.Outcome {
	p.result = MembershipResult{Case: p.done, Membership: after}
	outcome.Result, outcome.Err = rest.ResultSuccess, nil
	if !p.has(ctx, after) {
		outcome.Detail = fmt.Sprintf("The service answered with success, and shows the role %q.", orEmpty(after.Role))
		if p.done == Changed {
			outcome.Result = rest.ResultFailure
		}
	}
	return outcome
}

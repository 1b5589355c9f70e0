// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// invite sends one invite. When it is refused, or its answer is lost, the
// address is looked up to find out what is true. existing says that the person
// was in the account before, so that nobody was invited.
func (c fivetranChanges) invite(ctx context.Context, plan inviteModel) (user fivetran.User, existing bool, found *diagnosis) {
	defer c.warnUnwritten()
	invitation := plan.invitation()
	user, err := c.client.InviteUser(ctx, invitation, func(ctx context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
		if outcome.Err == nil {
			existing = joined(user)
			return user, outcome
		}
		sent := outcome
		user, existing, found = c.settle(ctx, invitation.Email, outcome.Err)
		switch {
		case existing:
			outcome = rest.Outcome{Result: rest.ResultFailure, ID: user.ID, Detail: "in the account already"}
		case found == nil:
			outcome = rest.Outcome{Result: rest.ResultSuccess, ID: user.ID}
		case !found.later:
			outcome.Result = rest.ResultFailure
		}
		outcome.Err = nil
		if found != nil {
			outcome.Err = sent.Err
		}
		return user, outcome
	})
	if err != nil && found == nil {
		if found = unrecorded(err); found == nil {
			found = c.nobody("", err)
		}
	}
	if found == nil && !existing {
		c.all.invited.Add(1)
	}
	return user, existing, found
}

// settle finds out what became of an invite that was refused or whose answer
// was lost. A problem that is still open is one of later.
func (c fivetranChanges) settle(ctx context.Context, email string, err error) (user fivetran.User, existing bool, _ *diagnosis) {
	lost := rest.Lost(err)
	if status := rest.Status(err); !lost && status != http.StatusBadRequest && status != http.StatusConflict {
		return user, false, c.nobody("", err)
	}
	there, lookup := c.client.UserByEmailSince(ctx, email, time.Now())
	switch {
	case lookup != nil && !fivetran.NotFound(lookup) && lost:
		return user, false, &diagnosis{later: true, summary: "Fivetran Invite Outcome Unknown", detail: fmt.Sprintf("The invite for %s was sent, but its answer was lost, and looking the address up failed too. "+
			"Run again: if the person was invited, the next run says so, and how to import them.\n\n%s\n\n%s", email, err, fivetranService.explain(c.client, lookup))}
	case lookup != nil && lost:
		return user, false, c.nobody(": the answer was lost, and "+email+" is not in the account. It is safe to run again", err)
	case lookup != nil:
		return user, false, c.nobody("", err)
	default:
		return there, !lost || joined(there), nil
	}
}

// nobody is the problem that nobody was invited, and why.
func (c fivetranChanges) nobody(why string, err error) *diagnosis {
	detail := "Nobody was invited" + why + ". " + fivetranService.explain(c.client, err)
	if rest.Status(err) == http.StatusTooManyRequests {
		detail += fmt.Sprintf(" This run invited %d people before.", c.all.invited.Load())
	}
	return &diagnosis{summary: "Unable to Invite Fivetran User", detail: detail}
}

// joined tells of somebody who is in the account for longer than an invite
// just sent.
func joined(user fivetran.User) bool {
	return user.LoggedInAt != nil && user.Invited != nil && !*user.Invited
}

// alreadyThere is the error for an address that needs no invite.
func alreadyThere(user fivetran.User) *diagnosis {
	role := "no role"
	if user.Role != nil {
		role = fmt.Sprintf("the role %q", *user.Role)
	}
	return &diagnosis{summary: "Person Is Already in Fivetran", detail: fmt.Sprintf("%s is in the Fivetran account already: id %s, status %s, %s. Nobody was invited and nothing was changed. "+
		"To manage this person from here on, set `adopt_existing = true`, or import them, with the name of this resource in place of NAME:\n\n"+
		"  terraform import 'datastack_fivetran_user_invite.NAME' %s\n\n"+
		"or with a block in the configuration:\n\n"+
		"  import {\n    to = datastack_fivetran_user_invite.NAME\n    id = %q\n  }",
		orEmpty(user.Email), user.ID, orEmpty(user.Status()), role, user.ID, user.ID)}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// settlingTime is how long finding out about a lost answer may take, also
// after Ctrl-C: the person may have been invited by then.
const settlingTime = 30 * time.Second

// settlingContext outlives the end of an operation, so that what it did can be
// found out.
func settlingContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settlingTime)
}

// invite sends one invite. When it is refused, or its answer is lost, the
// address is looked up to find out what is true. existing says that the person
// was in the account before, so that nobody was invited.
func (c fivetranChanges) invite(ctx context.Context, plan inviteModel) (user fivetran.User, existing bool, found *diagnosis) {
	record := plan.record(audit.Create, http.MethodPost, c.client.UserURL(""))
	defer func() {
		if found == nil && !existing {
			c.all.invited.Add(1)
		}
	}()
	unrecorded := c.recorded(ctx, record, func() (ended audit.Outcome) {
		invited, err := c.client.InviteUser(ctx, plan.invitation())
		if err == nil {
			user, existing = invited, joined(invited)
			return outcome(user.ID, nil)
		}
		user, existing, found = c.settle(ctx, plan.invitation().Email, err)
		switch {
		case existing:
			return audit.Outcome{Status: audit.Failure, ID: user.ID, HTTPStatus: rest.Status(err), Detail: "in the account already"}
		case found == nil:
			return outcome(user.ID, nil)
		case found.later:
			return outcome("", err)
		default:
			return audit.Outcome{Status: audit.Failure, HTTPStatus: rest.Status(err), Detail: err.Error()}
		}
	})
	if unrecorded != nil {
		found = unrecorded
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
	settling, cancel := settlingContext(ctx)
	defer cancel()
	there, lookup := c.client.UserByEmail(settling, email)
	switch {
	case lookup != nil && !fivetran.NotFound(lookup) && lost:
		return user, false, &diagnosis{later: true, summary: "Fivetran Invite Is Uncertain", detail: fmt.Sprintf("The invite for %s was sent, but its answer was lost, and looking the address up failed too. "+
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

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

// settlingTime is how long finding out about a lost answer may take, also
// after Ctrl-C: the person may have been invited by then.
const settlingTime = 30 * time.Second

// settlingContext outlives the end of an operation, so that what it did can be
// found out.
func settlingContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settlingTime)
}

// invite sends one invite. When it is refused, or its answer is lost, the
// address is looked up to find out what is true.
func invite(ctx context.Context, client *fivetran.Client, invitation fivetran.Invitation) (fivetran.User, *problem) {
	user, err := client.InviteUser(ctx, invitation)
	if err == nil {
		if joined(user) {
			return fivetran.User{}, alreadyThere(user)
		}
		return user, nil
	}
	lost := rest.Lost(err)
	status := rest.Status(err)
	if !lost && status != http.StatusBadRequest && status != http.StatusConflict {
		return fivetran.User{}, &problem{summary: "Unable to Invite Fivetran User", detail: "Nobody was invited. " + fiveTran.explain(client, err)}
	}

	settling, cancel := settlingContext(ctx)
	defer cancel()
	there, lookup := client.UserByEmail(settling, invitation.Email)
	switch {
	case lookup != nil && lost:
		return fivetran.User{}, &problem{summary: "Fivetran Invite Is Uncertain", detail: fmt.Sprintf("The invite for %s was sent, but its answer was lost, and looking the address up failed too. "+
			"Run again: if the person was invited, the next run says so, and how to import them.\n\n%s\n\n%s", invitation.Email, err, fiveTran.explain(client, lookup))}
	case there == nil && lost:
		return fivetran.User{}, &problem{summary: "Unable to Invite Fivetran User", detail: fmt.Sprintf("Nobody was invited: the answer was lost, and %s is not in the account. It is safe to run again.\n\n%s",
			invitation.Email, fiveTran.explain(client, err))}
	case there == nil:
		return fivetran.User{}, &problem{summary: "Unable to Invite Fivetran User", detail: "Nobody was invited. " + fiveTran.explain(client, err)}
	case lost && !joined(*there):
		return *there, nil
	default:
		return fivetran.User{}, alreadyThere(*there)
	}
}

// joined tells of somebody who is in the account for longer than an invite
// just sent.
func joined(user fivetran.User) bool {
	return user.LoggedInAt != nil && user.Invited != nil && !*user.Invited
}

// alreadyThere is the error for an address that needs no invite.
func alreadyThere(user fivetran.User) *problem {
	role := "no role"
	if user.Role != nil {
		role = fmt.Sprintf("the role %q", *user.Role)
	}
	return &problem{summary: "Person Is Already in Fivetran", detail: fmt.Sprintf("%s is in the Fivetran account already: id %s, status %s, %s. Nobody was invited and nothing was changed. "+
		"To manage this person from here on, import them, with the name of this resource in place of NAME:\n\n"+
		"  terraform import 'datastack_fivetran_user_invite.NAME' %s\n\n"+
		"or with a block in the configuration:\n\n"+
		"  import {\n    to = datastack_fivetran_user_invite.NAME\n    id = %q\n  }",
		deref(user.Email), user.ID, deref(user.Status()), role, user.ID, user.ID)}
}

// inviteMissing says where an address was not found on import.
func inviteMissing(ctx context.Context, client *fivetran.Client, email string) string {
	users, err := client.Users(ctx)
	if err != nil {
		return ""
	}
	emails := make([]string, len(users))
	for i, user := range users {
		emails[i] = deref(user.Email)
	}
	return fmt.Sprintf("Nobody in the account has the address %q. %s", email, searched(client.Base(), email, emails))
}

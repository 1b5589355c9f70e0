// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
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
	c := beginCreation(ctx, f, invitation.Email)
	c.adopts = invitation.Adopts
	for {
		_, err := f.client.InviteUser(ctx, invitation.Invitation, c.settle)
		if notCarriedOut(err) && !c.repeated {
			return Result{Case: Unsent}, err
		}
		if c.repeat {
			c.repeat, c.repeated = false, true
			continue
		}
		if c.result.Case == Invited {
			f.take(c.result.User.ID)
		}
		return c.result, err
	}
}

// The methods of collection.

func (f *Fivetran) since(ctx context.Context, address string, moment time.Time) (fivetran.User, bool, error) {
	listed, err := f.directory.since(ctx, moment)
	if err != nil {
		return fivetran.User{}, false, err
	}
	user, ok := listed.find(address)
	if !ok || moment.IsZero() && f.Deleted(user.ID) {
		return fivetran.User{}, false, nil
	}
	return user, true, nil
}

func (f *Fivetran) known(address string) (absent bool, began time.Time, ok bool) {
	listed, began, ok := f.directory.before()
	if !ok {
		return false, began, false
	}
	user, there := listed.find(address)
	return !there || f.Deleted(user.ID), began, true
}

func (*Fivetran) describe(user fivetran.User) description {
	return description{user.ID, user.Email, user.CreatedAt}
}

// ServiceTime is the client's.
func (f *Fivetran) ServiceTime(local time.Time) (time.Time, bool) { return f.client.ServiceTime(local) }

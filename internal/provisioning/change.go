// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
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

// sending is a change of a user that begins now.
func (f *Fivetran) sending(ctx context.Context, before fivetran.User, change Change) *pendingChange[fivetran.User] {
	unread := before
	unread.Role = nil // It was cleared, where the service said that it is done.
	return beginChange(ctx, pendingChange[fivetran.User]{
		pauses: f.pauses, noun: "user", before: before, unread: unread, fields: change.count(),
		id:   func(user fivetran.User) string { return user.ID },
		read: func(ctx context.Context) (fivetran.User, error) { return f.client.User(ctx, before.ID) },
		compare: func(ctx context.Context, after fivetran.User) []Difference {
			return f.compare(ctx, change, before, after)
		},
	})
}

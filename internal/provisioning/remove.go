// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// Remove deletes a user. The result is Removed, Gone where the user was not in
// the account any more, Kept where this run invited or adopted the user, or
// Refused, Unsent or Uncertain with an error.
func (f *Fivetran) Remove(ctx context.Context, id string) (Result, error) {
	unlock, err := f.locks.lock(ctx, id)
	if err != nil {
		return Result{Case: Unsent}, err
	}
	defer unlock()
	if f.Mine(id) {
		return Result{Case: Kept}, nil
	}
	user, release, err := f.guard(ctx, id)
	switch {
	case fivetran.NotFound(err):
		f.removed(id)
		return Result{Case: Gone}, nil
	case err != nil:
		return Result{Case: Refused}, err
	}
	defer release()
	r := beginRemoval(ctx, f.pauses, user, func(ctx context.Context, _ bool) (bool, error) {
		_, err := f.client.User(ctx, id)
		return fivetran.NotFound(err), err
	})
	r.missing = fivetran.NotFound
	if err := f.client.DeleteUser(ctx, user, r.settle); err != nil {
		return failed(r.result, err), err
	}
	f.removed(id)
	return r.result, nil
}

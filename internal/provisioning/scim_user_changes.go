// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// Create creates a user with one POST, after a lookup, and reads them back. The
// result is Created, or without a POST:
//
//   - AlreadyThere where an active user has the address;
//   - Reactivated where a deactivated one has it, who is now as wanted: a second
//     user with the address would be another account of one person;
//   - Taken where that one is of another resource of this run.
//
// With an error it is Refused, Unsent, Uncertain or NotKept.
func (s *SCIMUsers) Create(ctx context.Context, wanted SCIMDetails) (SCIMUserResult, error) {
	unlock, err := s.locks.lock(ctx, casefold.Fold(wanted.Email))
	if err != nil {
		return SCIMUserResult{Case: Unsent}, err
	}
	defer unlock()
	user, there, err := s.there(ctx, wanted.Email)
	switch {
	case err != nil:
		return SCIMUserResult{Case: Unsent}, err
	case there && Inactive(user):
		return s.adopt(ctx, user, wanted, Reactivated)
	case there:
		return SCIMUserResult{Case: AlreadyThere, User: user}, nil
	}
	c := beginCreation(ctx, s, wanted.Email)
	c.once = true
	c.verify = func(created scim.User) *pendingChange[scim.User] {
		return s.sending(ctx, scim.User{ID: created.ID}, wanted.Missing(scim.User{}))
	}
	_, err = s.client.CreateUser(ctx, wanted.over(scim.User{}), c.settle)
	if c.result.Case == Created {
		s.take(c.result.User.ID)
	}
	return failed(c.result, err), err
}

// there returns the user who has an address now. A listing may be older than what
// this run did.
func (s *SCIMUsers) there(ctx context.Context, address string) (scim.User, bool, error) {
	user, ok, err := s.Find(ctx, address)
	if err != nil || !ok {
		return user, false, err
	}
	user, err = s.now(ctx, user.ID)
	if scim.NotFound(err) {
		return user, false, nil
	}
	return user, err == nil, err
}

// Adopt takes a user who is in the account, deactivated or not, and brings them
// to what is wanted. The result is Adopted, or Gone where the user is not in the
// account any more or has another address, or Taken, or with an error Refused,
// Unsent or Uncertain.
func (s *SCIMUsers) Adopt(ctx context.Context, id string, wanted SCIMDetails) (SCIMUserResult, error) {
	user, err := s.now(ctx, id)
	switch {
	case scim.NotFound(err), err == nil && !casefold.Same(orEmpty(user.UserName), wanted.Email):
		return SCIMUserResult{Case: Gone}, nil
	case err != nil:
		return SCIMUserResult{Case: Unsent}, err
	}
	return s.adopt(ctx, user, wanted, Adopted)
}

// adopt ends in a case, unless it fails.
func (s *SCIMUsers) adopt(ctx context.Context, user scim.User, wanted SCIMDetails, adopted Case) (SCIMUserResult, error) {
	unlock, err := s.locks.lock(ctx, user.ID)
	if err != nil {
		return SCIMUserResult{Case: Unsent}, err
	}
	defer unlock()
	if s.Mine(user.ID) {
		return SCIMUserResult{Case: Taken, User: user}, nil
	}
	result, err := s.bring(ctx, user, wanted, rest.ActivityAdopt)
	if err != nil {
		return result, err
	}
	s.take(user.ID)
	result.Case = adopted
	return result, nil
}

// Update brings a user to what is wanted, and sends nothing where the user is so
// already. The result is Changed, with what came back otherwise than it was sent,
// or Gone where there is no such user any more, or with an error Refused,
// Unsent, Uncertain or NotKept.
func (s *SCIMUsers) Update(ctx context.Context, id string, wanted SCIMDetails) (SCIMUserResult, error) {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return SCIMUserResult{Case: Unsent}, err
	}
	defer unlock()
	user, err := s.now(ctx, id)
	switch {
	case scim.NotFound(err):
		return SCIMUserResult{Case: Gone}, nil
	case err != nil:
		return SCIMUserResult{Case: Unsent}, err
	}
	return s.bring(ctx, user, wanted, activityOf(wanted.Missing(user)))
}

// bring sends what is missing, in one request.
func (s *SCIMUsers) bring(ctx context.Context, user scim.User, wanted SCIMDetails, activity rest.Activity) (SCIMUserResult, error) {
	changes := wanted.Missing(user)
	if len(changes) == 0 {
		return SCIMUserResult{Case: Changed, User: user}, nil
	}
	pending := s.sending(ctx, user, changes)
	var err error
	if needsPUT(changes) {
		_, err = s.client.ReplaceUser(ctx, user, wanted.over(user), activity, pending.settle)
	} else {
		_, err = s.client.UpdateUser(ctx, user, patchOf(changes), activity, pending.settle)
	}
	return failed(pending.result, err), err
}

// sending is a change of a user that begins now.
func (s *SCIMUsers) sending(ctx context.Context, before scim.User, changes []FieldChange) *pendingChange[scim.User] {
	return beginChange(ctx, pendingChange[scim.User]{
		pauses: s.pauses, noun: "user", before: before, unread: before, fields: len(changes), verify: true, missing: scim.NotFound,
		id:   userID,
		read: func(ctx context.Context) (scim.User, error) { return s.client.User(ctx, before.ID) },
		compare: func(_ context.Context, after scim.User) []Difference {
			return differing(changes, func(field string) string { return scimUserValue(after, field) })
		},
	})
}

// Remove deletes a user, which removes the user's license. The service may go on
// to list the user, deactivated. The result is Removed, Gone where the user was
// not in the account any more, Kept where this run created or adopted the user,
// or with an error Refused, Unsent, Uncertain or NotKept.
func (s *SCIMUsers) Remove(ctx context.Context, id string) (SCIMUserResult, error) {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return SCIMUserResult{Case: Unsent}, err
	}
	defer unlock()
	if s.Mine(id) {
		return SCIMUserResult{Case: Kept}, nil
	}
	user, err := s.now(ctx, id)
	switch {
	case scim.NotFound(err):
		s.removed(id)
		return SCIMUserResult{Case: Gone}, nil
	case err != nil:
		return SCIMUserResult{Case: Unsent}, err
	}
	r := beginRemoval(ctx, s.pauses, user, func(ctx context.Context, answered bool) (bool, error) {
		after, err := s.client.User(ctx, id)
		// Who was deactivated before does not show whether a lost deletion took
		// place.
		return scim.NotFound(err) || err == nil && Inactive(after) && (answered || !Inactive(user)), err
	})
	r.verify, r.missing = true, isStatusNotFound
	if err := s.client.DeleteUser(ctx, user, r.settle); err != nil {
		return failed(r.result, err), err
	}
	s.removed(id)
	return r.result, nil
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ProtectedError is why a user must not be deleted or get another role.
type ProtectedError struct {
	Reason ProtectionReason
	User   fivetran.User
	// Err is what kept the guard from finding out, for Unjudged.
	Err error
}

// ProtectionReason is the reason of a ProtectedError.
type ProtectionReason int

const (
	// OwnsKey is the user whose API key is in use: the key ends with the user.
	OwnsKey ProtectionReason = iota + 1
	// LastAdministrator is the only active Account Administrator.
	LastAdministrator
	// Unjudged is a user that the guard could not judge.
	Unjudged
)

func (e *ProtectedError) Error() string {
	switch e.Reason {
	case OwnsKey:
		return fmt.Sprintf("the API key in use belongs to the user %s", e.User.ID)
	case LastAdministrator:
		return fmt.Sprintf("the user %s is the last active Account Administrator", e.User.ID)
	default:
		return fmt.Sprintf("whether the user %s is protected could not be found out: %s", e.User.ID, e.Err)
	}
}

// Unwrap returns the cause.
func (e *ProtectedError) Unwrap() error { return e.Err }

// Protected returns why a user must not be deleted or get another role, judged
// while planning, by what all who plan share. A user who is not in the account
// is not protected.
func (f *Fivetran) Protected(ctx context.Context, id string) error {
	user, err := f.client.SharedUser(ctx, id)
	switch {
	case fivetran.NotFound(err):
		return nil
	case err != nil:
		return &ProtectedError{Unjudged, fivetran.User{ID: id}, err}
	}
	return f.protected(ctx, user, time.Time{})
}

// guard reads the user as the service shows them now, and judges them. While a
// user administers the account, release ends the time in which no other
// administrator may be taken away: two of them must not each go because of the
// other. An error may be NotFound.
func (f *Fivetran) guard(ctx context.Context, id string) (user fivetran.User, release func(), err error) {
	user, err = f.client.User(ctx, id)
	switch {
	case fivetran.NotFound(err):
		return user, nil, err
	case err != nil:
		return user, nil, &ProtectedError{Unjudged, fivetran.User{ID: id}, err}
	}
	release = func() {}
	if fivetran.Administers(orEmpty(user.Role)) {
		select {
		case f.administrators <- struct{}{}:
			release = func() { <-f.administrators }
		case <-ctx.Done():
			return user, nil, ctx.Err()
		}
	}
	if err := f.protected(ctx, user, time.Now()); err != nil {
		release()
		return user, nil, err
	}
	return user, release, nil
}

// protected judges a user by a listing that began at a moment or later.
func (f *Fivetran) protected(ctx context.Context, user fivetran.User, moment time.Time) error {
	account, err := f.client.Account(ctx)
	switch {
	case rest.Status(err) == http.StatusForbidden:
		// A user may read their own account: this is a system key without
		// ACCOUNT:READ, which no user owns.
	case err != nil:
		return &ProtectedError{Unjudged, user, err}
	case account.UserID != nil && *account.UserID == user.ID:
		return &ProtectedError{Reason: OwnsKey, User: user}
	}
	if !administrates(user) {
		return nil
	}
	listed, err := f.directory.since(ctx, moment)
	if err != nil {
		return &ProtectedError{Unjudged, user, err}
	}
	for _, other := range listed.all {
		if other.ID != user.ID && administrates(other) {
			return nil
		}
	}
	return &ProtectedError{Reason: LastAdministrator, User: user}
}

// administrates reports whether a user can administer the account now.
func administrates(user fivetran.User) bool {
	return fivetran.Administers(orEmpty(user.Role)) && orEmpty(user.Status()) == rest.UserActive
}

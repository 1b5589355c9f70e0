// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// SCIMUsers is the users of one dbt Cloud account, as its SCIM service manages
// them. There is one for each process of the provider, and it is safe for
// concurrent use.
type SCIMUsers struct {
	*Run
	pauses
	lookup[scim.User]

	client    *dbtcloud.SCIM
	refreshed rest.Lookups // by User

	mu       sync.Mutex
	licenses map[string]int // that the plan adds, by type
}

// NewSCIMUsers returns the users of the client's account. It sends nothing.
func NewSCIMUsers(client *dbtcloud.SCIM) *SCIMUsers {
	run := NewRun()
	s := &SCIMUsers{
		Run: run, pauses: newPauses(), client: client, licenses: map[string]int{},
		lookup: lookup[scim.User]{run: run, filter: client.UsersNamed, id: userID},
	}
	s.directory.read = func(ctx context.Context, fresh bool) (namedList[scim.User], error) {
		if fresh {
			client.Forget()
		}
		listed, err := client.Reader().UsersWithoutGroups(ctx)
		return indexByName(listed, func(user scim.User) *string { return user.UserName }), err
	}
	return s
}

// SCIMUserResult is how an operation on a user of SCIM ended.
type SCIMUserResult = ResultOf[scim.User]

func userID(user scim.User) string { return user.ID }

// Inactive reports whether a user is deactivated, as are those who were deleted
// and whom the service lists all the same. Where the service does not say, the
// user is not.
func Inactive(user scim.User) bool { return user.Active != nil && !*user.Active }

// User reads a user for a refresh, from listings that all share after a few single
// readings. Groups is what users and groups say. The error is scim.NotFound only
// if the list of users can be read too, and does not have the user as active: the
// service also answers 404 where the token may not look.
func (s *SCIMUsers) User(ctx context.Context, id string) (scim.User, error) {
	reader := s.client.Reader()
	if s.refreshed.Beyond() > 0 {
		if all, err := reader.Users(ctx); err == nil {
			if i := slices.IndexFunc(all, func(user scim.User) bool { return user.ID == id }); i >= 0 {
				return all[i], nil
			}
		}
	}
	user, err := reader.User(ctx, id)
	if scim.NotFound(err) {
		err = s.proven(ctx, id, err)
	}
	return user, err
}

// now reads a user past all lists, as the service shows them now.
func (s *SCIMUsers) now(ctx context.Context, id string) (scim.User, error) {
	user, err := s.client.User(ctx, id)
	if scim.NotFound(err) {
		err = s.proven(ctx, id, err)
	}
	return user, err
}

// proven returns an error that is NotFound, or why it is no proof.
func (s *SCIMUsers) proven(ctx context.Context, id string, missing error) error {
	listed, err := s.client.Reader().UsersWithoutGroups(ctx)
	listsActive := slices.ContainsFunc(listed, func(user scim.User) bool { return user.ID == id && !Inactive(user) })
	return proof("user", id, missing, listsActive, err)
}

// PlanLicense notes that the plan gives a license of a type to a user who has
// none, and returns how many there are by now.
func (s *SCIMUsers) PlanLicense(licenseType string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.licenses[licenseType]++
	return s.licenses[licenseType]
}

// The other methods of collection.

func (*SCIMUsers) describe(user scim.User) description {
	return description{user.ID, user.UserName, user.CreatedAt}
}

// ServiceTime is the client's.
func (s *SCIMUsers) ServiceTime(local time.Time) (time.Time, bool) {
	return s.client.ServiceTime(local)
}

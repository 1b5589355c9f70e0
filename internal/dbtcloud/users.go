// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"
)

// User is a person as seen from the configured account. A pointer is nil where
// the service said null or nothing.
type User struct {
	ID int64
	// Email is spelt as the service spells it: compare it without case.
	Email     *string
	FirstName *string
	LastName  *string
	// IsActive belongs to the person, whatever the account.
	IsActive      *bool
	EmailVerified *bool
	SSOOnlyUser   *bool
	// LicenseType is that of this account: "developer", "read_only", "it",
	// "analyst" or one that is newer than this list. It is nil when the person
	// has no licence here.
	LicenseType *string
	// Status is "active", "inactive" or nil when the service does not tell.
	// Inactive are a person who is switched off, one whose licence in this
	// account was removed, and one who has none.
	Status *string
	// CreatedAt and LastLogin are times as the service sent them. LastLogin is
	// nil for those who never logged in.
	CreatedAt *string
	LastLogin *string
	// Groups are those of this account, sorted by id.
	Groups []GroupRef
}

// GroupRef names a group.
type GroupRef struct {
	ID   int64
	Name string
}

// Users returns everyone whom the account lists, sorted by id. People who have
// not accepted their invite are not among them. The slice is shared by all
// callers and must not be changed. The error is a *rest.Error, or a
// *rest.IncompleteError when rows were missing.
func (c *Client) Users(ctx context.Context) ([]User, error) {
	return c.users.Get(ctx, func(ctx context.Context) ([]User, error) {
		rows, err := list[wireUser](ctx, c, "dbt Cloud users", c.path("v3", "users"), url.Values{"order_by": {"id"}})
		if err != nil {
			return nil, err
		}
		users := make([]User, len(rows))
		for i, row := range rows {
			if users[i], err = row.user(c.accountID); err != nil {
				return nil, err
			}
		}
		slices.SortFunc(users, func(a, b User) int { return cmp.Compare(a.ID, b.ID) })
		return users, nil
	})
}

// Members returns the users by the id of each group that they are in, sorted
// by id. The service has no endpoint for it: it is made from Users, with the
// same errors. A group without members is not in the map.
func (c *Client) Members(ctx context.Context) (map[int64][]User, error) {
	return c.members.Get(ctx, func(ctx context.Context) (map[int64][]User, error) {
		users, err := c.Users(ctx)
		if err != nil {
			return nil, err
		}
		members := map[int64][]User{}
		for _, user := range users {
			for _, group := range user.Groups {
				members[group.ID] = append(members[group.ID], user)
			}
		}
		return members, nil
	})
}

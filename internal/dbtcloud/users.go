// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// User is a user as seen from the configured account. A pointer is nil where the
// service returns null, "" or nothing.
type User struct {
	rest.Gapped
	ID int64
	// Email is spelled as the service spells it: compare it without case.
	Email     *string
	FirstName *string
	LastName  *string
	// IsActive belongs to the user, not to the account.
	IsActive      *bool
	EmailVerified *bool
	SSOOnlyUser   *bool
	// LicenseType is that of this account, nil for a user without a license
	// here.
	LicenseType *LicenseType
	// LicenseRemoved says that LicenseType is what the user had here once.
	LicenseRemoved bool
	// Status is active, inactive or nil where the service does not say. A user is
	// inactive who is deactivated, whose license in this account was removed, or
	// who has none.
	Status *rest.UserStatus
	// CreatedAt, LastLogin and APITokenLastUsed are times as the service sent them. LastLogin is
	// nil for a user who never logged in.
	CreatedAt *string
	LastLogin *string
	// APITokenLastUsed is when the user last used a token of their own, which is no
	// login. It is nil for never.
	APITokenLastUsed *string
	// Groups are those of this account, sorted by id.
	Groups []GroupRef
}

// GroupRef names a group.
type GroupRef struct {
	// ID is nil where it could not be read, which is a gap.
	ID *int64
	// Name is nil where the service returns null, "" or nothing.
	Name *string
}

// Users returns all users that the account lists, sorted by id. Users who have
// not accepted their invite are not among them. The slice is shared by all
// callers and must not be changed. The error is a *rest.Error, or a
// *rest.IncompleteError when rows were missing.
//
// Operation List Users, version 3.
func (c *Client) Users(ctx context.Context) ([]User, error) {
	list, err := c.userList(ctx)
	return list.users, err
}

// userList is all users, with what their rows say of groups.
type userList struct {
	users    []User
	repeated repeatedGroups
}

func (c *Client) userList(ctx context.Context) (userList, error) {
	return c.users.Get(ctx, func(ctx context.Context) (userList, error) {
		rows, err := listAll[wireUser](ctx, c, "dbt Cloud users", c.path("v3", "users"), url.Values{"order_by": {"id"}})
		if err != nil {
			return userList{}, err
		}
		list := userList{make([]User, len(rows)), repeatedGroups{}}
		for i, row := range rows {
			list.users[i] = row.user(c.accountID, list.repeated)
		}
		slices.SortFunc(list.users, func(a, b User) int { return cmp.Compare(a.ID, b.ID) })
		return list, nil
	})
}

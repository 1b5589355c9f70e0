// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// User is a person or a service account. A pointer is nil where the service
// said null or nothing.
type User struct {
	// ID is a slug of two words, such as "nozzle_eat".
	ID string
	// Email is spelt as the service spells it: compare it without case. A
	// service account has none.
	Email      *string
	GivenName  *string
	FamilyName *string
	// Role is the name of the role in the account, nil when there is none.
	Role  *string
	Phone *string
	// Picture is a URL or a base64 data URI.
	Picture *string
	// CreatedAt and LoggedInAt are times as the service sent them. LoggedInAt
	// is nil until the first login.
	CreatedAt  *string
	LoggedInAt *string
	// Active is false for those whom an administrator suspended.
	Active *bool
	// Invited is true until the invitation is accepted.
	Invited *bool
	// Verified says that the person completed the activation.
	Verified *bool
}

// Status is "inactive", "invited", "active", or nil where the flags do not
// tell.
func (u User) Status() *string {
	switch {
	case u.Active != nil && !*u.Active:
		return new("inactive")
	case u.Invited != nil && *u.Invited:
		return new("invited")
	case u.Active != nil:
		return new("active")
	default:
		return nil
	}
}

// Users returns everyone in the account, suspended and invited people and
// service accounts included, sorted by address without case, those without one
// last, then by id. It is listed once and shared until a write; the slice must
// not be changed. The error is a *rest.Error, or a *rest.IncompleteError when
// the pages did not come to an end.
func (c *Client) Users(ctx context.Context) ([]User, error) {
	return c.users.Get(ctx, func(ctx context.Context) ([]User, error) {
		rows, err := list(ctx, "Fivetran users", func(row wireUser) string { return row.ID }, c.userPages())
		if err != nil {
			return nil, err
		}
		users := make([]User, len(rows))
		for i, row := range rows {
			users[i] = row.user()
		}
		slices.SortFunc(users, func(a, b User) int { return cmp.Or(casefold.CompareNames(a.Email, b.Email), cmp.Compare(a.ID, b.ID)) })
		return users, nil
	})
}

// userPages reads pages of users, of which the first is shared with
// SharedUser. A listing that begins anew reads it anew.
func (c *Client) userPages() func(context.Context, string) (rest.Page[wireUser], error) {
	page := pages[wireUser](c, "users")
	begun := false
	return func(ctx context.Context, cursor string) (rest.Page[wireUser], error) {
		if cursor != "" {
			return page(ctx, cursor)
		}
		if begun {
			c.firstUsers.Drop()
		}
		begun = true
		return c.firstUsers.Get(ctx, func(ctx context.Context) (rest.Page[wireUser], error) { return page(ctx, "") })
	}
}

// UserByEmail looks an address up in Users, without case and surrounding
// space, and returns nil when nobody has it. The service has no such filter.
// Every write, whatever its outcome, has Users read anew: after a refused or
// lost invite this is the state after it.
func (c *Client) UserByEmail(ctx context.Context, email string) (*User, error) {
	users, err := c.Users(ctx)
	if err != nil {
		return nil, err
	}
	wanted := casefold.Fold(email)
	for _, user := range users {
		if user.Email != nil && casefold.Fold(*user.Email) == wanted {
			return &user, nil
		}
	}
	return nil, nil
}

// User reads one user. The error for an id that does not exist is NotFound.
func (c *Client) User(ctx context.Context, id string) (User, error) {
	path, err := userPath(id)
	if err != nil {
		return User{}, err
	}
	var reply answer[wireUser]
	if err := c.rest.Get(ctx, path, nil, &reply); err != nil {
		return User{}, err
	}
	return reply.data.user(), nil
}

// maxSingle is how many users beyond the first page SharedUser reads one by
// one before it lists the rest: as many as Terraform reads side by side.
const maxSingle = 10

// SharedUser reads one user like User, at a price that does not grow with the
// number of users who are read. One page of 1,000 costs a request, as one user
// does, so that page comes first; in most accounts it is everybody. Who is not
// on it is read singly, and after a few of those the account is listed. That
// somebody does not exist is believed only of a reading of that one user.
func (c *Client) SharedUser(ctx context.Context, id string) (User, error) {
	first, err := c.userPages()(ctx, "")
	if err != nil {
		return User{}, err
	}
	for _, row := range first.Rows {
		if row.ID == id {
			return row.user(), nil
		}
	}
	if first.Next == "" || c.single.Add(1) <= maxSingle {
		return c.User(ctx, id)
	}
	users, err := c.Users(ctx)
	if err != nil {
		return User{}, err
	}
	for _, user := range users {
		if user.ID == id {
			return user, nil
		}
	}
	return c.User(ctx, id)
}

// forgetUsers makes the next reading of users a new one, after a write. Who is
// deleted is in no team or group any more.
func (c *Client) forgetUsers() {
	c.firstUsers.Drop()
	c.users.Drop()
	c.teamMembers.Drop()
	c.groupMembers.Drop()
}

// wireUser is a user as the service sends it.
type wireUser struct {
	ID         string    `json:"id"`
	Email      *string   `json:"email"`
	GivenName  *string   `json:"given_name"`
	FamilyName *string   `json:"family_name"`
	Role       *string   `json:"role"`
	Phone      *string   `json:"phone"`
	Picture    *string   `json:"picture"`
	CreatedAt  *string   `json:"created_at"`
	LoggedInAt *string   `json:"logged_in_at"`
	Active     rest.Bool `json:"active"`
	Invited    rest.Bool `json:"invited"`
	Verified   rest.Bool `json:"verified"`
}

func (u wireUser) check() error {
	if u.ID == "" {
		return errNoID
	}
	return nil
}

func (u wireUser) user() User {
	return User{
		ID:         u.ID,
		Email:      nonEmpty(u.Email),
		GivenName:  u.GivenName,
		FamilyName: u.FamilyName,
		Role:       nonEmpty(u.Role),
		Phone:      nonEmpty(u.Phone),
		Picture:    nonEmpty(u.Picture),
		CreatedAt:  u.CreatedAt,
		LoggedInAt: u.LoggedInAt,
		Active:     u.Active.Value,
		Invited:    u.Invited.Value,
		Verified:   u.Verified.Value,
	}
}

// nonEmpty reads "", which the service says for none in some answers, as null.
func nonEmpty(text *string) *string {
	if text != nil && *text == "" {
		return nil
	}
	return text
}

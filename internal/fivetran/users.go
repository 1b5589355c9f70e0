// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// User is a user of the account, a service account included. A pointer is nil
// where the service returns null, "" or nothing.
type User struct {
	rest.Gapped
	// ID is a slug of two words, such as "nozzle_eat".
	ID string
	// Email is spelled as the service spells it: compare it without case. A
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
	// Active is false for users that an administrator suspended.
	Active *bool
	// Invited is true until the invitation is accepted.
	Invited *bool
	// Verified says that the user completed the activation.
	Verified *bool
	// UserType is "REGULAR_USER" or "SERVICE_ACCOUNT". New types pass. It is nil
	// where the service does not say: a service account can have an email address.
	UserType *string
}

// ServiceAccount is the UserType of a program, not a person.
const ServiceAccount = "SERVICE_ACCOUNT"

// Status is nil where the flags do not say.
func (u User) Status() *rest.UserStatus {
	switch {
	case u.Active != nil && !*u.Active:
		return new(rest.UserInactive)
	case u.Invited != nil && *u.Invited:
		return new(rest.UserInvited)
	case u.Active != nil:
		return new(rest.UserActive)
	default:
		return nil
	}
}

// Users returns all users of the account, suspended and invited users and
// service accounts included, sorted by email address without case, users without
// one last, then by id. A system key needs the scope USER:READ. They are listed
// once and shared until a write; the slice must not be changed. The error is a
// *rest.Error, or a *rest.IncompleteError when the pages did not come to an end.
//
// https://fivetran.com/docs/developer-resources/rest-api/api-reference/users/list-all-users
func (c *Client) Users(ctx context.Context) ([]User, error) {
	return c.users.Get(ctx, func(ctx context.Context) ([]User, error) {
		rows, err := listAll(ctx, "Fivetran users", wireUser.key, c.userPages())
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
// SharedUser. A listing that begins again reads it again.
func (c *Client) userPages() pageReader[wireUser] {
	read := pagesOf[wireUser](c, "users")
	begun := false
	return func(ctx context.Context, cursor string) (rest.Page[wireUser], error) {
		if cursor != "" {
			return read(ctx, cursor)
		}
		if begun {
			c.firstUsers.Drop()
		}
		begun = true
		return c.firstUsers.Get(ctx, func(ctx context.Context) (rest.Page[wireUser], error) { return read(ctx, "") })
	}
}

// UserByEmail looks up an email address in Users, without case and surrounding
// space. The error for an address that no user has is NotFound. The service has
// no such filter. Every write, whatever its outcome, has Users read again: after
// a refused or lost invite this is the state after it.
func (c *Client) UserByEmail(ctx context.Context, email string) (User, error) {
	users, err := c.Users(ctx)
	if err != nil {
		return User{}, err
	}
	wanted := casefold.Fold(email)
	for _, user := range users {
		if user.Email != nil && casefold.Fold(*user.Email) == wanted {
			return user, nil
		}
	}
	return User{}, fmt.Errorf("%w: no Fivetran user has the email address %q", errNotFound, email)
}

// User reads one user. The error for an id that does not exist is NotFound.
func (c *Client) User(ctx context.Context, id string) (User, error) {
	path, err := userPath(id)
	if err != nil {
		return User{}, err
	}
	var reply envelope[wireUser]
	if err := c.rest.Get(ctx, path, nil, &reply); err != nil {
		return User{}, err
	}
	return reply.Data.user(), nil
}

// SharedUser reads one user like User, at a price that does not grow with the
// number of users who are read. One page of 1,000 costs a request, as one user
// does, so that page comes first; in most accounts it has all users. A user who
// is not on it is read singly, and after some of those lookups the account is
// listed. Only a reading of that one user proves that a user does not exist.
func (c *Client) SharedUser(ctx context.Context, id string) (User, error) {
	first, err := c.userPages()(ctx, "")
	if err != nil {
		return User{}, err
	}
	for _, row := range first.Rows {
		if row.key() == id {
			return row.user(), nil
		}
	}
	if first.Next == "" || c.lookups.Beyond() == 0 {
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

// ForgetUsers makes the next reading of users a new one, after a write. A
// deleted user is in no team or group any more.
func (c *Client) ForgetUsers() {
	c.firstUsers.Drop()
	c.users.Drop()
	c.teamMembers.Drop()
	c.groupMembers.Drop()
	c.userGroups.Drop()
	c.memberLists.dropAll()
}

// wireUser is a user as the service sends it.
type wireUser struct {
	rest.Gapped
	ID         rest.Text `json:"id"`
	Email      rest.Text `json:"email"`
	GivenName  rest.Text `json:"given_name"`
	FamilyName rest.Text `json:"family_name"`
	Role       rest.Text `json:"role"`
	Phone      rest.Text `json:"phone"`
	Picture    rest.Text `json:"picture"`
	CreatedAt  rest.Time `json:"created_at"`
	LoggedInAt rest.Time `json:"logged_in_at"`
	Active     rest.Bool `json:"active"`
	Invited    rest.Bool `json:"invited"`
	Verified   rest.Bool `json:"verified"`
	UserType   rest.Text `json:"user_type"`
}

func (u wireUser) key() string { return u.ID.String() }

func (u wireUser) check() error {
	if u.key() == "" {
		return errNoID
	}
	return nil
}

func (u wireUser) user() User {
	return User{
		Gapped:     u.Gapped,
		ID:         u.key(),
		Email:      u.Email.Value,
		GivenName:  u.GivenName.Value,
		FamilyName: u.FamilyName.Value,
		Role:       u.Role.Value,
		Phone:      u.Phone.Value,
		Picture:    u.Picture.Value,
		CreatedAt:  u.CreatedAt.Value,
		LoggedInAt: u.LoggedInAt.Value,
		Active:     u.Active.Value,
		Invited:    u.Invited.Value,
		Verified:   u.Verified.Value,
		UserType:   u.UserType.Value,
	}
}

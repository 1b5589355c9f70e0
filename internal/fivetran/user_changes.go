// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Invitation is what InviteUser sends. A pointer that is nil is left out: the
// user then has no role, phone number or picture.
type Invitation struct {
	Email      string  `json:"email"`
	GivenName  string  `json:"given_name"`
	FamilyName string  `json:"family_name"`
	Role       *string `json:"role,omitempty"`
	Phone      *string `json:"phone,omitempty"`
	Picture    *string `json:"picture,omitempty"`
}

// Change is what UpdateUser and AdoptUser send. What is nil, or the zero Edit,
// stays as it is. The address cannot be changed, and ClearRole removes a role.
type Change struct {
	GivenName  *string `json:"given_name,omitempty"`
	FamilyName *string `json:"family_name,omitempty"`
	Role       *string `json:"role,omitempty"`
	Phone      Edit    `json:"phone,omitzero"`
	Picture    Edit    `json:"picture,omitzero"`
}

// Fields returns the names of what the Change sets or clears.
func (c Change) Fields() []string {
	var fields []string
	for _, field := range []struct {
		name string
		set  bool
	}{
		{"given_name", c.GivenName != nil},
		{"family_name", c.FamilyName != nil},
		{"role", c.Role != nil},
		{"phone", c.Phone.made},
		{"picture", c.Picture.made},
	} {
		if field.set {
			fields = append(fields, field.name)
		}
	}
	return fields
}

// Edit is what becomes of an attribute that can also be cleared. The zero
// value leaves it as it is.
type Edit struct {
	made  bool
	value *string
}

// To sets an attribute to a value, or clears it when the value is nil.
func To(value *string) Edit { return Edit{made: true, value: value} }

// Value returns the value, nil to clear, and whether there is an edit at all.
func (e Edit) Value() (value *string, made bool) { return e.value, e.made }

// MarshalJSON writes the value, null to clear.
func (e Edit) MarshalJSON() ([]byte, error) { return json.Marshal(e.value) }

var errNoID = errors.New("the id of the user is empty")

// userPath returns the path of one user. An empty id would be the path of all
// users.
func userPath(id string, below ...string) (string, error) {
	if id == "" {
		return "", errNoID
	}
	return rest.Path(append([]string{"users", id}, below...)...), nil
}

// Settle finds out what is true once a change of a user has ended, well or not.
// It gets the user that the service replied with, the zero User where it did
// not, and the outcome as the reply alone shows it. It returns the user and, in
// the outcome, the error that the method is to return. See rest.Change.
type Settle func(ctx context.Context, user User, outcome rest.Outcome) (User, rest.Outcome)

// InviteUser invites a user with one POST, which is never retried once it may
// have been carried out. After an error that is rest.Lost the invitation may
// exist: a listing that begins after it shows. One that is rest.Unsent says that nothing was
// sent; any other is a refusal. settle may be nil.
func (c *Client) InviteUser(ctx context.Context, invitation Invitation, settle Settle) (User, error) {
	return c.send(ctx, rest.Change{
		Method: http.MethodPost, Path: "users", Body: invitation,
		Target: rest.Target{Activity: rest.ActivityInvite, Email: invitation.Email, Role: invitation.Role},
	}, &envelope[wireUser]{}, settle)
}

// UpdateUser changes what is set in a Change with one PATCH and returns the
// user as the service then shows it. A Change that sets nothing sends nothing
// but a read. Of the user before it the ID is needed, and address and role are
// recorded. settle may be nil.
func (c *Client) UpdateUser(ctx context.Context, user User, change Change, settle Settle) (User, error) {
	activity := rest.ActivityUpdate
	if change.Role != nil {
		activity = rest.ActivityChangeRole
	}
	return c.changeUser(ctx, activity, user, change, settle)
}

// AdoptUser is UpdateUser for a user who was in the account before: it is
// recorded as such.
func (c *Client) AdoptUser(ctx context.Context, user User, change Change, settle Settle) (User, error) {
	return c.changeUser(ctx, rest.ActivityAdopt, user, change, settle)
}

func (c *Client) changeUser(ctx context.Context, activity rest.Activity, user User, change Change, settle Settle) (User, error) {
	if change == (Change{}) {
		return c.User(ctx, user.ID)
	}
	path, err := userPath(user.ID)
	if err != nil {
		return User{}, err
	}
	target := user.target(activity)
	target.Fields = change.Fields()
	if change.Role != nil {
		target.Role, target.RoleBefore = change.Role, new(orEmpty(user.Role))
	}
	return c.send(ctx, rest.Change{Method: http.MethodPatch, Path: path, Body: change, Target: target}, &envelope[wireUser]{}, settle)
}

// ClearRole removes the role in the account. The user stays in it.
// settle may be nil.
func (c *Client) ClearRole(ctx context.Context, user User, settle Settle) error {
	target := user.target(rest.ActivityChangeRole)
	target.Fields = []string{"role"}
	target.Role, target.RoleBefore = new(""), new(orEmpty(user.Role))
	return c.remove(ctx, target, settle, "role")
}

// DeleteUser removes a user from the account, or withdraws an invitation. The
// error for one who is gone already is NotFound, which is recorded as a
// success. settle may be nil.
func (c *Client) DeleteUser(ctx context.Context, user User, settle Settle) error {
	target := user.target(rest.ActivityDelete)
	target.RoleBefore = new(orEmpty(user.Role))
	return c.remove(ctx, target, func(ctx context.Context, user User, outcome rest.Outcome) (User, rest.Outcome) {
		if NotFound(outcome.Err) {
			outcome.Result, outcome.Detail = rest.ResultSuccess, "the user was gone already"
		}
		if settle != nil {
			return settle(ctx, user, outcome)
		}
		return user, outcome
	})
}

func (c *Client) remove(ctx context.Context, target rest.Target, settle Settle, below ...string) error {
	path, err := userPath(target.ID, below...)
	if err != nil {
		return err
	}
	_, err = c.send(ctx, rest.Change{Method: http.MethodDelete, Path: path, Target: target}, nil, settle)
	return err
}

// send carries out a change whose reply is the user, or for a nil reply nothing
// of interest. The listing is dropped before the change is settled, unless the
// change was refused and so changed nothing.
func (c *Client) send(ctx context.Context, change rest.Change, reply *envelope[wireUser], settle Settle) (User, error) {
	var user User
	change.Settle = func(ctx context.Context, outcome rest.Outcome) rest.Outcome {
		if outcome.Result != rest.ResultFailure || NotFound(outcome.Err) {
			c.ForgetUsers()
		}
		if outcome.Err == nil && reply != nil {
			user = reply.Data.user()
			outcome.ID = user.ID
		}
		if settle != nil {
			user, outcome = settle(ctx, user, outcome)
		}
		return outcome
	}
	var into any
	if reply != nil {
		into = reply
	}
	err := c.rest.Send(ctx, change, into)
	return user, err
}

// target is the user as a record names them.
func (u User) target(activity rest.Activity) rest.Target {
	return rest.Target{Activity: activity, ID: u.ID, Email: orEmpty(u.Email)}
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// ServiceTime returns what Fivetran's own clock showed at a moment of this
// machine's. See rest.Client.
func (c *Client) ServiceTime(local time.Time) (time.Time, bool) { return c.rest.ServiceTime(local) }

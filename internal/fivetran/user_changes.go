// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Invitation is what InviteUser sends. A pointer that is nil is left out: the
// person then has no role, phone number or picture.
type Invitation struct {
	Email      string  `json:"email"`
	GivenName  string  `json:"given_name"`
	FamilyName string  `json:"family_name"`
	Role       *string `json:"role,omitempty"`
	Phone      *string `json:"phone,omitempty"`
	Picture    *string `json:"picture,omitempty"`
}

// Change is what UpdateUser sends. What is nil, or the zero Edit, stays as it
// is. The address cannot be changed, and a role is taken away by ClearRole.
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

// UserURL is the address of a user, or with "" of all users, for records of
// what was done.
func (c *Client) UserURL(id string) string {
	if id == "" {
		return c.Base() + "/users"
	}
	return c.Base() + "/" + rest.Path("users", id)
}

// InviteUser invites a person with one POST, which is never repeated once it
// may have been carried out. After an error for which rest.Lost holds the
// invitation may exist: UserByEmail tells. Other errors are refusals.
func (c *Client) InviteUser(ctx context.Context, invitation Invitation) (User, error) {
	return c.sendUser(ctx, http.MethodPost, "users", invitation)
}

// UpdateUser changes what is set in a Change with one PATCH and returns the
// user after it. A Change that sets nothing sends nothing but a read.
func (c *Client) UpdateUser(ctx context.Context, id string, change Change) (User, error) {
	if change == (Change{}) {
		return c.User(ctx, id)
	}
	path, err := userPath(id)
	if err != nil {
		return User{}, err
	}
	return c.sendUser(ctx, http.MethodPatch, path, change)
}

// ClearRole takes the role in the account away. The person stays a user.
func (c *Client) ClearRole(ctx context.Context, id string) error {
	return c.remove(ctx, id, "role")
}

// DeleteUser removes a user from the account, or withdraws an invitation. The
// error for one who is gone already is NotFound.
func (c *Client) DeleteUser(ctx context.Context, id string) error {
	return c.remove(ctx, id)
}

func (c *Client) remove(ctx context.Context, id string, below ...string) error {
	path, err := userPath(id, below...)
	if err != nil {
		return err
	}
	defer c.forgetUsers()
	return c.rest.Send(ctx, http.MethodDelete, path, nil, nil)
}

// sendUser carries out a change that is answered with the user. The listing is
// dropped after a failure too: the change may have been carried out.
func (c *Client) sendUser(ctx context.Context, method, path string, body any) (User, error) {
	defer c.forgetUsers()
	var reply envelope[wireUser]
	if err := c.rest.Send(ctx, method, path, body, &reply); err != nil {
		return User{}, err
	}
	return reply.Data.user(), nil
}

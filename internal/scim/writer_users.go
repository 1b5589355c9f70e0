// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const (
	coreUser = "urn:ietf:params:scim:schemas:core:2.0:User"
	// dbtLabsUser is dbt Cloud's extension, in which a user's license is.
	dbtLabsUser = "urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"
)

// UserDetails are a user as CreateUser and ReplaceUser send them.
type UserDetails struct {
	// UserName is an email address, and also the only one that is sent.
	UserName              string
	GivenName, FamilyName string
	// ExternalID is left out where nil.
	ExternalID *string
	Active     bool
	// LicenseType is left out where nil, with the extension that it is in: a
	// server that does not know that refuses it.
	LicenseType *string
}

type userBody struct {
	Schemas    []string    `json:"schemas"`
	UserName   string      `json:"userName"`
	ExternalID *string     `json:"externalId,omitempty"`
	Active     bool        `json:"active"`
	Name       nameBody    `json:"name"`
	Emails     []emailBody `json:"emails"`
	DBTLabs    *dbtLabs    `json:"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User,omitempty"`
}

type nameBody struct {
	GivenName  string `json:"givenName"`
	FamilyName string `json:"familyName"`
}

type emailBody struct {
	Value   string `json:"value"`
	Primary bool   `json:"primary"`
	Type    string `json:"type"`
}

type dbtLabs struct {
	LicenseType string `json:"licenseType"`
}

// body has all that dbt's document requires: active, both names and an address.
func (d UserDetails) body() userBody {
	body := userBody{
		Schemas:    []string{coreUser},
		UserName:   d.UserName,
		ExternalID: d.ExternalID,
		Active:     d.Active,
		Name:       nameBody{d.GivenName, d.FamilyName},
		Emails:     []emailBody{{d.UserName, true, "work"}},
	}
	if d.LicenseType != nil {
		body.Schemas = append(body.Schemas, dbtLabsUser)
		body.DBTLabs = &dbtLabs{*d.LicenseType}
	}
	return body
}

func (d UserDetails) fields() []string {
	fields := []string{"given_name", "family_name", "active"}
	if d.ExternalID != nil {
		fields = append(fields, "external_id")
	}
	if d.LicenseType != nil {
		fields = append(fields, "license_type")
	}
	return fields
}

// User reads one user, past all lists: Groups is what the user's own row says.
// The error for an id that does not exist is NotFound.
func (w *Writer) User(ctx context.Context, id string) (User, error) {
	row, err := readByID[userRow](ctx, w.service, "Users", id, nil)
	return row.user(), err
}

// UsersNamed asks the service's filter for the users of a userName, compared
// without case. It returns none where the reply does not settle the question:
// that is no proof that there are none, as services know filters in part.
func (w *Writer) UsersNamed(ctx context.Context, userName string) ([]User, error) {
	rows, err := filtered[userRow](ctx, w.service, "Users", "userName", strings.TrimSpace(userName), nil)
	return convert(rows, userRow.user), err
}

// CreateUser creates a user with one POST, which is never retried once it may
// have been carried out. Servers accept a userName that is there, in another
// case: look it up first.
func (w *Writer) CreateUser(ctx context.Context, details UserDetails, settle Settle[User]) (User, error) {
	return sendChange(ctx, w, rest.Change{
		Method: http.MethodPost, Path: "Users", Body: details.body(),
		Target: rest.Target{Activity: rest.ActivityCreate, Email: details.UserName, Fields: details.fields()},
	}, userRow.user, settle)
}

// ReplaceUser sends a user whole, with PUT: it is the only way to take an
// attribute away that dbt's document knows. activity is what the change is.
func (w *Writer) ReplaceUser(ctx context.Context, user User, details UserDetails, activity rest.Activity, settle Settle[User]) (User, error) {
	path, err := onePath("Users", user.ID)
	if err != nil {
		return User{}, err
	}
	return sendChange(ctx, w, rest.Change{
		Method: http.MethodPut, Path: path, Body: details.body(), IfMatch: user.Version,
		Target: user.target(activity, details.fields()),
	}, userRow.user, settle)
}

// UserChange is what UpdateUser changes. What is nil stays as it is.
type UserChange struct {
	GivenName, FamilyName, ExternalID *string
	Active                            *bool
}

// operations names each attribute by its path, as some servers lose the other
// name where only one is sent, but for active: dbt's document knows that only
// without a path.
func (c UserChange) operations() (operations []operation, fields []string) {
	for _, attribute := range []struct {
		field, path string
		value       *string
	}{
		{"given_name", "name.givenName", c.GivenName},
		{"family_name", "name.familyName", c.FamilyName},
		{"external_id", "externalId", c.ExternalID},
	} {
		if attribute.value != nil {
			operations = append(operations, operation{"replace", attribute.path, *attribute.value})
			fields = append(fields, attribute.field)
		}
	}
	if c.Active != nil {
		operations = append(operations, operation{Op: "replace", Value: map[string]bool{"active": *c.Active}})
		fields = append(fields, "active")
	}
	return operations, fields
}

// UpdateUser changes attributes of a user with one PATCH. A change that sets
// nothing sends nothing but a read. activity is what the change is.
func (w *Writer) UpdateUser(ctx context.Context, user User, change UserChange, activity rest.Activity, settle Settle[User]) (User, error) {
	path, err := onePath("Users", user.ID)
	if err != nil {
		return User{}, err
	}
	operations, fields := change.operations()
	if len(operations) == 0 {
		return w.User(ctx, user.ID)
	}
	return sendChange(ctx, w, rest.Change{
		Method: http.MethodPatch, Path: path, Body: newPatch(operations...), IfMatch: user.Version,
		Target: user.target(activity, fields),
	}, userRow.user, settle)
}

// DeleteUser removes a user. A service may keep the row and deactivate it. A 404
// means that the user was gone already, and is recorded as a success.
func (w *Writer) DeleteUser(ctx context.Context, user User, settle Settle[User]) error {
	path, err := onePath("Users", user.ID)
	if err != nil {
		return err
	}
	_, err = sendChange(ctx, w, rest.Change{
		Method: http.MethodDelete, Path: path, IfMatch: user.Version,
		Target: user.target(rest.ActivityDelete, nil),
	}, userRow.user, settle)
	return err
}

// target is the user as a record names them.
func (u User) target(activity rest.Activity, fields []string) rest.Target {
	target := rest.Target{Activity: activity, ID: u.ID, Fields: fields}
	if u.UserName != nil {
		target.Email = *u.UserName
	}
	return target
}

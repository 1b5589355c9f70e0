// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// userFields is the body of a request: the service leaves alone what is absent.
type userFields map[string]json.RawMessage

// readFields reads a body. Where it cannot, it answers so itself.
func readFields(w http.ResponseWriter, r *http.Request) (userFields, bool) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		refuse(w, r, http.StatusUnsupportedMediaType)
		return nil, false
	}
	body, err := io.ReadAll(r.Body)
	var fields userFields
	if err == nil {
		err = json.Unmarshal(body, &fields)
	}
	if err != nil || fields == nil {
		fail(w, http.StatusBadRequest, "InvalidInput", "The request body is not a JSON object")
		return nil, false
	}
	return fields, true
}

// value returns a field, nil where it is absent or null.
func (f userFields) value(name string) (*string, error) {
	var value *string
	if raw, ok := f[name]; ok {
		if err := json.Unmarshal(raw, &value); err != nil {
			return nil, fmt.Errorf("%s must be a string", name)
		}
	}
	return value, nil
}

// apply sets what the request sends. null clears phone and picture, unless
// Behavior refuses it; names and roles cannot be emptied.
func (a *Account) apply(fields userFields, user *User) error {
	for _, field := range []struct {
		name     string
		target   **string
		optional bool
	}{
		{"given_name", &user.GivenName, false},
		{"family_name", &user.FamilyName, false},
		{"phone", &user.Phone, true},
		{"picture", &user.Picture, true},
		{"role", &user.Role, false},
	} {
		if _, sent := fields[field.name]; !sent {
			continue
		}
		value, err := fields.value(field.name)
		if err != nil {
			return err
		}
		if field.optional && value == nil && a.behavior.RefuseNull {
			return fmt.Errorf("%s must not be null", field.name)
		}
		if !field.optional && strings.TrimSpace(orEmpty(value)) == "" {
			return fmt.Errorf("%s must not be empty", field.name)
		}
		*field.target = value
	}
	a.normalize(user)
	if _, sent := fields["role"]; !sent {
		return nil
	}
	role, err := a.roleIn("ACCOUNT", *user.Role)
	user.Role = &role
	return err
}

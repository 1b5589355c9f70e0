// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import "fmt"

// proof returns missing, the error that there is no user or group of an id, if
// the list can be read and does not have it either: dbt Cloud also answers 404
// where the token may not look, and for an account without SCIM.
func proof(noun, id string, missing error, listed bool, unread error) error {
	switch {
	case unread != nil:
		return fmt.Errorf("whether the %s %q is gone is not known: %w", noun, id, unread)
	case listed:
		return &ContradictionError{Noun: noun, ID: id, Err: missing}
	default:
		return missing
	}
}

// ContradictionError says that the service lists a user or group, and does not
// find it under its id.
type ContradictionError struct {
	Noun, ID string
	// Err is what the service said.
	Err error
}

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("the service lists the %s %q, and does not find it: %s", e.Noun, e.ID, e.Err)
}

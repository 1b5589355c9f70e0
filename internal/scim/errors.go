// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

var errNotFound = errors.New("not found")

// NotFound reports whether no user or group has the id that was asked for: the
// service answered 404, or with something other than that user or group.
func NotFound(err error) bool { return errors.Is(err, errNotFound) }

// GroupsUnavailableError says that the service refuses the list of groups as
// such: it has none, or they are closed to this token. It is not a transient
// error.
type GroupsUnavailableError struct {
	// Service is its name.
	Service string
	// Err is the refusal: 403, 404 or 501.
	Err *rest.Error
}

// Error names the service and the refusal.
func (e *GroupsUnavailableError) Error() string {
	return fmt.Sprintf("%s SCIM groups are not available: %s", e.Service, e.Err)
}

// Unwrap returns the refusal, a *rest.Error.
func (e *GroupsUnavailableError) Unwrap() error { return e.Err }

// collectionRefusal returns the reply by which a service closes a whole
// collection.
func collectionRefusal(err error) (refusal *rest.Error, ok bool) {
	refusal, ok = errors.AsType[*rest.Error](err)
	if !ok {
		return nil, false
	}
	switch refusal.Status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusNotImplemented:
		return refusal, true
	default:
		return nil, false
	}
}

// Refusal is the body of an error (RFC 7644 section 3.12). The rest.Config of a
// SCIM client needs it: the reader recognizes an expired cursor by it.
type Refusal struct {
	ScimType rest.Text `json:"scimType"`
	Detail   rest.Text `json:"detail"`
}

// Explain implements rest.Refusal.
func (r *Refusal) Explain() (code, message string) { return r.ScimType.String(), r.Detail.String() }

// expiredCursor is the scimType of RFC 9865 for a cursor that came too late.
func expiredCursor(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return ok && strings.EqualFold(failure.Code, "expiredCursor")
}

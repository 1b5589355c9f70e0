// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

var errNotFound = errors.New("not found")

// NotFound reports whether no user or group has the id that was asked for: the
// service answered 404, or with another user or group.
func NotFound(err error) bool { return errors.Is(err, errNotFound) }

// GroupsUnavailableError says that the service refuses the list of groups, or
// answers with something else: it has none, they are closed to this token, or
// that part of the service is broken.
type GroupsUnavailableError struct {
	// Service is its name.
	Service string
	// Err is the refusal.
	Err *rest.Error
}

// Error names the service and the refusal.
func (e *GroupsUnavailableError) Error() string {
	return fmt.Sprintf("%s SCIM groups are not available: %s", e.Service, e.Err)
}

// Unwrap returns the refusal, a *rest.Error.
func (e *GroupsUnavailableError) Unwrap() error { return e.Err }

// MembersUnavailableError says that the service refuses to show some groups one
// by one, which it lists without members.
type MembersUnavailableError struct {
	// Service is its name.
	Service string
	// Groups are the groups whose members are not known.
	Groups []GroupRef
	// Err is the first refusal.
	Err *rest.Error
}

// Error names the first groups and the refusal.
func (e *MembersUnavailableError) Error() string {
	const most = 5
	var names []string
	for _, group := range e.Groups[:min(len(e.Groups), most)] {
		names = append(names, group.String())
	}
	if more := len(e.Groups) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("members of %d %s SCIM groups are not available (%s): %s", len(e.Groups), e.Service, strings.Join(names, ", "), e.Err)
}

// Unwrap returns the refusal, a *rest.Error.
func (e *MembersUnavailableError) Unwrap() error { return e.Err }

// sideRefusal returns the reply by which a service refuses one side of a
// membership, or breaks on it, so that the other side is read without. What meets
// every request, a wrong token or a rate limit, is no such reply.
func sideRefusal(err error) (refusal *rest.Error, ok bool) {
	refusal, ok = errors.AsType[*rest.Error](err)
	if !ok || refusal.Status == 0 || refusal.Status == http.StatusUnauthorized || refusal.Status == http.StatusTooManyRequests {
		return nil, false
	}
	return refusal, true
}

// Refusal is the body of an error (RFC 7644 section 3.12). The rest.Config of a
// SCIM client needs it: the reader recognizes an expired cursor by it.
type Refusal struct {
	ScimType rest.Text `json:"scimType"`
	Detail   rest.Text `json:"detail"`
}

// Explain implements rest.Refusal.
func (r *Refusal) Explain() (code, message string) { return r.ScimType.String(), r.Detail.String() }

// failureBody is what any reply has of the body of an error.
type failureBody struct {
	Schemas rest.Strings    `json:"schemas"`
	Status  sent[rest.Text] `json:"status"`
}

// reported returns whether the reply reports a failure whatever its HTTP status
// is, and the status that it names, 0 for none.
func (b failureBody) reported() (code int, failed bool) {
	code, _ = strconv.Atoi(b.Status.value.String())
	return code, code >= http.StatusBadRequest || b.has(":error")
}

// has reports whether the URN of a schema ends so.
func (b failureBody) has(suffix string) bool {
	return slices.ContainsFunc(b.Schemas, func(urn string) bool { return strings.HasSuffix(strings.ToLower(urn), suffix) })
}

// reportedFailure is the error for a reply that reports a failure.
func reportedFailure(code int) error {
	if code == 0 {
		return rest.ErrFailed
	}
	return fmt.Errorf("%w: status %d", rest.ErrFailed, code)
}

// expiredCursor is the scimType of RFC 9865 for a cursor that came too late.
func expiredCursor(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return ok && strings.EqualFold(failure.Code, "expiredCursor")
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ErrNotFound says that no user or group has the id that was asked for.
var ErrNotFound = errors.New("not found")

// GroupsUnavailableError says that the service refuses the list of groups as
// such: it has none, or they are closed to this token. It is not a fault that
// passes.
type GroupsUnavailableError struct {
	// What names the service.
	What string
	// Err is the refusal: 403, 404 or 501.
	Err *rest.Error
}

// Error names the service and the refusal.
func (e *GroupsUnavailableError) Error() string {
	return fmt.Sprintf("%s SCIM groups are not available: %s", e.What, e.Err)
}

// Unwrap returns the refusal, a *rest.Error.
func (e *GroupsUnavailableError) Unwrap() error { return e.Err }

// refused returns the answer by which a service closes a whole collection.
func refused(err error) (refusal *rest.Error, ok bool) {
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

// Explain takes scimType and detail from an error body (RFC 7644 §3.12). It
// belongs in the rest.Config of a SCIM client: the reader recognises an
// expired cursor by it.
func Explain(body []byte) (code, message string) {
	var reply struct {
		ScimType text `json:"scimType"`
		Detail   text `json:"detail"`
	}
	if json.Unmarshal(body, &reply) != nil {
		return "", ""
	}
	return reply.ScimType.String(), reply.Detail.String()
}

func expiredCursor(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return ok && strings.EqualFold(failure.Code, "expiredCursor")
}

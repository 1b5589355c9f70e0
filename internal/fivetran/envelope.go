// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// errNotFound is the error of a lookup in a list that finds nothing.
var errNotFound = errors.New("not found")

// NotFound reports whether what was asked for does not exist: a list does not
// have it, or the service answered 404 with a code such as "NotFound_User". A
// 404 without such a code comes from a wrong address or a proxy and says nothing
// about the account.
func NotFound(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return errors.Is(err, errNotFound) ||
		ok && failure.Status == http.StatusNotFound && strings.HasPrefix(failure.Code, "NotFound")
}

// envelope is what successful replies are wrapped in:
// https://fivetran.com/docs/rest-api/getting-started/api-response-codes
type envelope[T interface{ check() error }] struct {
	// Code is "Success", or why the request failed.
	Code rest.Text `json:"code"`
	Data *T        `json:"data"`
}

// Check implements rest.Envelope.
func (e *envelope[T]) Check() error {
	if code := e.Code.String(); code != "" && !strings.EqualFold(code, "Success") {
		return rest.ErrFailed
	}
	if e.Data == nil {
		return errors.New("the reply has no data")
	}
	return (*e.Data).check()
}

// AddGap gives a gap to the data.
func (e *envelope[T]) AddGap(gap rest.Gap) {
	path, ok := strings.CutPrefix(gap.Path, "data/")
	if gapped, can := any(e.Data).(interface{ AddGap(rest.Gap) }); ok && can && e.Data != nil {
		gapped.AddGap(rest.Gap{Path: path, Why: gap.Why})
	}
}

// refusal is the service's own form of a refusal, or the standard form for
// problems (RFC 9457), which has no code.
type refusal struct {
	Code    rest.Text `json:"code"`
	Message rest.Text `json:"message"`
	Title   rest.Text `json:"title"`
	Detail  rest.Text `json:"detail"`
}

// Explain implements rest.Refusal.
func (r *refusal) Explain() (code, message string) {
	return r.Code.String(), cmp.Or(r.Message.String(), r.Detail.String(), r.Title.String())
}

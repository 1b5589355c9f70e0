// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// accessDenied is the code of the *rest.Error for a request from an address that
// the account's IP restrictions do not allow.
const accessDenied = "account_access_denied"

// NotFound reports whether the service answered 404. dbt Cloud also does that
// where the token may not look, so it is no proof that something is gone.
func NotFound(err error) bool { return rest.Status(err) == http.StatusNotFound }

// AccessDenied reports whether the account's IP restrictions refused a request.
func AccessDenied(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return ok && failure.Code == accessDenied
}

// envelope is what replies of the Administrative API are wrapped in: schema
// ResponseStatus and Extra in dbt's OpenAPI documents.
type envelope[T any] struct {
	Status rest.Object[replyStatus] `json:"status"`
	Data   *T                       `json:"data"`
	Extra  rest.Object[replyExtra]  `json:"extra"`
}

type replyStatus struct {
	Code             rest.Int  `json:"code"`
	IsSuccess        rest.Bool `json:"is_success"`
	UserMessage      rest.Text `json:"user_message"`
	DeveloperMessage rest.Text `json:"developer_message"`
}

type replyExtra struct {
	Pagination rest.Object[struct {
		TotalCount rest.Int `json:"total_count"`
	}] `json:"pagination"`
}

// AddGap gives a gap to the data of a single reply, if it can have gaps.
func (e *envelope[T]) AddGap(gap rest.Gap) {
	path, ok := strings.CutPrefix(gap.Path, "data/")
	if gapped, can := any(e.Data).(interface{ AddGap(rest.Gap) }); ok && can && e.Data != nil {
		gapped.AddGap(rest.Gap{Path: path, Why: gap.Why})
	}
}

// total returns how many rows the collection has.
func (e *envelope[T]) total() int64 {
	if total := e.Extra.Value.Pagination.Value.TotalCount.Value; total != nil {
		return *total
	}
	return rest.UnknownTotal
}

// failed returns an error if the reply reports a failure.
func (e *envelope[T]) failed() error {
	status := e.Status.Value
	switch {
	case status.Code.Value != nil && *status.Code.Value >= http.StatusBadRequest:
		return fmt.Errorf("%w: status %d", rest.ErrFailed, *status.Code.Value)
	case status.IsSuccess.Value != nil && !*status.IsSuccess.Value:
		return rest.ErrFailed
	default:
		return nil
	}
}

var errNoData = errors.New("the reply has no data")

// Check implements rest.Envelope.
func (e *envelope[T]) Check() error {
	if err := e.failed(); err != nil || e.Data != nil {
		return err
	}
	return errNoData
}

// pageEnvelope is the envelope of one page of a list.
type pageEnvelope[T any] struct{ envelope[rest.Rows[T]] }

// AddGap gives a gap to the row that has it.
func (e *pageEnvelope[T]) AddGap(gap rest.Gap) {
	if e.Data != nil {
		rest.AddRowGap(*e.Data, gap, "data")
	}
}

// Check implements rest.Envelope. A reply without rows is a page only if it also
// says that there are none.
func (e *pageEnvelope[T]) Check() error {
	if err := e.failed(); err != nil || e.Data != nil || e.total() == 0 {
		return err
	}
	return errNoData
}

// refusal is the envelope of a request that was refused.
type refusal struct {
	Status rest.Object[replyStatus] `json:"status"`
	Data   rest.Object[struct {
		AccessDenied rest.Bool `json:"account_access_denied"`
	}] `json:"data"`
}

// Explain implements rest.Refusal.
func (r *refusal) Explain() (code, message string) {
	if denied := r.Data.Value.AccessDenied.Value; denied != nil && *denied {
		code = accessDenied
	}
	message = r.Status.Value.UserMessage.String()
	if detail := r.Status.Value.DeveloperMessage.String(); message == "" {
		message = detail
	} else if detail != "" && detail != message {
		message += " (" + detail + ")"
	}
	return code, message
}

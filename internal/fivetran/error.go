// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// NotFound tells whether the service said that what was asked for does not
// exist: a 404 with a code such as "NotFound_User". A 404 without such a code
// comes from a wrong address or a proxy and says nothing about the account.
func NotFound(err error) bool {
	failure, ok := errors.AsType[*rest.Error](err)
	return ok && failure.Status == http.StatusNotFound && strings.HasPrefix(failure.Code, "NotFound")
}

// explain reads the service's own form of a refusal, and the standard form
// for problems (RFC 9457), which has no code.
func explain(body []byte) (code, message string) {
	var refusal struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Title   string `json:"title"`
		Detail  string `json:"detail"`
	}
	// What is not as described is passed over; the rest is read all the same.
	_ = json.Unmarshal(body, &refusal)
	return refusal.Code, cmp.Or(refusal.Message, refusal.Detail, refusal.Title)
}

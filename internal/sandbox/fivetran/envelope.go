// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"fmt"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// wireEnvelope is around every answer. The service answers a wrong path without
// a code, and a deletion without data.
type wireEnvelope struct {
	Code    string `json:"code"`
	Message string `json:"message,omitempty"`
	Data    any    `json:"data,omitempty"`
}

func succeed(w http.ResponseWriter, status int, message string, data any) {
	service.WriteJSON(w, "application/json", status, wireEnvelope{"Success", message, data})
}

func fail(w http.ResponseWriter, status int, code, format string, args ...any) {
	service.WriteJSON(w, "application/json", status, wireEnvelope{Code: code, Message: fmt.Sprintf(format, args...)})
}

// failures are the service's codes and messages for what it refuses whatever
// the resource.
var failures = map[int][2]string{
	http.StatusBadRequest:           {"InvalidInput", "Invalid request"},
	http.StatusUnauthorized:         {"AuthFailed", "Invalid authorization credentials"},
	http.StatusForbidden:            {"Forbidden", "Access denied. Required permission: ACCOUNT_READ"},
	http.StatusMethodNotAllowed:     {"MethodNotAllowed", "HTTP 405 Method Not Allowed"},
	http.StatusConflict:             {"IllegalState", "The request conflicts with the state of the account"},
	http.StatusUnsupportedMediaType: {"UnsupportedMediaType", "HTTP 415 Unsupported Media Type"},
	http.StatusTooManyRequests:      {"TooManyRequests", "The request rate limit of the account is exceeded"},
	http.StatusInternalServerError:  {"InternalServerError", "An internal error occurred"},
}

// refuse answers a wrong path without a code.
func refuse(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusNotFound {
		service.WriteJSON(w, "application/json", status, map[string]any{
			"status": status, "error": http.StatusText(status), "path": r.URL.EscapedPath(),
		})
		return
	}
	failure, ok := failures[status]
	if !ok {
		failure = [2]string{"Error", http.StatusText(status)}
	}
	fail(w, status, failure[0], "%s", failure[1])
}

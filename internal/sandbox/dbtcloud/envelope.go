// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// wireEnvelope is around every answer.
type wireEnvelope struct {
	Status wireStatus `json:"status"`
	Data   any        `json:"data"`
	Extra  *listExtra `json:"extra,omitempty"`
}

type wireStatus struct {
	Code             int    `json:"code"`
	IsSuccess        bool   `json:"is_success"`
	UserMessage      string `json:"user_message"`
	DeveloperMessage string `json:"developer_message"`
}

var statusOK = wireStatus{Code: http.StatusOK, IsSuccess: true, UserMessage: "Success!"}

func succeed(w http.ResponseWriter, data any, extra *listExtra) {
	service.WriteJSON(w, "application/json", http.StatusOK, wireEnvelope{statusOK, data, extra})
}

// userMessages are the service's words for what it refuses.
var userMessages = map[int]string{
	http.StatusBadRequest:          "The request was invalid. Please double check the provided data and try again.",
	http.StatusUnauthorized:        "Invalid token.",
	http.StatusForbidden:           "Forbidden: Access denied",
	http.StatusNotFound:            "The requested resource was not found. Please check that you have the proper permissions. If you are seeing this in error, please contact support!",
	http.StatusMethodNotAllowed:    "Method not allowed.",
	http.StatusTooManyRequests:     "Request was throttled.",
	http.StatusInternalServerError: "An internal error occurred. Please contact support.",
}

func refuse(w http.ResponseWriter, r *http.Request, status int) {
	if isSCIM(r) {
		refuseSCIM(w, status)
		return
	}
	refuseBecause(w, status, "")
}

// refuseBecause refuses with a reason for developers.
func refuseBecause(w http.ResponseWriter, status int, reason string) {
	message, ok := userMessages[status]
	if !ok {
		message = http.StatusText(status)
	}
	service.WriteJSON(w, "application/json", status, wireEnvelope{
		Status: wireStatus{Code: status, UserMessage: message, DeveloperMessage: reason},
	})
}

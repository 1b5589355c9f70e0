// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package scim is what the SCIM 2.0 services of the sandbox share: their
// errors, filters, pages and the choice of attributes (RFC 7644, section 3).
package scim

import (
	"net/http"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// MediaType is that of every reply with a body.
const MediaType = "application/scim+json"

// Error is a refusal.
type Error struct {
	Status int
	// Type is the scimType, "" for none.
	Type   string
	Detail string
}

// Error returns the detail.
func (e *Error) Error() string { return e.Detail }

// Write answers with the error. Its status is a string in the body.
func (e *Error) Write(w http.ResponseWriter) {
	service.WriteJSON(w, MediaType, e.Status, struct {
		Schemas []string `json:"schemas"`
		Status  string   `json:"status"`
		Type    string   `json:"scimType,omitempty"`
		Detail  string   `json:"detail"`
	}{[]string{"urn:ietf:params:scim:api:messages:2.0:Error"}, strconv.Itoa(e.Status), e.Type, e.Detail})
}

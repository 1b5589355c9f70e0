// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package rudderstack answers like RudderStack's SCIM 2.0 service. It only
// reads: it refuses every other method. RudderStack documents neither the
// discovery endpoints nor a call of them, so there are none.
package rudderstack

import (
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// Token is an organization-level Service Access Token.
const Token = "rudder_sandbox_scim_token"

// Organization is the organization of the token.
type Organization struct {
	users   []*scimUser
	groups  []*scimGroup
	pageCap int
}

// Service returns the SCIM API of the organization.
func (o *Organization) Service() *service.Service {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /scim/v2/Users", func(w http.ResponseWriter, r *http.Request) {
		writeList(w, r, o.users, o.pageCap)
	})
	mux.HandleFunc("GET /scim/v2/Users/{id}", func(w http.ResponseWriter, r *http.Request) {
		writeResource(w, r, o.users)
	})
	mux.HandleFunc("GET /scim/v2/Groups", func(w http.ResponseWriter, r *http.Request) {
		writeList(w, r, o.groups, o.pageCap)
	})
	mux.HandleFunc("GET /scim/v2/Groups/{id}", func(w http.ResponseWriter, r *http.Request) {
		writeResource(w, r, o.groups)
	})
	return &service.Service{Prefix: "/scim/v2/", Mux: mux, Admit: admit, Refuse: refuse}
}

func admit(r *http.Request) int {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer") || token != Token:
		return http.StatusUnauthorized
	case r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed
	default:
		return 0
	}
}

// refusals are the service's words for what it refuses.
var refusals = map[int]string{
	http.StatusUnauthorized:     "Authorization failure. The authorization header is invalid or missing.",
	http.StatusForbidden:        "SCIM is not enabled for this organization.",
	http.StatusNotFound:         "Resource not found",
	http.StatusMethodNotAllowed: "Method not allowed",
	http.StatusTooManyRequests:  "Too many requests",
}

func refuse(w http.ResponseWriter, _ *http.Request, status int) {
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodGet)
	}
	detail, ok := refusals[status]
	if !ok {
		detail = http.StatusText(status)
	}
	writeError(w, status, detail)
}

func writeError(w http.ResponseWriter, status int, detail string) {
	(&scim.Error{Status: status, Detail: detail}).Write(w)
}

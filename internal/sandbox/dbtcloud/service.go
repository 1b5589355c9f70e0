// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package dbtcloud answers like dbt Cloud's Administrative API, read only: what
// a service token with Account Viewer sees.
package dbtcloud

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const (
	// Token is a service token of the account with Account Viewer.
	Token = "dbtc_sandbox_token" //nolint:gosec // Opens nothing but the sandbox.
	// AccountID is the only account that the token can see.
	AccountID = 12345
)

// Account is the account of the token.
type Account struct {
	users         []*wireUser
	groups        []*wireGroup
	invites       []*wireInvite
	licenseMaps   []*wireLicenseMap
	serviceTokens []*wireServiceToken
	scimTokens    []*wireSCIMToken
	seats         map[string]wireSeats
}

// Service returns the API of the account.
func (a *Account) Service() *service.Service {
	mux := http.NewServeMux()
	// The API's paths end in a slash. The service answers without one too.
	handle := func(path string, h http.HandlerFunc) {
		mux.HandleFunc("GET "+path, h)
		mux.HandleFunc("GET "+path+"/{$}", h)
	}
	v2 := func(path string, h http.HandlerFunc) { handle("/api/v2/accounts/{account}"+path, inOwnAccount(h)) }
	v3 := func(path string, h http.HandlerFunc) { handle("/api/v3/accounts/{account}"+path, inOwnAccount(h)) }
	v3("/users", a.listUsers)
	v3("/groups", a.listGroups)
	v3("/license-maps", a.listLicenseMaps)
	v3("/service-tokens", a.listServiceTokens)
	v3("/scim-config", a.showSCIMConfig)
	v3("/scim-config/tokens", a.listSCIMTokens)
	v2("/invites", a.listInvites)
	v2("/licenses", a.listSeats)

	// The official provider dbt-labs/dbtcloud calls these too: on start, and for
	// dbtcloud_user, dbtcloud_user_groups, dbtcloud_group, dbtcloud_license_map
	// and dbtcloud_service_token.
	handle("/api/v2/accounts", a.listAccounts)
	v2("/users", a.listUsers)
	v2("/users/{id}", a.showUser)
	v3("/groups/{id}", a.showGroup)
	v3("/license-maps/{id}", a.showLicenseMap)
	v3("/service-tokens/{id}", a.showServiceToken)
	v3("/service-tokens/{id}/permissions", a.listServiceTokenPermissions)
	return &service.Service{Prefix: "/api/", Mux: mux, Admit: admit, Refuse: refuse}
}

func admit(r *http.Request) int {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	known := strings.EqualFold(scheme, "Token") || strings.EqualFold(scheme, "Bearer")
	if !known || token != Token {
		return http.StatusUnauthorized
	}
	return 0
}

// inOwnAccount lets a request through to the account of the token. The service
// answers as if no other account existed.
func inOwnAccount(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("account") != strconv.Itoa(AccountID) {
			refuse(w, r, http.StatusNotFound)
			return
		}
		h(w, r)
	}
}

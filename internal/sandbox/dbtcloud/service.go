// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package dbtcloud answers like dbt Cloud: its Administrative API, read only, as
// a service token with Account Viewer sees it, and its SCIM service, which
// changes the same users and groups.
package dbtcloud

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

const (
	// Token is a service token of the account with Account Viewer.
	Token = "dbtc_sandbox_token" //nolint:gosec // Opens nothing but the sandbox.
	// AccountID is the only account that the token can see.
	AccountID = 12345
)

// Account is the account of the tokens.
type Account struct {
	now      func() time.Time
	dates    company.Calendar
	behavior Behavior

	// mu guards all below: one request that writes, or many that read.
	mu sync.RWMutex
	// users are all that ever were, listed those that the Administrative API
	// shows.
	users, listed []*wireUser
	build         userBuilder
	window        writeWindow
	// bought is the number of licenses by type.
	bought        map[string]int
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
		mux.HandleFunc("GET "+path, a.reading(h))
		mux.HandleFunc("GET "+path+"/{$}", a.reading(h))
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
	a.routeSCIM(mux)
	return &service.Service{Prefix: "/api/", Mux: mux, Admit: a.admit, Refuse: refuse}
}

// reading lets a handler read what others may read at the same time.
func (a *Account) reading(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a.mu.RLock()
		defer a.mu.RUnlock()
		h(w, r)
	}
}

// writing lets a handler change what no other reads in the meantime.
func (a *Account) writing(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		h(w, r)
	}
}

// timestamp returns the time by the service's clock, as the service gives it.
func (a *Account) timestamp() string { return a.now().Format("2006-01-02T15:04:05.000000Z07:00") }

func (a *Account) admit(r *http.Request) int {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if isSCIM(r) {
		return a.admitSCIM(scheme, token)
	}
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

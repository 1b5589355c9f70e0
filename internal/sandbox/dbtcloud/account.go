// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "net/http"

// wireAccount is an account as the list of accounts shows it, and every invite.
type wireAccount struct {
	ID                             int64   `json:"id"`
	Name                           string  `json:"name"`
	State                          int     `json:"state"`
	Plan                           string  `json:"plan"`
	PendingCancel                  bool    `json:"pending_cancel"`
	RunSlots                       int     `json:"run_slots"`
	DeveloperSeats                 int     `json:"developer_seats"`
	ITSeats                        int     `json:"it_seats"`
	ReadOnlySeats                  int     `json:"read_only_seats"`
	QueueLimit                     int     `json:"queue_limit"`
	DocsJobID                      *int64  `json:"docs_job_id"`
	FreshnessJobID                 *int64  `json:"freshness_job_id"`
	Locked                         bool    `json:"locked"`
	LockReason                     *string `json:"lock_reason"`
	UnlockedAt                     *string `json:"unlocked_at"`
	EnterpriseAuthenticationMethod *string `json:"enterprise_authentication_method"`
	EnterpriseLoginSlug            *string `json:"enterprise_login_slug"`
	BillingEmailAddress            *string `json:"billing_email_address"`
	SSOReauth                      bool    `json:"sso_reauth"`
	CreatedAt                      string  `json:"created_at"`
	UpdatedAt                      string  `json:"updated_at"`
}

func (a *Account) listAccounts(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, []wireAccount{a.own()})
}

// wireSCIMConfig says who manages users: people, or an identity provider.
type wireSCIMConfig struct {
	Enabled                   bool `json:"enabled"`
	ManualUpdatesAllowed      bool `json:"manual_updates_allowed"`
	SCIMControlledLicenseType bool `json:"scim_controlled_license_type"`
}

func (a *Account) showSCIMConfig(w http.ResponseWriter, _ *http.Request) {
	succeed(w, wireSCIMConfig{
		Enabled: a.behavior.SCIMDisabled == 0, ManualUpdatesAllowed: true, SCIMControlledLicenseType: a.behavior.SCIMControlsLicenses,
	}, nil)
}

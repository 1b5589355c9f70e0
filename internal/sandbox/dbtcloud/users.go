// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// wireUser is a user as lists and the v2 API show it: with the license and the
// groups of each of the user's accounts.
type wireUser struct {
	ID                             int64   `json:"id"`
	FirstName                      *string `json:"first_name"`
	LastName                       *string `json:"last_name"`
	FullName                       *string `json:"fullname"`
	Email                          string  `json:"email"`
	IsActive                       bool    `json:"is_active"`
	IsStaff                        bool    `json:"is_staff"`
	EmailVerified                  bool    `json:"email_verified"`
	EmailConnected                 bool    `json:"email_connected"`
	LastLogin                      *string `json:"last_login"`
	APITokenLastUsed               *string `json:"apitoken_last_used"`
	CreatedAt                      *string `json:"created_at"`
	SSOOnlyUser                    bool    `json:"sso_only_user"`
	EnterpriseConnected            bool    `json:"enterprise_connected"`
	EnterpriseAuthenticationMethod *string `json:"enterprise_authentication_method"`
	GitHubConnected                bool    `json:"github_connected"`
	GitHubUsername                 *string `json:"github_username"`
	GitHubTokenRetrievalFailure    bool    `json:"github_token_retrieval_failure"`
	GitLabConnected                bool    `json:"gitlab_connected"`
	GitLabUsername                 *string `json:"gitlab_username"`
	GitLabTokenRetrievalFailure    bool    `json:"gitlab_token_retrieval_failure"`
	AzureADConnected               bool    `json:"azure_active_directory_connected"`
	AzureADUsername                *string `json:"azure_active_directory_username"`
	AzureADTokenRetrievalFailure   bool    `json:"azure_active_directory_token_retrieval_failure"`
	AvatarURL                      *string `json:"avatar_url"`
	ShowEmailVerification          bool    `json:"show_existing_user_email_verification"`

	// AuthProviderInfos is keyed by the login slug of the identity provider.
	AuthProviderInfos map[string]wireAuthProvider `json:"auth_provider_infos"`
	// Permissions has one element per account, in no particular order.
	Permissions []wirePermission `json:"permissions"`
	// Licenses is keyed by the account id. Absent for users of the oldest kind.
	Licenses map[string]wireLicense `json:"licenses"`
	// FutureField is a field that clients cannot know yet.
	FutureField json.RawMessage `json:"experimental_seat,omitempty"`

	scim scimState
	// json returns the user as lists show it. The first call encodes it, for all
	// until the user changes.
	json func() []byte
}

// encodeOnce forgets how lists showed the user before a change.
func (u *wireUser) encodeOnce() {
	u.json = sync.OnceValue(func() []byte { return service.Encode(u) })
}

type wireAuthProvider struct {
	Domain           string   `json:"domain"`
	Groups           []string `json:"groups"`
	AuthProviderType string   `json:"auth_provider_type"`
}

type wireLicense struct {
	ID          int64  `json:"id"`
	UserID      int64  `json:"user_id"`
	AccountID   int64  `json:"account_id"`
	LicenseType string `json:"license_type"`
	State       int    `json:"state"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

// wirePermission is the license of one account with what comes with it. Groups
// and statements are encoded once: they make up most of a list and are the same
// for many users.
type wirePermission struct {
	wireLicense
	SCIMManaged bool              `json:"scim_managed"`
	Groups      []json.RawMessage `json:"groups"`
	Statements  json.RawMessage   `json:"permission_statements"`

	groupIDs []int64
}

// permission returns what the user has in the account of the token, nil if the
// user's permissions do not say.
func (u *wireUser) permission() *wirePermission {
	for i := range u.Permissions {
		if u.Permissions[i].AccountID == AccountID {
			return &u.Permissions[i]
		}
	}
	return nil
}

// accountKey is the account of the token as a key of Licenses.
var accountKey = strconv.Itoa(AccountID)

// license returns the user's license in the account of the token, from
// whichever of the two places has it.
func (u *wireUser) license() (wireLicense, bool) {
	if p := u.permission(); p != nil {
		return p.wireLicense, true
	}
	license, ok := u.Licenses[accountKey]
	return license, ok
}

// listUsers shows those with a removed license too: a client must not take a
// row in the list for a license.
func (a *Account) listUsers(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, a.listed)
}

func (a *Account) showUser(w http.ResponseWriter, r *http.Request) {
	if user, ok := findRow(w, r, a.listed, func(u *wireUser) int64 { return u.ID }); ok {
		succeed(w, user, nil)
	}
}

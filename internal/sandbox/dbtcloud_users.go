// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"encoding/json"
	"net/http"
)

// dbtUser is a user as lists and the v2 API show it: with the licence and the
// groups of each of the user's accounts.
type dbtUser struct {
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
	AuthProviderInfos map[string]dbtAuthProvider `json:"auth_provider_infos"`
	// Permissions has one element per account, in no particular order.
	Permissions []dbtPermission `json:"permissions"`
	// Licenses is keyed by the account id. Absent for users of the oldest kind.
	Licenses map[string]dbtLicense `json:"licenses"`
	// News is a field that clients cannot know yet.
	News json.RawMessage `json:"experimental_seat,omitempty"`

	// json returns the user as lists show it. It is encoded when it is asked
	// for first and never again: users do not change.
	json func() []byte
}

type dbtAuthProvider struct {
	Domain           string   `json:"domain"`
	Groups           []string `json:"groups"`
	AuthProviderType string   `json:"auth_provider_type"`
}

type dbtLicense struct {
	ID          int64  `json:"id"`
	UserID      int64  `json:"user_id"`
	AccountID   int64  `json:"account_id"`
	LicenseType string `json:"license_type"`
	State       int    `json:"state"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

// dbtPermission is the licence of one account with what comes with it. Groups
// and statements are encoded once: they make up most of a list and are the same
// for many users.
type dbtPermission struct {
	dbtLicense
	SCIMManaged bool              `json:"scim_managed"`
	Groups      []json.RawMessage `json:"groups"`
	Statements  json.RawMessage   `json:"permission_statements"`

	groupIDs []int64
}

// dbtAccountUser is a user as the v3 API shows a single one.
type dbtAccountUser struct {
	ID            int64           `json:"id"`
	CreatedAt     *string         `json:"created_at"`
	UpdatedAt     *string         `json:"updated_at"`
	Email         string          `json:"email"`
	FirstName     *string         `json:"first_name"`
	LastName      *string         `json:"last_name"`
	FullName      *string         `json:"fullname"`
	EmailVerified bool            `json:"email_verified"`
	License       dbtLicenseShort `json:"license"`
	IsActive      bool            `json:"is_active"`
	IsStaff       bool            `json:"is_staff"`
	SCIMManaged   bool            `json:"scim_managed"`
}

type dbtLicenseShort struct {
	ID          int64  `json:"id"`
	LicenseType string `json:"license_type"`
}

// permission returns what the user has in the sandbox's account, nil if that is
// not said.
func (u *dbtUser) permission() *dbtPermission {
	for i := range u.Permissions {
		if u.Permissions[i].AccountID == DBTCloudAccount {
			return &u.Permissions[i]
		}
	}
	return nil
}

// license returns the user's licence in the sandbox's account, from whichever
// of the two places tells it.
func (u *dbtUser) license() (dbtLicense, bool) {
	if p := u.permission(); p != nil {
		return p.dbtLicense, true
	}
	license, ok := u.Licenses[dbtAccountKey]
	return license, ok
}

var dbtUserOrders = dbtOrders[*dbtUser]{
	"id":         func(a, b *dbtUser) int { return cmp.Compare(a.ID, b.ID) },
	"email":      func(a, b *dbtUser) int { return cmp.Compare(a.Email, b.Email) },
	"last_login": func(a, b *dbtUser) int { return cmp.Compare(text(a.LastLogin), text(b.LastLogin)) },
	"created_at": func(a, b *dbtUser) int { return cmp.Compare(text(a.CreatedAt), text(b.CreatedAt)) },
}

// listUsers shows everybody, removed licences included, unless a state is asked
// for: a client must not take a row in the list for a licence.
func (d *dbtCloud) listUsers(w http.ResponseWriter, r *http.Request) {
	rows := d.users
	if query := r.URL.Query(); query.Has("state") {
		wanted, err := dbtState(query, "all")
		if err != nil {
			dbtFail(w, http.StatusBadRequest, err.Error())
			return
		}
		rows = nil
		for _, user := range d.users {
			if p := user.permission(); query.Get("state") == "all" || p != nil && wanted(p.State) {
				rows = append(rows, user)
			}
		}
	}
	dbtList(w, r, rows, dbtUserOrders)
}

func (d *dbtCloud) showUser(w http.ResponseWriter, r *http.Request) {
	if user, ok := dbtOne(w, r, d.users, func(u *dbtUser) int64 { return u.ID }); ok {
		dbtSuccess(w, user, nil)
	}
}

func (d *dbtCloud) showAccountUser(w http.ResponseWriter, r *http.Request) {
	user, ok := dbtOne(w, r, d.users, func(u *dbtUser) int64 { return u.ID })
	if !ok {
		return
	}
	license, ok := user.license()
	if !ok {
		dbtNotFound(w, r)
		return
	}
	dbtSuccess(w, dbtAccountUser{
		ID: user.ID, CreatedAt: user.CreatedAt, UpdatedAt: user.CreatedAt, Email: user.Email,
		FirstName: user.FirstName, LastName: user.LastName, FullName: user.FullName,
		EmailVerified: user.EmailVerified, IsActive: user.IsActive, IsStaff: user.IsStaff,
		License:     dbtLicenseShort{license.ID, license.LicenseType},
		SCIMManaged: user.permission() != nil && user.permission().SCIMManaged,
	}, nil)
}

// text returns "" for nil.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

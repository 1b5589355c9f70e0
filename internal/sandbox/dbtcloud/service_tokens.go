// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import "net/http"

// wireServiceToken is a service token without its secret.
type wireServiceToken struct {
	ID        int64  `json:"id"`
	UID       string `json:"uid"`
	Name      string `json:"name"`
	AccountID int64  `json:"account_id"`
	State     int    `json:"state"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
	// LastUsed is null for a token that was never used.
	LastUsed         *string     `json:"last_used"`
	MetadataOnly     bool        `json:"metadata_only"`
	WebhooksOnly     bool        `json:"webhooks_only"`
	PermissionGrants []wireGrant `json:"permission_grants"`
}

// wireGrant is a permission of a service token as lists show it.
type wireGrant struct {
	PermissionSet string `json:"permission_set"`
	// ProjectID is null for all projects.
	ProjectID                     *int64   `json:"project_id"`
	WritableEnvironmentCategories []string `json:"writable_environment_categories"`
}

// wireTokenPermission is the same permission as its own endpoint shows it.
type wireTokenPermission struct {
	ID             int64 `json:"id"`
	AccountID      int64 `json:"account_id"`
	ServiceTokenID int64 `json:"service_token_id"`
	wireGrant
	AllProjects bool   `json:"all_projects"`
	State       int    `json:"state"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

func (a *Account) listServiceTokens(w http.ResponseWriter, r *http.Request) {
	rows, err := inState(r.URL.Query(), a.serviceTokens, func(t *wireServiceToken) int { return t.State })
	if err != nil {
		refuseBecause(w, http.StatusBadRequest, err.Error())
		return
	}
	writeList(w, r, rows)
}

func (a *Account) findServiceToken(w http.ResponseWriter, r *http.Request) (*wireServiceToken, bool) {
	return findRow(w, r, a.serviceTokens, func(t *wireServiceToken) int64 { return t.ID })
}

func (a *Account) showServiceToken(w http.ResponseWriter, r *http.Request) {
	if token, ok := a.findServiceToken(w, r); ok {
		succeed(w, token, nil)
	}
}

func (a *Account) listServiceTokenPermissions(w http.ResponseWriter, r *http.Request) {
	token, ok := a.findServiceToken(w, r)
	if !ok {
		return
	}
	var rows []wireTokenPermission
	for i, grant := range token.PermissionGrants {
		rows = append(rows, wireTokenPermission{
			ID: 10*token.ID + int64(i), AccountID: token.AccountID, ServiceTokenID: token.ID, wireGrant: grant,
			AllProjects: grant.ProjectID == nil, State: 1, CreatedAt: token.CreatedAt, UpdatedAt: token.UpdatedAt,
		})
	}
	writeList(w, r, rows)
}

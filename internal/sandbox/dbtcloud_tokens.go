// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"net/http"
)

// dbtServiceToken is a service token without its secret.
type dbtServiceToken struct {
	ID        int64  `json:"id"`
	UID       string `json:"uid"`
	Name      string `json:"name"`
	AccountID int64  `json:"account_id"`
	State     int    `json:"state"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
	// LastUsed is null for a token that was never used.
	LastUsed         *string    `json:"last_used"`
	MetadataOnly     bool       `json:"metadata_only"`
	WebhooksOnly     bool       `json:"webhooks_only"`
	PermissionGrants []dbtGrant `json:"permission_grants"`
}

// dbtGrant is a permission of a service token as lists show it.
type dbtGrant struct {
	PermissionSet string `json:"permission_set"`
	// ProjectID is null for all projects.
	ProjectID                     *int64   `json:"project_id"`
	WritableEnvironmentCategories []string `json:"writable_environment_categories"`
}

// dbtTokenPermission is the same permission as its own endpoint shows it.
type dbtTokenPermission struct {
	ID             int64 `json:"id"`
	AccountID      int64 `json:"account_id"`
	ServiceTokenID int64 `json:"service_token_id"`
	dbtGrant
	AllProjects bool   `json:"all_projects"`
	State       int    `json:"state"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

var dbtServiceTokenOrders = dbtOrders[*dbtServiceToken]{
	"id":         func(a, b *dbtServiceToken) int { return cmp.Compare(a.ID, b.ID) },
	"name":       func(a, b *dbtServiceToken) int { return cmp.Compare(a.Name, b.Name) },
	"created_at": func(a, b *dbtServiceToken) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) },
}

func (d *dbtCloud) listServiceTokens(w http.ResponseWriter, r *http.Request) {
	rows, err := dbtWhere(r.URL.Query(), d.serviceTokens,
		func(t *dbtServiceToken) int64 { return t.ID }, func(t *dbtServiceToken) int { return t.State })
	if err != nil {
		dbtFail(w, http.StatusBadRequest, err.Error())
		return
	}
	dbtList(w, r, rows, dbtServiceTokenOrders)
}

func (d *dbtCloud) showServiceToken(w http.ResponseWriter, r *http.Request) {
	if token, ok := dbtOne(w, r, d.serviceTokens, func(t *dbtServiceToken) int64 { return t.ID }); ok {
		dbtSuccess(w, token, nil)
	}
}

func (d *dbtCloud) listServiceTokenPermissions(w http.ResponseWriter, r *http.Request) {
	token, ok := dbtOne(w, r, d.serviceTokens, func(t *dbtServiceToken) int64 { return t.ID })
	if !ok {
		return
	}
	var rows []dbtTokenPermission
	for i, grant := range token.PermissionGrants {
		rows = append(rows, dbtTokenPermission{
			ID: 10*token.ID + int64(i), AccountID: token.AccountID, ServiceTokenID: token.ID, dbtGrant: grant,
			AllProjects: grant.ProjectID == nil, State: 1, CreatedAt: token.CreatedAt, UpdatedAt: token.UpdatedAt,
		})
	}
	dbtList(w, r, rows, nil)
}

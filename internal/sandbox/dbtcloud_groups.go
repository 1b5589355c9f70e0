// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// dbtGroup is a group as the groups endpoints show it.
type dbtGroup struct {
	dbtGroupCore
	// MemberCount counts users who can log in: active, with an active licence.
	MemberCount int  `json:"member_count"`
	SCIMManaged bool `json:"scim_managed"`
}

// dbtGroupCore is a group as it is repeated within every user.
type dbtGroupCore struct {
	ID               int64                `json:"id"`
	AccountID        int64                `json:"account_id"`
	Name             string               `json:"name"`
	State            int                  `json:"state"`
	AssignByDefault  bool                 `json:"assign_by_default"`
	SSOMappingGroups []string             `json:"sso_mapping_groups"`
	CreatedAt        string               `json:"created_at"`
	UpdatedAt        string               `json:"updated_at"`
	Permissions      []dbtGroupPermission `json:"group_permissions"`
}

type dbtGroupPermission struct {
	ID        int64 `json:"id"`
	AccountID int64 `json:"account_id"`
	GroupID   int64 `json:"group_id"`
	// ProjectID is null for all projects.
	ProjectID                     *int64   `json:"project_id"`
	AllProjects                   bool     `json:"all_projects"`
	PermissionSet                 string   `json:"permission_set"`
	PermissionLevel               *int     `json:"permission_level"`
	State                         int      `json:"state"`
	WritableEnvironmentCategories []string `json:"writable_environment_categories"`
	CreatedAt                     string   `json:"created_at"`
	UpdatedAt                     string   `json:"updated_at"`
}

var dbtGroupOrders = dbtOrders[*dbtGroup]{
	"id":         func(a, b *dbtGroup) int { return cmp.Compare(a.ID, b.ID) },
	"name":       func(a, b *dbtGroup) int { return cmp.Compare(a.Name, b.Name) },
	"created_at": func(a, b *dbtGroup) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) },
}

// listGroups has the permissions of the groups only where they are asked for.
func (d *dbtCloud) listGroups(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	groups, err := dbtWhere(query, d.groups,
		func(g *dbtGroup) int64 { return g.ID }, func(g *dbtGroup) int { return g.State })
	if err != nil {
		dbtFail(w, http.StatusBadRequest, err.Error())
		return
	}
	groups = slices.DeleteFunc(groups, func(g *dbtGroup) bool {
		return query.Has("name") && g.Name != query.Get("name") ||
			!strings.Contains(strings.ToLower(g.Name), strings.ToLower(query.Get("name__icontains")))
	})
	if related := strings.Split(query.Get("include_related"), ","); !slices.Contains(related, "group_permissions") {
		for i, group := range groups {
			bare := *group
			bare.Permissions = []dbtGroupPermission{}
			groups[i] = &bare
		}
	}
	dbtList(w, r, groups, dbtGroupOrders)
}

func (d *dbtCloud) showGroup(w http.ResponseWriter, r *http.Request) {
	group, ok := dbtOne(w, r, d.groups, func(g *dbtGroup) int64 { return g.ID })
	switch {
	case !ok:
	case group.State != 1:
		dbtNotFound(w, r)
	default:
		dbtSuccess(w, group, nil)
	}
}

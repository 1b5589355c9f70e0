// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"net/http"
	"slices"
	"strings"
)

// wireGroup is a group as the groups endpoints show it.
type wireGroup struct {
	wireGroupCore
	// MemberCount counts users who can log in: active, with an active license.
	MemberCount int  `json:"member_count"`
	SCIMManaged bool `json:"scim_managed"`

	// externalID is what only the SCIM service knows.
	externalID string
}

// wireGroupCore is a group as every user repeats it.
type wireGroupCore struct {
	ID               int64                 `json:"id"`
	AccountID        int64                 `json:"account_id"`
	Name             string                `json:"name"`
	State            int                   `json:"state"`
	AssignByDefault  bool                  `json:"assign_by_default"`
	SSOMappingGroups []string              `json:"sso_mapping_groups"`
	CreatedAt        string                `json:"created_at"`
	UpdatedAt        string                `json:"updated_at"`
	Permissions      []wireGroupPermission `json:"group_permissions"`
}

type wireGroupPermission struct {
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

// listGroups has the permissions of the groups only where the client asks for
// them. The official provider's dbtcloud_groups filters by name and state.
func (a *Account) listGroups(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	groups, err := inState(query, a.groups, func(g *wireGroup) int { return g.State })
	if err != nil {
		refuseBecause(w, http.StatusBadRequest, err.Error())
		return
	}
	groups = slices.DeleteFunc(groups, func(g *wireGroup) bool {
		return query.Has("name") && g.Name != query.Get("name") ||
			!strings.Contains(strings.ToLower(g.Name), strings.ToLower(query.Get("name__icontains")))
	})
	if related := strings.Split(query.Get("include_related"), ","); !slices.Contains(related, "group_permissions") {
		for i, group := range groups {
			bare := *group
			bare.Permissions = []wireGroupPermission{}
			groups[i] = &bare
		}
	}
	writeList(w, r, groups)
}

func (a *Account) showGroup(w http.ResponseWriter, r *http.Request) {
	group, ok := findRow(w, r, a.groups, func(g *wireGroup) int64 { return g.ID })
	switch {
	case !ok:
	case group.State != 1:
		refuse(w, r, http.StatusNotFound)
	default:
		succeed(w, group, nil)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Group is a group of the account. A pointer is nil where the service said
// null or nothing.
type Group struct {
	ID   int64
	Name string
	// AssignByDefault says that new users join by themselves.
	AssignByDefault *bool
	// SCIMManaged says that an identity provider owns the membership.
	SCIMManaged *bool
	// MemberCount is the service's own count.
	MemberCount *int64
	// SSOMappingGroups are names of groups of the identity provider, sorted.
	// It is never nil.
	SSOMappingGroups []string
	// Permissions are sorted by set and project. It is never nil.
	Permissions []Permission
}

// Permission is what a group may do, in one project or in all.
type Permission struct {
	// PermissionSet is the service's word, such as "job_viewer". New ones pass.
	PermissionSet *string
	// ProjectID is nil when AllProjects is true.
	ProjectID   *int64
	AllProjects *bool
	// WritableEnvironmentCategories are sorted. It is nil when not told.
	WritableEnvironmentCategories []string
}

type wireGroup struct {
	row
	Name             string       `json:"name"`
	AssignByDefault  rest.Bool    `json:"assign_by_default"`
	SCIMManaged      rest.Bool    `json:"scim_managed"`
	MemberCount      rest.Int     `json:"member_count"`
	SSOMappingGroups rest.Strings `json:"sso_mapping_groups"`
	Permissions      []*struct {
		PermissionSet                 *string      `json:"permission_set"`
		ProjectID                     rest.Int     `json:"project_id"`
		AllProjects                   rest.Bool    `json:"all_projects"`
		State                         rest.Int     `json:"state"`
		WritableEnvironmentCategories rest.Strings `json:"writable_environment_categories"`
	} `json:"group_permissions"`
}

// Groups returns all groups of the account, sorted by id. The slice is shared
// by all callers and must not be changed. The error is a *rest.Error, or a
// *rest.IncompleteError when rows were missing.
func (c *Client) Groups(ctx context.Context) ([]Group, error) {
	return c.groups.Get(ctx, func(ctx context.Context) ([]Group, error) {
		rows, err := list[wireGroup](ctx, c, "dbt Cloud groups", c.path("v3", "groups"),
			url.Values{"order_by": {"id"}, "include_related": {"group_permissions"}})
		if err != nil {
			return nil, err
		}
		groups := make([]Group, len(rows))
		for i, row := range rows {
			groups[i] = row.group()
		}
		slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.ID, b.ID) })
		return groups, nil
	})
}

func (g wireGroup) group() Group {
	group := Group{
		ID:               *g.ID.Value,
		Name:             g.Name,
		AssignByDefault:  g.AssignByDefault.Value,
		SCIMManaged:      g.SCIMManaged.Value,
		MemberCount:      g.MemberCount.Value,
		SSOMappingGroups: append([]string{}, g.SSOMappingGroups...),
		Permissions:      []Permission{},
	}
	slices.Sort(group.SSOMappingGroups)
	for _, p := range g.Permissions {
		if p == nil || isDeleted(p.State) {
			continue
		}
		slices.Sort(p.WritableEnvironmentCategories)
		group.Permissions = append(group.Permissions, Permission{
			PermissionSet:                 p.PermissionSet,
			ProjectID:                     p.ProjectID.Value,
			AllProjects:                   p.AllProjects.Value,
			WritableEnvironmentCategories: p.WritableEnvironmentCategories,
		})
	}
	slices.SortStableFunc(group.Permissions, func(a, b Permission) int {
		return cmp.Or(comparePointers(a.PermissionSet, b.PermissionSet), comparePointers(a.ProjectID, b.ProjectID))
	})
	return group
}

// comparePointers orders nil before every value.
func comparePointers[T cmp.Ordered](a, b *T) int {
	if a != nil && b != nil {
		return cmp.Compare(*a, *b)
	}
	switch {
	case a != nil:
		return 1
	case b != nil:
		return -1
	default:
		return 0
	}
}

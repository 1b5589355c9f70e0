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

// Group is a group of the account. A pointer is nil where the service returns
// null, "" or nothing.
type Group struct {
	rest.Gapped
	ID   int64
	Name *string
	// AssignByDefault says that new users are added to the group.
	AssignByDefault *bool
	// SCIMManaged says that an identity provider manages the membership.
	SCIMManaged *bool
	// MemberCount is the service's own count of active members.
	MemberCount *int64
	// SSOMappingGroups are names of groups of the identity provider, sorted.
	// It is never nil.
	SSOMappingGroups []string
	// Permissions are sorted by set and project. It is never nil.
	Permissions []Permission
}

// Permission is what members of a group may do, in one project or in all.
type Permission struct {
	// PermissionSet is the service's word, such as "job_viewer". New ones pass.
	PermissionSet *string
	// ProjectID is nil when AllProjects is true.
	ProjectID   *int64
	AllProjects *bool
	// WritableEnvironmentCategories are sorted. It is nil where the service
	// does not return them.
	WritableEnvironmentCategories []string
}

// wireGroup is GroupResponse, version 3.
type wireGroup struct {
	identified
	State            rest.Int                  `json:"state"`
	Name             rest.Text                 `json:"name"`
	AssignByDefault  rest.Bool                 `json:"assign_by_default"`
	SCIMManaged      rest.Bool                 `json:"scim_managed"`
	MemberCount      rest.Int                  `json:"member_count"`
	SSOMappingGroups rest.Strings              `json:"sso_mapping_groups"`
	Permissions      rest.List[wirePermission] `json:"group_permissions"`
}

// wirePermission is GroupPermission, version 3.
type wirePermission struct {
	PermissionSet                 rest.Text    `json:"permission_set"`
	ProjectID                     rest.Int     `json:"project_id"`
	AllProjects                   rest.Bool    `json:"all_projects"`
	State                         rest.Int     `json:"state"`
	WritableEnvironmentCategories rest.Strings `json:"writable_environment_categories"`
}

// Groups returns all groups of the account, sorted by id, without those that were
// deleted. The slice is shared
// by all callers and must not be changed. The error is a *rest.Error, or a
// *rest.IncompleteError when rows were missing.
//
// Operation List Groups, version 3.
func (c *Client) Groups(ctx context.Context) ([]Group, error) {
	return c.groups.Get(ctx, func(ctx context.Context) ([]Group, error) {
		rows, err := listAll[wireGroup](ctx, c, "dbt Cloud groups", c.path("v3", "groups"),
			url.Values{"order_by": {"id"}, "include_related": {"group_permissions"}})
		if err != nil {
			return nil, err
		}
		groups := make([]Group, 0, len(rows))
		for _, row := range rows {
			if !isDeleted(row.State) {
				groups = append(groups, row.group())
			}
		}
		slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.ID, b.ID) })
		return groups, nil
	})
}

// GroupMembers returns the users by the id of each group that they are in,
// sorted by id. The service has no endpoint for it: it is made from Users, with
// the same errors. A group without members is not in the map, which is shared by
// all callers and must not be changed.
func (c *Client) GroupMembers(ctx context.Context) (map[int64][]User, error) {
	return c.groupMembers.Get(ctx, func(ctx context.Context) (map[int64][]User, error) {
		users, err := c.Users(ctx)
		if err != nil {
			return nil, err
		}
		members := map[int64][]User{}
		for _, user := range users {
			for _, group := range user.Groups {
				if group.ID != nil {
					members[*group.ID] = append(members[*group.ID], user)
				}
			}
		}
		return members, nil
	})
}

func (g wireGroup) group() Group {
	group := Group{
		Gapped:           g.Gapped,
		ID:               *g.ID.Value,
		Name:             g.Name.Value,
		AssignByDefault:  g.AssignByDefault.Value,
		SCIMManaged:      g.SCIMManaged.Value,
		MemberCount:      g.MemberCount.Value,
		SSOMappingGroups: append([]string{}, g.SSOMappingGroups...),
		Permissions:      permissionsOf(g.Permissions),
	}
	slices.Sort(group.SSOMappingGroups)
	return group
}

// permissionsOf returns those that were not deleted, sorted by set and project.
func permissionsOf(rows []wirePermission) []Permission {
	permissions := []Permission{}
	for _, p := range rows {
		if isDeleted(p.State) {
			continue
		}
		slices.Sort(p.WritableEnvironmentCategories)
		permissions = append(permissions, Permission{
			PermissionSet:                 p.PermissionSet.Value,
			ProjectID:                     p.ProjectID.Value,
			AllProjects:                   p.AllProjects.Value,
			WritableEnvironmentCategories: p.WritableEnvironmentCategories,
		})
	}
	slices.SortStableFunc(permissions, func(a, b Permission) int {
		return cmp.Or(comparePointers(a.PermissionSet, b.PermissionSet), comparePointers(a.ProjectID, b.ProjectID))
	})
	return permissions
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

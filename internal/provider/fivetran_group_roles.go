// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranGroupRole is a group that a team gives to its members, with its name.
type fivetranGroupRole struct {
	fivetran.GroupRole
	name *string
}

var fivetranGroupRoleFields = table.Fields[fivetranGroupRole]{
	table.String("id", "Id of the group, which is also the id of its destination.", func(g fivetranGroupRole) *string { return &g.GroupID }),
	table.String("name", "Name of the group. Null if the key is not allowed to list groups.", func(g fivetranGroupRole) *string { return g.name }),
	table.String("role", "Role in the group, such as `View Destination`.", func(g fivetranGroupRole) *string { return g.Role }),
}

// withUnreadGroups adds what could not be read of groups to what could not be
// read of their team.
func withUnreadGroups(unread []string, groups []fivetranGroupRole) []string {
	for _, group := range groups {
		for _, gap := range group.Unread() {
			unread = append(unread, "group "+printable.Quote(group.GroupID)+" "+gap)
		}
	}
	return unread
}

// fivetranTeamGroups returns the groups of each team, sorted by name. It does
// without, or without names, if the key is not allowed to read them.
func fivetranTeamGroups(ctx context.Context, c *fivetran.Client, warn warnFunc) (map[string][]fivetranGroupRole, error) {
	roles, err := c.TeamGroups(ctx)
	if rest.Status(err) == http.StatusForbidden {
		warn("Unable to Read Groups of Fivetran Teams", "`groups` is null for all teams.\n\n"+fivetranService.explain(c, err))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	listed, err := c.Groups(ctx)
	if rest.Status(err) == http.StatusForbidden {
		warn("Unable to Read Fivetran Groups", "`name` is null for all groups.\n\n"+fivetranService.explain(c, err))
	} else if err != nil {
		return nil, err
	}
	names := make(map[string]*string, len(listed))
	for _, group := range listed {
		names[group.ID] = group.Name
	}
	groups := make(map[string][]fivetranGroupRole, len(roles))
	for team, ofTeam := range roles {
		named := make([]fivetranGroupRole, len(ofTeam))
		for i, role := range ofTeam {
			named[i] = fivetranGroupRole{role, names[role.GroupID]}
		}
		slices.SortFunc(named, func(a, b fivetranGroupRole) int {
			return cmp.Or(casefold.CompareNames(a.name, b.name), cmp.Compare(a.GroupID, b.GroupID))
		})
		groups[team] = named
	}
	return groups, nil
}

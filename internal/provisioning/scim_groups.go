// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"slices"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// SCIMGroups is the groups of one dbt Cloud account that its SCIM service
// manages. There is one for each process of the provider, and it is safe for
// concurrent use. The addresses of its Run are names of groups.
type SCIMGroups struct {
	*Run
	pauses
	lookup[scim.Group]

	client    *dbtcloud.SCIM
	users     *SCIMUsers
	refreshed rest.Lookups // by Group
}

// NewSCIMGroups returns the groups of the account that the users are of. It sends
// nothing.
func NewSCIMGroups(members *SCIMUsers) *SCIMGroups {
	run := NewRun()
	g := &SCIMGroups{
		Run: run, pauses: newPauses(), client: members.client, users: members,
		lookup: lookup[scim.Group]{run: run, filter: members.client.GroupsNamed, id: groupID},
	}
	g.directory.read = func(ctx context.Context, fresh bool) (namedList[scim.Group], error) {
		if fresh {
			g.client.Forget()
		}
		listed, err := g.client.Reader().Groups(ctx)
		return indexByName(listed, func(group scim.Group) *string { return group.DisplayName }), err
	}
	return g
}

// SCIMGroupResult is how an operation on a group ended.
type SCIMGroupResult struct {
	Case Case
	// Group is the group as the service shows it, with its members, and the zero
	// Group where the service does not show it.
	Group scim.Group
	// Differences are what was sent and came back otherwise. That of MemberIDs has
	// the members that lack or are left in Answered.
	Differences []Difference
}

func groupResult(result ResultOf[scim.Group], err error) (SCIMGroupResult, error) {
	return SCIMGroupResult{result.Case, result.User, result.Differences}, err
}

func groupID(group scim.Group) string { return group.ID }

// Group reads a group with its members for a refresh, from a listing that all
// share after a few single readings. The error is scim.NotFound only if the list
// of groups can be read too, and does not have the group.
func (g *SCIMGroups) Group(ctx context.Context, id string) (scim.Group, error) {
	if g.refreshed.Beyond() > 0 {
		all, err := g.client.Reader().GroupsWithMembers(ctx)
		i := slices.IndexFunc(all, func(group scim.Group) bool { return group.ID == id })
		// Where users and groups disagree, the group's own reply counts.
		if err == nil && i >= 0 && all[i].Members != nil && len(all[i].Doubts) == 0 {
			return all[i], nil
		}
	}
	return g.now(ctx, id)
}

// now reads a group past all lists, as the service shows it now.
func (g *SCIMGroups) now(ctx context.Context, id string) (scim.Group, error) {
	group, err := g.client.Group(ctx, id)
	if scim.NotFound(err) {
		listed, unread := g.client.Reader().Groups(ctx)
		err = proof("group", id, err, slices.ContainsFunc(listed, func(group scim.Group) bool { return group.ID == id }), unread)
	}
	return group, err
}

// MembersOf are the ids of a group's members that are users, or may be.
func MembersOf(group scim.Group) []string {
	ids := []string{}
	for _, member := range group.Members {
		if member.ID != "" && member.Type != scim.GroupMember {
			ids = append(ids, member.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// The other methods of collection.

func (*SCIMGroups) describe(group scim.Group) description {
	return description{group.ID, group.DisplayName, group.CreatedAt}
}

// ServiceTime is the client's.
func (g *SCIMGroups) ServiceTime(local time.Time) (time.Time, bool) {
	return g.client.ServiceTime(local)
}

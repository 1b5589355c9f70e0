// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Group is a destination with the connections that load into it. A pointer is
// nil where the service returns null, "" or nothing.
type Group struct {
	rest.Gapped
	ID   string
	Name *string
	// CreatedAt is a time as the service sent it.
	CreatedAt *string
}

// Groups returns all groups, sorted by name without case, then by id. A system
// key needs the scope DESTINATION:READ:
// https://fivetran.com/docs/rest-api/getting-started/system-keys
// They are listed once and shared; the slice must not be changed. The error is a
// *rest.Error, or a *rest.IncompleteError when the pages did not come to an end.
func (c *Client) Groups(ctx context.Context) ([]Group, error) {
	return c.groups.Get(ctx, func(ctx context.Context) ([]Group, error) {
		rows, err := listAll(ctx, "Fivetran groups", wireGroup.key, pagesOf[wireGroup](c, "groups"))
		if err != nil {
			return nil, err
		}
		groups := make([]Group, len(rows))
		for i, row := range rows {
			groups[i] = Group{Gapped: row.Gapped, ID: row.ID.String(), Name: row.Name.Value, CreatedAt: row.CreatedAt.Value}
		}
		slices.SortFunc(groups, func(a, b Group) int { return cmp.Or(casefold.CompareNames(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
		return groups, nil
	})
}

// GroupMembers returns the users of every group by the group's id, sorted by
// email address without case, then by id; a group without users has an empty
// slice. It costs a listing for each group, which has the email addresses too.
// They are listed once and shared until a user is changed; the map must not be
// changed. The errors are those of Groups.
func (c *Client) GroupMembers(ctx context.Context) (map[string][]Member, error) {
	return c.groupMembers.Get(ctx, func(ctx context.Context) (map[string][]Member, error) {
		return detailsOf(ctx, c.listedGroups(), c.members(InGroup, func(m wireMember) *string { return m.Email.Value }))
	})
}

type wireGroup struct {
	rest.Gapped
	ID        rest.Text `json:"id"`
	Name      rest.Text `json:"name"`
	CreatedAt rest.Time `json:"created_at"`
}

func (g wireGroup) key() string { return g.ID.String() }

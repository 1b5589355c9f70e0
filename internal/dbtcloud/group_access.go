// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"
	"maps"
	"unique"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// GroupAccess is what a group gives to its members.
type GroupAccess struct {
	rest.Gapped
	ID int64
	// Name is nil where the service returns null, "" or nothing.
	Name *string
	// Permissions are sorted by set and project. It is never nil.
	Permissions []Permission
}

// GroupAccess returns what the groups of users and of open invites give, by the
// id of the group. The service repeats it with every user, so that it costs no
// request beside Users. Only if it does not, it comes from Groups. The errors are
// those of Users and Groups.
func (c *Client) GroupAccess(ctx context.Context, invites []Invite) (map[int64]GroupAccess, error) {
	users, err := c.userList(ctx)
	if err != nil {
		return nil, err
	}
	repeated := maps.Clone(users.repeated)
	for _, invite := range invites {
		if !invite.Open() {
			continue
		}
		for _, id := range invite.GroupIDs {
			repeated.add(id, invite.groups[id])
		}
	}
	access := make(map[int64]GroupAccess, len(repeated))
	for id, group := range repeated {
		if !group.permissions.sent() {
			return c.listedAccess(ctx)
		}
		access[id] = group.access(id)
	}
	return access, nil
}

// listedAccess returns what the groups of the account give.
func (c *Client) listedAccess(ctx context.Context) (map[int64]GroupAccess, error) {
	groups, err := c.Groups(ctx)
	if err != nil {
		return nil, err
	}
	access := make(map[int64]GroupAccess, len(groups))
	for _, group := range groups {
		access[group.ID] = GroupAccess{Gapped: group.Gapped, ID: group.ID, Name: group.Name, Permissions: group.Permissions}
	}
	return access, nil
}

// repeatedGroups are the groups that rows of users or invites repeat, by id.
type repeatedGroups map[int64]repeatedGroup

// repeatedGroup is a group as it came with a user or an invite.
type repeatedGroup struct {
	name        *string
	permissions repeatedJSON
}

// add takes a group of a row, unless another row had it with permissions.
func (r repeatedGroups) add(id int64, group repeatedGroup) {
	if !r[id].permissions.sent() {
		r[id] = group
	}
}

// access reads the permissions.
func (g repeatedGroup) access(id int64) GroupAccess {
	var read struct {
		rest.Gapped
		Permissions rest.List[wirePermission] `json:"group_permissions"`
	}
	// What the reply's decoder has read is JSON.
	_ = rest.Unmarshal([]byte(`{"group_permissions":`+g.permissions.text.Value()+`}`), &read)
	return GroupAccess{Gapped: read.Gapped, ID: id, Name: g.name, Permissions: permissionsOf(read.Permissions)}
}

// repeatedJSON is a value that many rows of a list have alike. It is kept once,
// and not read before it is needed: it would be read for every row.
type repeatedJSON struct{ text unique.Handle[string] }

// UnmarshalJSONFrom keeps any value but null.
func (r *repeatedJSON) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	value, err := decoder.ReadValue()
	if err == nil && value.Kind() != 'n' {
		r.text = unique.Make(string(value))
	}
	return err
}

// sent reports whether the value was there.
func (r repeatedJSON) sent() bool { return r != repeatedJSON{} }

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"net/http"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

const coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group"

// What one request changes at most. An added member is a row of one operation's
// array: a thousand are about 100 kB, which no server refuses.
const (
	maxOperations = 100
	maxAdded      = 1000
)

// GroupDetails are a group as CreateGroup sends it.
type GroupDetails struct {
	DisplayName string
	// ExternalID is left out where nil.
	ExternalID *string
	// Members are sent with ID and Display. A request takes MaxNewMembers of them.
	Members []Member
}

// MaxNewMembers is how many members a new group may have. More are added later.
const MaxNewMembers = maxAdded

type groupBody struct {
	Schemas     []string     `json:"schemas"`
	DisplayName string       `json:"displayName"`
	ExternalID  *string      `json:"externalId,omitempty"`
	Members     []memberBody `json:"members,omitempty"`
}

// memberBody has a display, as dbt's document requires one.
type memberBody struct {
	Value   string `json:"value"`
	Display string `json:"display"`
}

func memberBodies(members []Member) []memberBody {
	bodies := make([]memberBody, len(members))
	for i, member := range members {
		bodies[i] = memberBody{Value: member.ID, Display: member.ID}
		if member.Display != nil {
			bodies[i].Display = *member.Display
		}
	}
	return bodies
}

func memberIDs(members []Member) []string {
	ids := make([]string, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}
	return ids
}

// Group reads one group, past all lists. The error for an id that does not exist
// is NotFound.
func (w *Writer) Group(ctx context.Context, id string) (Group, error) {
	row, err := readByID[groupRow](ctx, w.service, "Groups", id, nil)
	return row.group(), err
}

// GroupsNamed asks the service's filter for the groups of a displayName, as
// UsersNamed does for users.
func (w *Writer) GroupsNamed(ctx context.Context, displayName string) ([]Group, error) {
	rows, err := filtered[groupRow](ctx, w.service, "Groups", "displayName", displayName, excludeMembers)
	return convert(rows, groupRow.group), err
}

// CreateGroup creates a group with one POST, which is never retried once it may
// have been carried out. Names of groups need not be unique: look it up first.
func (w *Writer) CreateGroup(ctx context.Context, details GroupDetails, settle Settle[Group]) (Group, error) {
	return sendChange(ctx, w, rest.Change{
		Method: http.MethodPost, Path: "Groups",
		Body:   groupBody{[]string{coreGroup}, details.DisplayName, details.ExternalID, memberBodies(details.Members)},
		Target: rest.Target{Activity: rest.ActivityCreate, Kind: rest.GroupTarget, Name: details.DisplayName, Added: memberIDs(details.Members)},
	}, groupRow.group, settle)
}

// GroupChange is what UpdateGroup changes besides members. What is nil stays as
// it is; an ExternalID of "" takes it away.
type GroupChange struct {
	DisplayName, ExternalID *string
}

// UpdateGroup changes attributes of a group with one PATCH. A change that sets
// nothing sends nothing but a read. activity is what the change is.
func (w *Writer) UpdateGroup(ctx context.Context, group Group, change GroupChange, activity rest.Activity, settle Settle[Group]) (Group, error) {
	var operations []operation
	var fields []string
	if change.DisplayName != nil {
		operations = append(operations, operation{"replace", "displayName", *change.DisplayName})
		fields = append(fields, "display_name")
	}
	switch {
	case change.ExternalID == nil:
	case *change.ExternalID == "":
		operations = append(operations, operation{Op: "remove", Path: "externalId"})
		fields = append(fields, "external_id")
	default:
		operations = append(operations, operation{"replace", "externalId", *change.ExternalID})
		fields = append(fields, "external_id")
	}
	target := group.target(activity)
	target.Fields = fields
	return w.patchGroup(ctx, group, operations, target, settle)
}

// MemberChange is a difference of members.
type MemberChange struct {
	// Remove has ids.
	Remove []string
	// Add has members with ID and Display.
	Add []Member
}

// Empty reports whether there is nothing to change.
func (c MemberChange) Empty() bool { return len(c.Remove) == 0 && len(c.Add) == 0 }

// Next is as much of the change as one request takes, and what is left.
func (c MemberChange) Next() (now, left MemberChange) {
	removed := min(len(c.Remove), maxOperations)
	added := min(len(c.Add), maxAdded)
	if removed == maxOperations {
		added = 0
	}
	return MemberChange{c.Remove[:removed], c.Add[:added]}, MemberChange{c.Remove[removed:], c.Add[added:]}
}

// ChangeMembers removes and adds members with one PATCH; see Next. Removed ids
// must be members of the group and added ones must not: some servers refuse the
// first and keep the second twice. activity is what the change is.
func (w *Writer) ChangeMembers(ctx context.Context, group Group, change MemberChange, activity rest.Activity, settle Settle[Group]) (Group, error) {
	var operations []operation
	for _, id := range change.Remove {
		operations = append(operations, operation{Op: "remove", Path: "members[" + equals("value", id) + "]"})
	}
	if len(change.Add) > 0 {
		operations = append(operations, operation{"add", "members", memberBodies(change.Add)})
	}
	target := group.target(activity)
	target.Fields = []string{"member_ids"}
	target.Added, target.Removed = memberIDs(change.Add), slices.Clone(change.Remove)
	return w.patchGroup(ctx, group, operations, target, settle)
}

// patchGroup sends operations on a group.
func (w *Writer) patchGroup(ctx context.Context, group Group, operations []operation, target rest.Target, settle Settle[Group]) (Group, error) {
	path, err := onePath("Groups", group.ID)
	if err != nil {
		return Group{}, err
	}
	if len(operations) == 0 {
		return w.Group(ctx, group.ID)
	}
	return sendChange(ctx, w, rest.Change{
		Method: http.MethodPatch, Path: path, Body: newPatch(operations...), IfMatch: group.Version, Target: target,
	}, groupRow.group, settle)
}

// DeleteGroup removes a group. A 404 means that it was gone already, and is
// recorded as a success.
func (w *Writer) DeleteGroup(ctx context.Context, group Group, settle Settle[Group]) error {
	path, err := onePath("Groups", group.ID)
	if err != nil {
		return err
	}
	_, err = sendChange(ctx, w, rest.Change{
		Method: http.MethodDelete, Path: path, IfMatch: group.Version, Target: group.target(rest.ActivityDelete),
	}, groupRow.group, settle)
	return err
}

// target is the group as a record names it.
func (g Group) target(activity rest.Activity) rest.Target {
	target := rest.Target{Activity: activity, Kind: rest.GroupTarget, ID: g.ID}
	if g.DisplayName != nil {
		target.Name = *g.DisplayName
	}
	return target
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// SCIMGroupDetails are what is wanted of a group.
type SCIMGroupDetails struct {
	DisplayName string
	// ExternalID is left as it is where nil, and taken away where "".
	ExternalID *string
	// MemberIDs are left as they are where nil. An empty list is no members.
	MemberIDs []string
}

// Missing are the changes that bring a group to what is wanted, except those of
// members: see MembersOf.
func (d SCIMGroupDetails) Missing(group scim.Group) []FieldChange {
	var changes []FieldChange
	if shown := orEmpty(group.DisplayName); !SameValue(DisplayName, d.DisplayName, shown) {
		changes = append(changes, FieldChange{DisplayName, shown, d.DisplayName})
	}
	if shown := orEmpty(group.ExternalID); d.ExternalID != nil && *d.ExternalID != shown {
		changes = append(changes, FieldChange{ExternalID, shown, *d.ExternalID})
	}
	return changes
}

func scimGroupValue(group scim.Group, field string) string {
	if field == ExternalID {
		return orEmpty(group.ExternalID)
	}
	return orEmpty(group.DisplayName)
}

// Create creates a group with its members, after a lookup, and reads it back. The
// result is Created, or AlreadyThere where a group has the name, without case. With an
// error it is Refused, Unsent, Uncertain or NotKept, or Created where the group is
// there and its members could not be added. The error may be an
// *UnknownMembersError, a *SeveralError or an *UnlicensedError.
func (g *SCIMGroups) Create(ctx context.Context, wanted SCIMGroupDetails) (SCIMGroupResult, error) {
	unlock, err := g.locks.lock(ctx, casefold.Fold(wanted.DisplayName))
	if err != nil {
		return SCIMGroupResult{Case: Unsent}, err
	}
	defer unlock()
	group, there, err := g.there(ctx, wanted.DisplayName)
	switch {
	case err != nil:
		return SCIMGroupResult{Case: Unsent}, err
	case there:
		return SCIMGroupResult{Case: AlreadyThere, Group: group}, nil
	}
	members, err := g.members(ctx, wanted.MemberIDs)
	if err != nil {
		return SCIMGroupResult{Case: Unsent}, err
	}
	details := scim.GroupDetails{DisplayName: wanted.DisplayName, Members: members[:min(len(members), scim.MaxNewMembers)]}
	if orEmpty(wanted.ExternalID) != "" {
		details.ExternalID = wanted.ExternalID
	}
	c := beginCreation(ctx, g, wanted.DisplayName)
	c.noun, c.keyNoun, c.once = "group", "name", true
	c.verify = func(created scim.Group) *pendingChange[scim.Group] {
		return g.changing(ctx, scim.Group{ID: created.ID}, wanted.Missing(scim.Group{}))
	}
	_, err = g.client.CreateGroup(ctx, details, c.settle)
	if c.result.Case != Created {
		return groupResult(failed(c.result, err), g.explainMembers(details.Members, err))
	}
	g.take(c.result.User.ID)
	if wanted.MemberIDs == nil {
		return groupResult(c.result, err)
	}
	// Those beyond the first request, and all where the service loses new members.
	result, err := g.bringMembers(ctx, c.result.User, members, rest.ActivityUpdate)
	result.Case, result.Differences = Created, append(c.result.Differences, result.Differences...)
	return groupResult(result, err)
}

// there returns the group that has a name now. A listing may be older than what
// this run did.
func (g *SCIMGroups) there(ctx context.Context, name string) (scim.Group, bool, error) {
	group, ok, err := g.Find(ctx, name)
	if err != nil || !ok {
		return group, false, err
	}
	group, err = g.now(ctx, group.ID)
	if scim.NotFound(err) {
		return group, false, nil
	}
	// It may have been renamed meanwhile.
	return group, err == nil && casefold.Same(orEmpty(group.DisplayName), name), err
}

// Adopt takes a group that is in the account, and brings it to what is wanted. The
// result is Adopted, or Gone where there is no such group any more or it has
// another name, or Taken, or with an error as that of Update.
func (g *SCIMGroups) Adopt(ctx context.Context, id string, wanted SCIMGroupDetails) (SCIMGroupResult, error) {
	unlock, err := g.locks.lock(ctx, id)
	if err != nil {
		return SCIMGroupResult{Case: Unsent}, err
	}
	defer unlock()
	if g.Mine(id) {
		return SCIMGroupResult{Case: Taken, Group: scim.Group{ID: id}}, nil
	}
	group, err := g.now(ctx, id)
	switch {
	case scim.NotFound(err), err == nil && !casefold.Same(orEmpty(group.DisplayName), wanted.DisplayName):
		return SCIMGroupResult{Case: Gone}, nil
	case err != nil:
		return SCIMGroupResult{Case: Unsent}, err
	}
	result, err := g.bring(ctx, group, wanted, rest.ActivityAdopt)
	if err == nil {
		g.take(id)
		result.Case = Adopted
	}
	return groupResult(result, err)
}

// Update brings a group to what is wanted: its name and external id with one
// request, and its members. It sends nothing where the group is so already. The
// result is Changed, with what came back otherwise than it was sent, or Gone where
// there is no such group any more, or with an error Refused, Unsent, Uncertain or
// NotKept. After an error, what was sent before may be changed: Group is what the
// service shows. The error may be an *UnknownMembersError, a *SeveralError for a
// name that another group has, or an *UnlicensedError.
func (g *SCIMGroups) Update(ctx context.Context, id string, wanted SCIMGroupDetails) (SCIMGroupResult, error) {
	unlock, err := g.locks.lock(ctx, id)
	if err != nil {
		return SCIMGroupResult{Case: Unsent}, err
	}
	defer unlock()
	group, err := g.now(ctx, id)
	switch {
	case scim.NotFound(err):
		return SCIMGroupResult{Case: Gone}, nil
	case err != nil:
		return SCIMGroupResult{Case: Unsent}, err
	}
	return groupResult(g.bring(ctx, group, wanted, rest.ActivityUpdate))
}

// bring sends what is missing.
func (g *SCIMGroups) bring(ctx context.Context, group scim.Group, wanted SCIMGroupDetails, activity rest.Activity) (ResultOf[scim.Group], error) {
	result := ResultOf[scim.Group]{Case: Unsent, User: group}
	members, err := g.members(ctx, wanted.MemberIDs)
	if err != nil {
		return result, err
	}
	if err := g.free(ctx, group, wanted.DisplayName); err != nil {
		return result, err
	}
	result.Case = Changed
	if changes := wanted.Missing(group); len(changes) > 0 {
		var patch scim.GroupChange
		for _, change := range changes {
			if change.Field == DisplayName {
				patch.DisplayName = &change.To
			} else {
				patch.ExternalID = &change.To
			}
		}
		pending := g.changing(ctx, group, changes)
		_, err := g.client.UpdateGroup(ctx, group, patch, activity, pending.settle)
		if result = pending.result; err != nil {
			return failed(result, err), err
		}
	}
	if wanted.MemberIDs == nil {
		return result, nil
	}
	after, err := g.bringMembers(ctx, result.User, members, activity)
	after.Differences = append(result.Differences, after.Differences...)
	return after, err
}

// free returns a *SeveralError if another group has the name that a group is to
// get.
func (g *SCIMGroups) free(ctx context.Context, group scim.Group, name string) error {
	if casefold.Same(orEmpty(group.DisplayName), name) {
		return nil
	}
	other, ok, err := g.there(ctx, name)
	if err == nil && ok && other.ID != group.ID {
		return &SeveralError{Name: name, IDs: []string{other.ID, group.ID}}
	}
	return err
}

// changing is a change of attributes that begins now.
func (g *SCIMGroups) changing(ctx context.Context, before scim.Group, changes []FieldChange) *pendingChange[scim.Group] {
	return g.sending(ctx, before, len(changes), func(after scim.Group) []Difference {
		return differing(changes, func(field string) string { return scimGroupValue(after, field) })
	})
}

// sending is a change of a group that begins now.
func (g *SCIMGroups) sending(ctx context.Context, before scim.Group, fields int, compare func(scim.Group) []Difference) *pendingChange[scim.Group] {
	return beginChange(ctx, pendingChange[scim.Group]{
		pauses: g.pauses, noun: "group", before: before, unread: before, fields: fields, verify: true, missing: scim.NotFound,
		id:      groupID,
		read:    func(ctx context.Context) (scim.Group, error) { return g.client.Group(ctx, before.ID) },
		compare: func(_ context.Context, after scim.Group) []Difference { return compare(after) },
	})
}

// Remove deletes a group. The result is Removed, Gone where there was no such group
// any more, Kept where this run created or adopted it, or with an error Refused,
// Unsent, Uncertain or NotKept.
func (g *SCIMGroups) Remove(ctx context.Context, id string) (SCIMGroupResult, error) {
	unlock, err := g.locks.lock(ctx, id)
	if err != nil {
		return SCIMGroupResult{Case: Unsent}, err
	}
	defer unlock()
	if g.Mine(id) {
		return SCIMGroupResult{Case: Kept}, nil
	}
	group, err := g.now(ctx, id)
	switch {
	case scim.NotFound(err):
		g.removed(id)
		return SCIMGroupResult{Case: Gone}, nil
	case err != nil:
		return SCIMGroupResult{Case: Unsent}, err
	}
	r := beginRemoval(ctx, g.pauses, group, func(ctx context.Context, _ bool) (bool, error) {
		_, err := g.client.Group(ctx, id)
		return scim.NotFound(err), err
	})
	r.verify, r.missing = true, isStatusNotFound
	if err := g.client.DeleteGroup(ctx, group, r.settle); err != nil {
		return groupResult(failed(r.result, err), err)
	}
	g.removed(id)
	return groupResult(r.result, nil)
}

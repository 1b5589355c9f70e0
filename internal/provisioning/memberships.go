// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Memberships is the memberships in the teams and groups of one Fivetran
// account. There is one for each process of the provider, and it is safe for
// concurrent use. Its Run knows each by the text of MembershipID.
type Memberships struct {
	*Run

	users  *Fivetran
	client *fivetran.Client
}

// NewMemberships returns the memberships of users. It sends nothing.
func NewMemberships(users *Fivetran) *Memberships {
	return &Memberships{Run: NewRun(), users: users, client: users.client}
}

// MembershipID is a membership in one text, for messages and for Run.
func MembershipID(key fivetran.MembershipKey) string {
	return string(key.In) + "/" + key.ID + "/" + key.UserID
}

// MembershipResult is how an operation on a membership ended.
type MembershipResult struct {
	// Case is Added, Adopted, Changed, Removed, Gone or Kept, or Refused, Unsent or
	// Uncertain with an error.
	Case Case
	// Membership is as the service shows it, or as it was before where the service
	// does not.
	Membership fivetran.Membership
}

// Add makes a user a member with a role. The result is Added, or Adopted for a
// user who was a member, and has the role now.
func (m *Memberships) Add(ctx context.Context, key fivetran.MembershipKey, role string) (MembershipResult, error) {
	unlock, err := m.locks.lock(ctx, MembershipID(key))
	if err != nil {
		return MembershipResult{Case: Unsent}, err
	}
	defer unlock()
	p := m.pending(ctx, fivetran.Membership{MembershipKey: key}, Added, &role)
	err = p.run(func() error {
		_, err := m.client.AddMember(ctx, key, role, p.settle)
		return err
	})
	if err != nil {
		return p.result, err
	}
	m.take(MembershipID(key))
	if p.result.Case != Adopted || m.users.SameRole(ctx, role, orEmpty(p.result.Membership.Role)) {
		return p.result, nil
	}
	result, err := m.change(ctx, rest.ActivityAdopt, p.result.Membership, role)
	if err == nil {
		result.Case = Adopted
	}
	return result, err
}

// ChangeRole gives a member another role. The result is Changed.
func (m *Memberships) ChangeRole(ctx context.Context, before fivetran.Membership, role string) (MembershipResult, error) {
	unlock, err := m.locks.lock(ctx, MembershipID(before.MembershipKey))
	if err != nil {
		return MembershipResult{Case: Unsent, Membership: before}, err
	}
	defer unlock()
	return m.change(ctx, rest.ActivityChangeRole, before, role)
}

func (m *Memberships) change(ctx context.Context, activity rest.Activity, before fivetran.Membership, role string) (MembershipResult, error) {
	p := m.pending(ctx, before, Changed, &role)
	err := p.run(func() error {
		_, err := m.client.ChangeMember(ctx, activity, before, role, p.settle)
		return err
	})
	return p.result, err
}

// Remove ends a membership. The result is Removed, Gone where there was none
// any more, or the user, team or group is gone, or Kept where this run made or
// adopted it.
func (m *Memberships) Remove(ctx context.Context, before fivetran.Membership) (MembershipResult, error) {
	id := MembershipID(before.MembershipKey)
	unlock, err := m.locks.lock(ctx, id)
	if err != nil {
		return MembershipResult{Case: Unsent, Membership: before}, err
	}
	defer unlock()
	if m.Mine(id) {
		return MembershipResult{Case: Kept, Membership: before}, nil
	}
	p := m.pending(ctx, before, Removed, nil)
	err = p.run(func() error { return m.client.RemoveMember(ctx, before, p.settle) })
	return p.result, err
}

// Membership returns a membership, at a price that does not grow with their number:
// from the list of the team's or group's members, unless that does not say it for
// certain. The role is the one that is known so far, "" for none. The error for a
// membership that does not exist is NotFound.
func (m *Memberships) Membership(ctx context.Context, key fivetran.MembershipKey, role string) (fivetran.Membership, error) {
	membership, listed, err := m.client.SharedMembership(ctx, key)
	switch {
	case fivetran.NotFound(err), err == nil && (!listed || !m.certain(ctx, membership, role)):
		return m.client.Membership(ctx, key)
	default:
		return membership, err
	}
}

// certain reports whether a listed role is the one in the team or group. In the
// list of a group's users it may be the role in the account: then it is no role
// of a destination.
func (m *Memberships) certain(ctx context.Context, listed fivetran.Membership, known string) bool {
	shown := orEmpty(listed.Role)
	if listed.In == fivetran.InTeam || shown != "" && m.users.SameRole(ctx, known, shown) {
		return true
	}
	roles, _ := m.client.Roles(ctx) // Without the list, no role is known.
	return slices.ContainsFunc(roles, func(role fivetran.Role) bool {
		return role.Name == shown && slices.Contains(role.Scopes, fivetran.DestinationScope) && !slices.Contains(role.Scopes, fivetran.AccountScope)
	})
}

// Applying reports whether this run has added users or members. A plan looks
// nothing up any more then: the plan before has said what there is to say, and
// what is shared would be read again after each change.
func (m *Memberships) Applying() bool { return m.Invited() > 0 || m.users.Invited() > 0 }

// Find looks a membership up for a plan.
func (m *Memberships) Find(ctx context.Context, key fivetran.MembershipKey) (membership fivetran.Membership, found bool, err error) {
	membership, found, err = m.client.SharedMembership(ctx, key)
	if found && !m.certain(ctx, membership, "") {
		membership, err = m.client.Membership(ctx, key)
	}
	if fivetran.NotFound(err) {
		return membership, false, nil
	}
	return membership, found, err
}

// All returns all memberships in teams or in groups, each with the role in it.
func (m *Memberships) All(ctx context.Context, in fivetran.Collection) ([]fivetran.Membership, error) {
	all, err := m.client.AllMemberships(ctx, in)
	if err != nil {
		return nil, err
	}
	sure := slices.Clone(all)
	err = rest.Each(ctx, len(sure), func(ctx context.Context, i int) error {
		if m.certain(ctx, sure[i], "") {
			return nil
		}
		membership, err := m.client.Membership(ctx, sure[i].MembershipKey)
		if err == nil {
			sure[i] = membership
		} else if !fivetran.NotFound(err) {
			return err
		}
		return nil
	})
	return sure, err
}

// LastManager reports whether a membership is that of the only Team Manager in
// a team, of those whose memberships the plan does not end.
func (m *Memberships) LastManager(ctx context.Context, key fivetran.MembershipKey) (bool, error) {
	if key.In != fivetran.InTeam {
		return false, nil
	}
	members, err := m.client.Memberships(ctx, key.In, key.ID)
	if err != nil {
		return false, err
	}
	manages := false
	for _, member := range members {
		switch {
		case orEmpty(member.Role) != fivetran.TeamManager:
		case member.UserID == key.UserID:
			manages = true
		case !m.leaves(MembershipID(member.MembershipKey)):
			return false, nil
		}
	}
	return manages, nil
}

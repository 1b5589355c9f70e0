// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Membership is a user in a team or group. A pointer is nil where the service
// returns null, "" or nothing.
type Membership struct {
	rest.Gapped
	MembershipKey
	// Role is the role in the team or group.
	Role *string
	// CreatedAt is a time as the service sent it.
	CreatedAt *string
}

// MembershipKey is what a membership is known by: it has no id of its own.
type MembershipKey struct {
	In Collection
	// ID is the id of the team or group.
	ID     string
	UserID string
}

// Collection is what users are members of.
type Collection string

// The collections.
const (
	InTeam  Collection = "teams"
	InGroup Collection = "groups"
)

// membershipAPI is how the service has the memberships of a collection.
type membershipAPI struct {
	// noun is what the service calls what users are members of.
	noun string
	// all is the path that a new membership is posted to, and one that of a
	// membership.
	all, one func(MembershipKey) string
	// body is what is posted.
	body func(key MembershipKey, role string) any
	// named is the membership that a reply to a request about another one names.
	named func(asked MembershipKey, reply wireMembership) MembershipKey
	// repliesToChange says that the reply to a change of role has the membership.
	repliesToChange bool
}

var membershipAPIs = map[Collection]membershipAPI{InTeam: teamMemberships, InGroup: groupMemberships}

// SettleMembership is Settle for a membership.
type SettleMembership func(ctx context.Context, membership Membership, outcome rest.Outcome) (Membership, rest.Outcome)

// Membership reads one membership. The error is NotFound if there is no such
// user, team or group, or the user is no member.
func (c *Client) Membership(ctx context.Context, key MembershipKey) (Membership, error) {
	if err := key.check(); err != nil {
		return Membership{}, err
	}
	api := membershipAPIs[key.In]
	var reply envelope[wireMembership]
	if err := c.rest.Get(ctx, api.one(key), nil, &reply); err != nil {
		return Membership{}, err
	}
	return reply.Data.membership(api, key), nil
}

// SharedMembership finds a membership in the list of the team's or group's
// members, which is read once and shared until a write. In a group, Role is what
// Member says. It returns false for a user who is not in the list: only
// Membership proves that the user is no member.
func (c *Client) SharedMembership(ctx context.Context, key MembershipKey) (membership Membership, listed bool, err error) {
	if err := key.check(); err != nil {
		return Membership{}, false, err
	}
	list, err := c.memberList(ctx, key.In, key.ID)
	if err != nil {
		return Membership{}, false, err
	}
	i, ok := list.byUser[key.UserID]
	if !ok {
		return Membership{}, false, nil
	}
	row := list.rows[i]
	return Membership{Gapped: row.Gapped, MembershipKey: key, Role: row.Role.Value}, true, nil
}

// Memberships returns the memberships in one team or group, in the order of the
// service, read as for SharedMembership.
func (c *Client) Memberships(ctx context.Context, in Collection, id string) ([]Membership, error) {
	list, err := c.memberList(ctx, in, id)
	if err != nil {
		return nil, err
	}
	memberships := make([]Membership, len(list.rows))
	for i, row := range list.rows {
		memberships[i] = Membership{Gapped: row.Gapped, MembershipKey: MembershipKey{in, id, row.key()}, Role: row.Role.Value}
	}
	return memberships, nil
}

// AllMemberships returns the memberships in all teams or all groups, sorted by
// the id of the team or group, then by that of the user. It costs a listing for
// each team or group. The errors are those of Teams and Groups.
func (c *Client) AllMemberships(ctx context.Context, in Collection) ([]Membership, error) {
	parents := c.listedTeams()
	if in == InGroup {
		parents = c.listedGroups()
	}
	lists, err := detailsOf(ctx, parents, func(ctx context.Context, id string) ([]Membership, error) { return c.Memberships(ctx, in, id) })
	if err != nil {
		return nil, err
	}
	var all []Membership
	for _, list := range lists {
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b Membership) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.UserID, b.UserID)) })
	return all, nil
}

// AddMember makes a user a member, with one POST. A system key needs the scope
// TEAM:MANAGE, or DESTINATION:MANAGE for a group. settle may be nil.
func (c *Client) AddMember(ctx context.Context, key MembershipKey, role string, settle SettleMembership) (Membership, error) {
	api := membershipAPIs[key.In]
	target := key.target(rest.ActivityAddMember)
	target.Role = &role
	return c.sendMembership(ctx, key, rest.Change{Method: http.MethodPost, Path: api.all(key), Body: api.body(key, role), Target: target}, true, settle)
}

// ChangeMember gives a member another role. The activity is ChangeRole, or
// Adopt for a member who was there before. The Membership is the zero one for a
// group: the reply does not have it. settle may be nil.
func (c *Client) ChangeMember(ctx context.Context, activity rest.Activity, before Membership, role string, settle SettleMembership) (Membership, error) {
	key := before.MembershipKey
	api := membershipAPIs[key.In]
	target := key.target(activity)
	target.Role, target.RoleBefore, target.Fields = &role, new(orEmpty(before.Role)), []string{"role"}
	body := struct {
		Role string `json:"role"`
	}{role}
	return c.sendMembership(ctx, key, rest.Change{Method: http.MethodPatch, Path: api.one(key), Body: body, Target: target}, api.repliesToChange, settle)
}

// RemoveMember ends a membership. The error for one that has ended already, as
// those of a deleted user, team or group have, is NotFound, which is recorded as
// a success. settle may be nil.
func (c *Client) RemoveMember(ctx context.Context, before Membership, settle SettleMembership) error {
	key := before.MembershipKey
	target := key.target(rest.ActivityRemoveMember)
	target.RoleBefore = before.Role
	_, err := c.sendMembership(ctx, key, rest.Change{Method: http.MethodDelete, Path: membershipAPIs[key.In].one(key), Target: target}, false,
		func(ctx context.Context, membership Membership, outcome rest.Outcome) (Membership, rest.Outcome) {
			if NotFound(outcome.Err) {
				outcome.Result, outcome.Detail = rest.ResultSuccess, "the membership was gone already"
			}
			if settle != nil {
				return settle(ctx, membership, outcome)
			}
			return membership, outcome
		})
	return err
}

// sendMembership carries out a change, and drops the lists that show it before
// it is settled.
func (c *Client) sendMembership(ctx context.Context, key MembershipKey, change rest.Change, replies bool, settle SettleMembership) (Membership, error) {
	if err := key.check(); err != nil {
		return Membership{}, err
	}
	var membership Membership
	var reply envelope[wireMembership]
	var into any
	if replies {
		into = &reply
	}
	change.Settle = func(ctx context.Context, outcome rest.Outcome) rest.Outcome {
		if outcome.Result != rest.ResultFailure || NotFound(outcome.Err) {
			c.forgetMembers(key)
		}
		if outcome.Err == nil && replies {
			membership = reply.Data.membership(membershipAPIs[key.In], key)
		}
		if settle != nil {
			membership, outcome = settle(ctx, membership, outcome)
		}
		return outcome
	}
	err := c.rest.Send(ctx, change, into)
	return membership, err
}

func (c *Client) forgetMembers(key MembershipKey) {
	c.memberLists.drop(key.In, key.ID)
	if key.In == InTeam {
		c.teamMembers.Drop()
	} else {
		c.groupMembers.Drop()
		c.userGroups.Drop()
	}
}

var errIncompleteKey = errors.New("a membership needs the id of a user, and of a team or group")

// check refuses ids that would make the path of something else.
func (k MembershipKey) check() error {
	if k.ID == "" || k.UserID == "" {
		return errIncompleteKey
	}
	return nil
}

// target is the membership as a record names it.
func (k MembershipKey) target(activity rest.Activity) rest.Target {
	return rest.Target{Activity: activity, ID: k.UserID, Group: &rest.Group{ID: k.ID, Type: membershipAPIs[k.In].noun}}
}

// wireMembership is a membership in a team, which names the user, or one in a
// group, whose id is that of the group.
type wireMembership struct {
	rest.Gapped
	UserID    rest.Text `json:"user_id"`
	ID        rest.Text `json:"id"`
	Role      rest.Text `json:"role"`
	CreatedAt rest.Time `json:"created_at"`
}

func (m wireMembership) check() error {
	if cmp.Or(m.UserID.String(), m.ID.String()) == "" {
		return errors.New("the reply names neither a user nor a group")
	}
	return nil
}

func (m wireMembership) membership(api membershipAPI, asked MembershipKey) Membership {
	return Membership{Gapped: m.Gapped, MembershipKey: api.named(asked, m), Role: m.Role.Value, CreatedAt: m.CreatedAt.Value}
}

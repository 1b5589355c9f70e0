// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// UnknownMembersError says that members that are wanted are no users of the
// account.
type UnknownMembersError struct{ IDs []string }

func (e *UnknownMembersError) Error() string {
	return fmt.Sprintf("no user has the id %s", strings.Join(e.IDs, ", "))
}

// UnlicensedError says that a user has no license on the account, as one has who
// was invited and has not accepted yet, or is deactivated. The service says not
// who.
type UnlicensedError struct {
	// Added are the members that were to be added, and Inactive those of them that
	// the service lists as deactivated.
	Added, Inactive []string
	// Err is the refusal.
	Err error
}

func (e *UnlicensedError) Error() string { return e.Err.Error() }

// Unwrap returns the refusal.
func (e *UnlicensedError) Unwrap() error { return e.Err }

// explainMembers recognizes the refusal of members without a license: "All users
// must have licenses on the account".
func (g *SCIMGroups) explainMembers(added []scim.Member, err error) error {
	if err == nil || len(added) == 0 || !strings.Contains(strings.ToLower(err.Error()), "must have licenses") {
		return err
	}
	unlicensed := &UnlicensedError{Err: err}
	listing, _, _ := g.users.directory.before()
	inactive := map[string]bool{}
	for _, user := range listing.all {
		inactive[user.ID] = Inactive(user)
	}
	for _, member := range added {
		unlicensed.Added = append(unlicensed.Added, orEmpty(member.Display))
		if inactive[member.ID] {
			unlicensed.Inactive = append(unlicensed.Inactive, orEmpty(member.Display))
		}
	}
	return unlicensed
}

// members are ids as members, once each, with the names that the service wants to
// see. The error is an *UnknownMembersError, or what the client returns.
func (g *SCIMGroups) members(ctx context.Context, ids []string) ([]scim.Member, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var unknown []string
	// The second listing has those whom this run created meanwhile.
	for _, moment := range []time.Time{{}, time.Now()} {
		listing, err := g.users.directory.since(ctx, moment)
		if err != nil {
			return nil, err
		}
		names := make(map[string]*string, len(listing.all))
		for _, user := range listing.all {
			names[user.ID] = user.UserName
		}
		members := make([]scim.Member, 0, len(ids))
		unknown = nil
		for _, id := range ids {
			name, ok := names[id]
			if !ok {
				unknown = append(unknown, id)
			}
			members = append(members, scim.Member{ID: id, Display: name})
		}
		if len(unknown) == 0 {
			return members, nil
		}
	}
	return nil, &UnknownMembersError{unknown}
}

// memberChange is the difference between the members of a group and those that
// are wanted.
func memberChange(group scim.Group, wanted []scim.Member) scim.MemberChange {
	there := MembersOf(group)
	has := make(map[string]bool, len(there))
	for _, id := range there {
		has[id] = true
	}
	wants := make(map[string]bool, len(wanted))
	var change scim.MemberChange
	for _, member := range wanted {
		wants[member.ID] = true
		if !has[member.ID] {
			change.Add = append(change.Add, member)
		}
	}
	for _, id := range there {
		if !wants[id] {
			change.Remove = append(change.Remove, id)
		}
	}
	return change
}

// bringMembers brings the members of a group to those that are wanted, as few
// requests as there can be, and ends where the service does not keep one.
func (g *SCIMGroups) bringMembers(ctx context.Context, group scim.Group, wanted []scim.Member, activity rest.Activity) (ResultOf[scim.Group], error) {
	result := ResultOf[scim.Group]{Case: Changed, User: group}
	left := memberChange(group, wanted)
	for !left.Empty() && len(result.Differences) == 0 {
		now, later := left.Next()
		pending := g.sending(ctx, result.User, 1, func(after scim.Group) []Difference { return unkept(now, after) })
		_, err := g.client.ChangeMembers(ctx, result.User, now, activity, pending.settle)
		if result = pending.result; err != nil {
			return failed(result, err), g.explainMembers(now.Add, err)
		}
		left = later
	}
	return result, nil
}

// unkept is what the service did not keep of a change of members, as one
// difference.
func unkept(change scim.MemberChange, after scim.Group) []Difference {
	has := map[string]bool{}
	for _, id := range MembersOf(after) {
		has[id] = true
	}
	var wrong []string
	for _, member := range change.Add {
		if !has[member.ID] {
			wrong = append(wrong, "without "+member.ID)
		}
	}
	for _, id := range change.Remove {
		if has[id] {
			wrong = append(wrong, "with "+id)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return []Difference{{Field: MemberIDs, Answered: strings.Join(wrong, ", ")}}
}

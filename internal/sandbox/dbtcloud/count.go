// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

// count brings what the Administrative API derives from users up to date: its
// list of users, the members of groups, and the seats.
func (a *Account) count() {
	a.listed = nil
	members, used := map[int64]int{}, map[string]int{}
	for _, user := range a.users {
		if a.lists(user) {
			a.listed = append(a.listed, user)
		}
		if license, ok := user.license(); ok && license.State == 1 {
			used[license.LicenseType]++
		}
		if p := user.permission(); p != nil && user.IsActive && p.State == 1 {
			for _, id := range p.groupIDs {
				members[id]++
			}
		}
	}
	for _, group := range a.groups {
		group.MemberCount = members[group.ID]
	}
	a.seats = map[string]wireSeats{}
	for license, total := range a.bought {
		inUse := used[license]
		a.seats[license] = wireSeats{
			Limited: true, OverLimit: inUse > total, Total: total, InUse: inUse, Assigned: inUse,
			Available: max(0, total-inUse), EnterprisePlan: true,
		}
	}
}

// lists reports whether the Administrative API shows a user.
func (a *Account) lists(user *wireUser) bool {
	return !user.scim.deleted && !user.scim.pending && (user.active() || !a.behavior.HideDeactivated)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"cmp"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func (s Sources) rudderstack(aliases Aliases) []account {
	nesting := &rudderstackNesting{s.RudderStackNesting, map[string][]scim.GroupRef{}}
	accounts := make([]account, len(s.RudderStackUsers))
	for i := range s.RudderStackUsers {
		user := &s.RudderStackUsers[i]
		address := user.Email
		email := personAddress(aliases, user.Email)
		if email == "" {
			if email = personAddress(aliases, user.UserName); email != "" {
				address = user.UserName
			}
		}
		name := user.DisplayName
		if name == nil {
			name = cmp.Or(fullName(user.GivenName, user.FamilyName), user.UserName)
		}
		accounts[i] = account{
			email:     email,
			status:    user.Status(),
			Unmatched: Unmatched{System: RudderStack, ID: user.ID, Name: name, Email: address},
			holder:    rudderstackUser{user, nesting},
		}
	}
	return accounts
}

// rudderstackUser is a SCIM user of the organization.
type rudderstackUser struct {
	*scim.User
	nesting *rudderstackNesting
}

func (u rudderstackUser) show(p *Person) {
	p.name(u.DisplayName)
	p.RudderStack = &RudderStackAccount{ID: u.ID, Status: u.Status(), ExternalID: u.ExternalID, CreatedAt: u.CreatedAt}
	if u.Groups == nil {
		return
	}
	p.RudderStack.Groups = groupNames(u.Groups)
	if u.nesting.Nesting != nil {
		p.RudderStack.AllGroups = groupNames(u.allGroups())
	}
}

// allGroups returns each group once that the user is in, directly or through
// groups in it, sorted by name without case, then id.
func (u rudderstackUser) allGroups() []scim.GroupRef {
	all := u.Groups
	seen := map[string]bool{}
	for _, group := range u.Groups {
		seen[group.ID] = true
	}
	for _, group := range u.Groups {
		for _, above := range u.nesting.above(group.ID) {
			if !seen[above.ID] {
				seen[above.ID] = true
				all = append(all[:len(all):len(all)], above)
			}
		}
	}
	if len(all) > len(u.Groups) {
		slices.SortFunc(all, func(a, b scim.GroupRef) int {
			return cmp.Or(casefold.CompareNames(a.DisplayName, b.DisplayName), cmp.Compare(a.ID, b.ID))
		})
	}
	return all
}

func (u rudderstackUser) grant(to *grantee) {
	for i := range u.Groups {
		group := &u.Groups[i]
		to.membership(group, Direct)
		above := u.nesting.above(group.ID)
		for j := range above {
			to.membership(&above[j], nameOrID(group.DisplayName, group.ID))
		}
	}
}

// membership adds a SCIM group that the user is in.
func (g *grantee) membership(group *scim.GroupRef, via string) {
	grant := Grant{ResourceType: GroupResource, Resource: group.DisplayName, Entitlement: memberEntitlement, Via: via}
	if group.ID != "" {
		grant.ResourceID = &group.ID
	}
	if grant.Resource == nil {
		grant.Resource = grant.ResourceID
	}
	g.add(grant)
}

// rudderstackNesting finds the groups above a group once for all users.
type rudderstackNesting struct {
	*scim.Nesting
	known map[string][]scim.GroupRef
}

func (n *rudderstackNesting) above(group string) []scim.GroupRef {
	above, known := n.known[group]
	if !known {
		above = n.Above(group)
		n.known[group] = above
	}
	return above
}

// groupNames returns names, ids where there is no name.
func groupNames(groups []scim.GroupRef) []string {
	names := make([]string, len(groups))
	for i, group := range groups {
		names[i] = nameOrID(group.DisplayName, group.ID)
	}
	return names
}

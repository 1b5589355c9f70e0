// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"cmp"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetran returns the users, and the members of teams who are not among them:
// they have access too.
func (s Sources) fivetran(aliases Aliases) []account {
	index := s.fivetranIndex()
	accounts := make([]account, len(s.FivetranUsers))
	known := make(map[string]bool, len(s.FivetranUsers))
	for i := range s.FivetranUsers {
		user := &s.FivetranUsers[i]
		known[user.ID] = true
		isService := user.UserType != nil && *user.UserType == fivetran.ServiceAccount
		accounts[i] = account{
			email:     personAddress(aliases, user.Email),
			service:   isService,
			status:    user.Status(),
			Unmatched: Unmatched{System: Fivetran, ID: user.ID, Name: fullName(user.GivenName, user.FamilyName), Email: user.Email},
			holder:    fivetranUser{user, index},
		}
	}
	for id := range index.teams {
		if !known[id] {
			accounts = append(accounts, account{
				stranger:  true,
				Unmatched: Unmatched{System: Fivetran, ID: id},
				holder:    fivetranUser{&fivetran.User{ID: id}, index},
			})
		}
	}
	return accounts
}

// fivetranUser is a user of the account, or a member of a team who is none.
type fivetranUser struct {
	*fivetran.User
	index *fivetranIndex
}

func (u fivetranUser) show(p *Person) {
	p.name(fullName(u.GivenName, u.FamilyName))
	p.Fivetran = &FivetranAccount{
		ID:           u.ID,
		Status:       u.Status(),
		StatusDetail: u.statusDetail(),
		CreatedAt:    u.CreatedAt,
		LastLogin:    u.LoggedInAt,
		Role:         u.Role,
		Groups:       u.groups(),
	}
	if u.index.teams == nil {
		return
	}
	teams := u.index.teams[u.ID]
	p.Fivetran.Teams, p.Fivetran.EffectiveRoles = make([]string, len(teams)), []string{}
	if u.Role != nil {
		p.Fivetran.EffectiveRoles = append(p.Fivetran.EffectiveRoles, *u.Role)
	}
	for i, in := range teams {
		p.Fivetran.Teams[i] = in.name()
		if in.team.Role != nil {
			p.Fivetran.EffectiveRoles = append(p.Fivetran.EffectiveRoles, *in.team.Role)
		}
	}
	slices.Sort(p.Fivetran.EffectiveRoles)
	p.Fivetran.EffectiveRoles = slices.Compact(p.Fivetran.EffectiveRoles)
}

func (u fivetranUser) statusDetail() *StatusDetail {
	status := u.Status()
	switch {
	case status != nil && *status == rest.UserInactive:
		return new(Suspended)
	case status != nil && *status == rest.UserInvited:
		return new(InvitePending)
	default:
		return nil
	}
}

// groups returns the groups that the user has, directly and through teams, sorted
// by name without case, then by id and via. It is nil unless all are known.
func (u fivetranUser) groups() []FivetranGroup {
	if u.index.userGroups == nil || u.index.teamGroups == nil || u.index.teams == nil {
		return nil
	}
	groups := []FivetranGroup{}
	u.eachGroup(func(role *fivetran.GroupRole, via string) {
		groups = append(groups, FivetranGroup{ID: role.GroupID, Name: u.index.groupNames[role.GroupID], Role: role.Role, Via: via})
	})
	slices.SortFunc(groups, func(a, b FivetranGroup) int {
		return cmp.Or(casefold.CompareNames(a.Name, b.Name), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Via, b.Via))
	})
	return groups
}

// eachGroup calls a function for each group that the user is known to have.
func (u fivetranUser) eachGroup(do func(role *fivetran.GroupRole, via string)) {
	direct := u.index.userGroups[u.ID]
	for i := range direct {
		do(&direct[i], Direct)
	}
	for _, in := range u.index.teams[u.ID] {
		given := u.index.teamGroups[in.team.ID]
		for i := range given {
			do(&given[i], in.name())
		}
	}
}

func (u fivetranUser) grant(to *grantee) {
	if u.Role != nil {
		to.add(Grant{ResourceType: AccountResource, Entitlement: u.Role, Via: Direct})
	}
	for _, in := range u.index.teams[u.ID] {
		name := in.team.Name
		if name == nil {
			name = &in.team.ID
		}
		to.add(Grant{ResourceType: TeamResource, ResourceID: &in.team.ID, Resource: name, Entitlement: cmp.Or(in.role, memberEntitlement), Via: Direct})
		if in.team.Role != nil {
			to.add(Grant{ResourceType: AccountResource, Entitlement: in.team.Role, Via: *name})
		}
	}
	u.eachGroup(func(role *fivetran.GroupRole, via string) {
		name := cmp.Or(u.index.groupNames[role.GroupID], &role.GroupID)
		to.add(Grant{ResourceType: DestinationResource, ResourceID: &role.GroupID, Resource: name, Entitlement: role.Role, Via: via})
	})
}

// fivetranIndex is what all users share.
type fivetranIndex struct {
	// teams are those of each user by id, in the order of the source. It is nil
	// where they are not known.
	teams                  map[string][]teamMembership
	groupNames             map[string]*string
	userGroups, teamGroups map[string][]fivetran.GroupRole
}

// teamMembership is a team that a user is in, and the role in it.
type teamMembership struct {
	team *fivetran.Team
	role *string
}

func (m teamMembership) name() string { return nameOrID(m.team.Name, m.team.ID) }

func (s Sources) fivetranIndex() *fivetranIndex {
	index := &fivetranIndex{userGroups: s.FivetranUserGroups, teamGroups: s.FivetranTeamGroups, groupNames: make(map[string]*string, len(s.FivetranGroups))}
	for i := range s.FivetranGroups {
		index.groupNames[s.FivetranGroups[i].ID] = s.FivetranGroups[i].Name
	}
	if s.FivetranMembers == nil {
		return index
	}
	index.teams = make(map[string][]teamMembership, len(s.FivetranUsers))
	for i := range s.FivetranTeams {
		team := &s.FivetranTeams[i]
		for _, member := range s.FivetranMembers[team.ID] {
			index.teams[member.UserID] = append(index.teams[member.UserID], teamMembership{team, member.Role})
		}
	}
	return index
}

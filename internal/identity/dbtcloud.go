// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func (s Sources) dbtcloud(aliases Aliases) []account {
	groups := s.dbtcloudGroups()
	accounts := make([]account, len(s.DBTCloudUsers))
	for i := range s.DBTCloudUsers {
		user := &s.DBTCloudUsers[i]
		accounts[i] = account{
			email:  personAddress(aliases, user.Email),
			status: user.Status,
			Unmatched: Unmatched{
				System: DBTCloud,
				ID:     strconv.FormatInt(user.ID, 10),
				Name:   fullName(user.FirstName, user.LastName),
				Email:  user.Email,
			},
			holder: dbtcloudUser{user, groups},
		}
	}
	return accounts
}

// invited returns the invites to dbt Cloud of people who are not users yet. Of
// several invites to one person an open one counts before one that has expired,
// and else the newest. A redeemed one says nothing.
func (s Sources) invited(aliases Aliases) []account {
	users := make(map[string]bool, len(s.DBTCloudUsers))
	for i := range s.DBTCloudUsers {
		users[personAddress(aliases, s.DBTCloudUsers[i].Email)] = true
	}
	latest := map[string]*dbtcloud.Invite{}
	for i := range s.DBTCloudInvites {
		invite := &s.DBTCloudInvites[i]
		email := personAddress(aliases, invite.Email)
		redeemed := invite.Status != nil && *invite.Status == dbtcloud.InviteRedeemed
		if email != "" && !redeemed && !users[email] && counts(invite, latest[email]) {
			latest[email] = invite
		}
	}
	groups := s.dbtcloudGroups()
	accounts := make([]account, 0, len(latest))
	for email, invite := range latest {
		accounts = append(accounts, account{
			email:     email,
			expired:   !invite.Open(),
			Unmatched: Unmatched{System: DBTCloud, Email: invite.Email},
			holder:    dbtcloudInvite{invite, groups},
		})
	}
	return accounts
}

// counts reports whether an invite counts before another one to the same person,
// which is nil for none.
func counts(invite, other *dbtcloud.Invite) bool {
	switch {
	case other == nil:
		return true
	case invite.Open() != other.Open():
		return invite.Open()
	default:
		return invite.ID > other.ID
	}
}

// dbtcloudUser is a user of the dbt Cloud account.
type dbtcloudUser struct {
	*dbtcloud.User
	groups *dbtcloudGroups
}

func (u dbtcloudUser) show(p *Person) {
	p.name(fullName(u.FirstName, u.LastName))
	p.DBTCloud = &DBTCloudAccount{
		ID:               &u.ID,
		Status:           u.Status,
		StatusDetail:     u.statusDetail(),
		LicenseType:      u.LicenseType,
		CreatedAt:        u.CreatedAt,
		LastLogin:        u.LastLogin,
		APITokenLastUsed: u.APITokenLastUsed,
		Groups:           make([]string, len(u.Groups)),
	}
	for i, group := range u.Groups {
		p.DBTCloud.Groups[i] = groupName(group)
	}
}

func (u dbtcloudUser) statusDetail() *StatusDetail {
	switch {
	case u.Status == nil || *u.Status != rest.UserInactive:
		return nil
	case u.IsActive != nil && !*u.IsActive:
		return new(Deactivated)
	default:
		return new(NoLicense)
	}
}

func (u dbtcloudUser) grant(to *grantee) {
	if !u.LicenseRemoved {
		to.license(u.LicenseType)
	}
	for _, group := range u.Groups {
		u.groups.grant(to, group)
	}
}

// dbtcloudInvite is an invite to the account, open or expired.
type dbtcloudInvite struct {
	*dbtcloud.Invite
	groups *dbtcloudGroups
}

func (i dbtcloudInvite) show(p *Person) {
	shown := &DBTCloudAccount{Status: new(rest.UserInvited), StatusDetail: new(InvitePending), LicenseType: i.LicenseType, CreatedAt: i.CreatedAt}
	if !i.Open() {
		shown.Status, shown.StatusDetail = new(rest.UserInactive), new(InviteExpired)
	}
	p.DBTCloud = shown
}

// grant adds what the user will have. An expired invite gives nothing.
func (i dbtcloudInvite) grant(to *grantee) {
	if !i.Open() {
		return
	}
	to.license(i.LicenseType)
	for j := range i.GroupIDs {
		id := &i.GroupIDs[j]
		i.groups.grant(to, dbtcloud.GroupRef{ID: id, Name: i.groups.access[*id].Name})
	}
}

// license adds the license of a user or an invite.
func (g *grantee) license(license *dbtcloud.LicenseType) {
	if license != nil {
		name := (*string)(license)
		g.add(Grant{ResourceType: LicenseResource, ResourceID: name, Resource: name, Entitlement: name, Via: Direct})
	}
}

// dbtcloudGroups turns groups to grants. All users share the texts.
type dbtcloudGroups struct {
	account *string
	access  map[int64]dbtcloud.GroupAccess
	ids     map[int64]*string
}

func (s Sources) dbtcloudGroups() *dbtcloudGroups {
	return &dbtcloudGroups{new(strconv.FormatInt(s.DBTCloudAccount, 10)), s.DBTCloudGroups, map[int64]*string{}}
}

// grant adds the membership in a group, and what the group gives.
func (g *dbtcloudGroups) grant(to *grantee, group dbtcloud.GroupRef) {
	membership := Grant{ResourceType: GroupResource, Resource: group.Name, Entitlement: memberEntitlement, Via: Direct}
	if group.ID != nil {
		membership.ResourceID = g.id(*group.ID)
	}
	if membership.Resource == nil {
		membership.Resource = membership.ResourceID
	}
	to.add(membership)
	if group.ID == nil {
		return
	}
	for i := range g.access[*group.ID].Permissions {
		permission := &g.access[*group.ID].Permissions[i]
		given := Grant{ResourceType: AccountResource, ResourceID: g.account, Resource: g.account, Entitlement: permission.PermissionSet, Via: *membership.Resource}
		if project := permission.ProjectID; project != nil && (permission.AllProjects == nil || !*permission.AllProjects) {
			id := g.id(*project)
			given.ResourceType, given.ResourceID, given.Resource = ProjectResource, id, id
		}
		to.add(given)
	}
}

// id returns the id of a group or project as text.
func (g *dbtcloudGroups) id(id int64) *string {
	if g.ids[id] == nil {
		g.ids[id] = new(strconv.FormatInt(id, 10))
	}
	return g.ids[id]
}

// groupName returns the name of a group, or its id where it has no name.
func groupName(group dbtcloud.GroupRef) string {
	if group.ID == nil {
		return nameOrID(group.Name, "")
	}
	return nameOrID(group.Name, strconv.FormatInt(*group.ID, 10))
}

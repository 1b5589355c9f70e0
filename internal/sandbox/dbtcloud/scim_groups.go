// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/scim"
)

// scimGroup is a group as the SCIM service shows it.
type scimGroup struct {
	Schemas     []string     `json:"schemas"`
	ID          string       `json:"id,omitempty"`
	ExternalID  string       `json:"externalId,omitempty"`
	DisplayName string       `json:"displayName"`
	Members     []scimMember `json:"members"`
	Meta        scimMeta     `json:"meta"`
}

type scimMember struct {
	Value   string `json:"value"`
	Display string `json:"display"`
}

// scimID is the id of the group in the SCIM service, another one than in the
// Administrative API, as it is for users.
func (g *wireGroup) scimID() string { return strconv.FormatInt(700000+g.ID, 10) }

func (g *wireGroup) scimMeta() scimMeta {
	return scimMeta{"Group", g.CreatedAt, g.UpdatedAt, "/scim/v2/Groups/" + g.scimID()}
}

// has reports whether the user is in the group.
func (g *wireGroup) has(u *wireUser) bool {
	p := u.permission()
	return p != nil && slices.Contains(p.groupIDs, g.ID)
}

// Filterable reports whether filters know the attribute.
func (*wireGroup) Filterable(attribute string) bool {
	return attribute == "displayname" || attribute == "externalid" || attribute == "id"
}

// Attribute returns what filters compare.
func (g *wireGroup) Attribute(name string) string {
	switch name {
	case "displayname":
		return g.Name
	case "externalid":
		return g.externalID
	default:
		return g.scimID()
	}
}

// scimGroups are the groups that SCIM manages.
func (a *Account) scimGroups() []*wireGroup {
	return slices.DeleteFunc(slices.Clone(a.groups), func(g *wireGroup) bool { return !g.SCIMManaged || g.State != 1 })
}

// members returns the users in the group, each as often as it was added.
func (a *Account) members(g *wireGroup) []*wireUser {
	var members []*wireUser
	for _, user := range a.users {
		if p := user.permission(); p != nil {
			for _, id := range p.groupIDs {
				if id == g.ID {
					members = append(members, user)
				}
			}
		}
	}
	return members
}

func showGroupAsSCIM(g *wireGroup, members []*wireUser) *scimGroup {
	shown := &scimGroup{
		Schemas: []string{groupSchema}, ID: g.scimID(), ExternalID: g.externalID, DisplayName: g.Name,
		Members: []scimMember{}, Meta: g.scimMeta(),
	}
	for _, member := range members {
		shown.Members = append(shown.Members, scimMember{member.scimID(), cmp.Or(orEmpty(member.FullName), member.Email)})
	}
	return shown
}

func (a *Account) listSCIMGroups(w http.ResponseWriter, r *http.Request) {
	writeSCIMList(a, w, r, a.scimGroups(), func(g *wireGroup) any { return showGroupAsSCIM(g, a.members(g)) })
}

func (a *Account) showSCIMGroup(w http.ResponseWriter, r *http.Request) {
	group, refusal := a.findSCIMGroup(r)
	if refusal != nil {
		refusal.Write(w)
		return
	}
	a.writeSCIM(w, r, scim.SelectAttributes(showGroupAsSCIM(group, a.members(group)), r.URL.Query()))
}

// findSCIMGroup returns the group of the id in the path.
func (a *Account) findSCIMGroup(r *http.Request) (*wireGroup, *scim.Error) {
	for _, group := range a.scimGroups() {
		if group.scimID() == r.PathValue("id") {
			return group, nil
		}
	}
	return nil, &scim.Error{Status: http.StatusNotFound, Detail: "Group " + r.PathValue("id") + " not found"}
}

// groupBody is the body of a POST or PUT of a group.
type groupBody struct {
	Schemas     []string    `json:"schemas"`
	ExternalID  string      `json:"externalId"`
	DisplayName string      `json:"displayName"`
	Members     []memberRef `json:"members"`
}

// readGroup reads a group. Its members need both fields.
func readGroup(r *http.Request) (*groupBody, *scim.Error) {
	body := new(groupBody)
	if refusal := readBody(r, body, "schemas", "displayName"); refusal != nil {
		return nil, refusal
	}
	for _, member := range body.Members {
		if member.Value == nil || member.Display == nil {
			return nil, unprocessable("members: value and display are required")
		}
	}
	return body, nil
}

func (a *Account) createSCIMGroup(w http.ResponseWriter, r *http.Request) *scim.Error {
	body, refusal := readGroup(r)
	if refusal != nil {
		return refusal
	}
	now := a.timestamp()
	group := &wireGroup{SCIMManaged: true, wireGroupCore: wireGroupCore{
		ID: a.groups[len(a.groups)-1].ID + 1, AccountID: AccountID, State: 1, SSOMappingGroups: []string{},
		CreatedAt: now, UpdatedAt: now, Permissions: []wireGroupPermission{},
	}}
	change := groupChange{account: a, group: group}
	if refusal := change.replace(body); refusal != nil {
		return refusal
	}
	a.keep(w, r, "Groups", func() {
		a.groups = append(a.groups, group)
		change.apply(group)
	})
	shown := showGroupAsSCIM(group, change.members)
	if a.behavior.WithoutID {
		shown.ID = ""
	}
	a.writeSCIM(w, r, shown)
	return nil
}

func (a *Account) replaceSCIMGroup(w http.ResponseWriter, r *http.Request) *scim.Error {
	body, refusal := readGroup(r)
	if refusal != nil {
		return refusal
	}
	return a.changeSCIMGroup(w, r, func(change *groupChange) *scim.Error { return change.replace(body) })
}

// changeSCIMGroup changes a copy of the group of the path, and keeps it if the
// change is not refused.
func (a *Account) changeSCIMGroup(w http.ResponseWriter, r *http.Request, how func(*groupChange) *scim.Error) *scim.Error {
	group, refusal := a.findSCIMGroup(r)
	if refusal != nil {
		return refusal
	}
	copied := *group
	change := groupChange{account: a, group: &copied, members: a.members(group)}
	if refusal := how(&change); refusal != nil {
		return refusal
	}
	copied.UpdatedAt = a.timestamp()
	a.keep(w, r, "Groups", func() { change.apply(group) })
	a.writeSCIM(w, r, showGroupAsSCIM(&copied, change.members))
	return nil
}

func (a *Account) deleteSCIMGroup(w http.ResponseWriter, r *http.Request) *scim.Error {
	group, refusal := a.findSCIMGroup(r)
	if refusal != nil {
		return refusal
	}
	a.keep(w, r, "Groups", func() {
		gone := *group
		gone.State, gone.UpdatedAt = 2, a.timestamp()
		change := groupChange{account: a, group: &gone}
		change.apply(group)
	})
	a.writeSCIM(w, r, nil)
	return nil
}

// sameName reports whether another group has the name.
func (a *Account) sameName(name string, group *wireGroup) bool {
	return slices.ContainsFunc(a.scimGroups(), func(g *wireGroup) bool { return g.ID != group.ID && strings.EqualFold(g.Name, name) })
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// User is one account of the directory. Servers differ in what they tell:
// every pointer is nil where this one tells nothing, and an empty string
// counts as nothing.
type User struct {
	ID string
	// UserName is what the user logs in with, often an e-mail address. It is
	// unique, compared without case.
	UserName    *string
	ExternalID  *string
	DisplayName *string
	GivenName   *string
	FamilyName  *string
	// Active is nil when the server does not say; it is never assumed.
	Active *bool
	// Email is the primary address: the one marked as primary, else the first
	// of type work, else the first. A value without "@" is not an address and
	// is passed over.
	Email *string
	// Emails holds every value in the order of the server, those without "@"
	// included. It is nil when the attribute was absent.
	Emails []string
	// Groups holds the groups that the user names and those that name the user
	// as a direct member, sorted by name without case, then id. It is nil when
	// neither side tells.
	Groups []GroupRef
}

// GroupRef names a group that a user belongs to.
type GroupRef struct {
	ID          string
	DisplayName *string
}

// Status is "active", "inactive" or, where the server does not say, nil.
func (u User) Status() *string {
	if u.Active == nil {
		return nil
	}
	status := "inactive"
	if *u.Active {
		status = "active"
	}
	return &status
}

// userRow is a user as the server sends it.
type userRow struct {
	ID          text `json:"id"`
	UserName    text `json:"userName"`
	ExternalID  text `json:"externalId"`
	DisplayName text `json:"displayName"`
	Name        struct {
		GivenName  text `json:"givenName"`
		FamilyName text `json:"familyName"`
	} `json:"name"`
	Active rest.Bool  `json:"active"`
	Emails []entry    `json:"emails"`
	Groups references `json:"groups"`
}

func (r userRow) id() string   { return r.ID.String() }
func (r userRow) name() string { return r.UserName.String() }

// user leaves Groups with what the user's own row tells.
func (r userRow) user() User {
	u := User{
		ID:          r.id(),
		UserName:    r.UserName.Value,
		ExternalID:  r.ExternalID.Value,
		DisplayName: r.DisplayName.Value,
		GivenName:   r.Name.GivenName.Value,
		FamilyName:  r.Name.FamilyName.Value,
		Active:      r.Active.Value,
		Email:       primaryAddress(r.Emails),
	}
	if r.Emails != nil {
		u.Emails = []string{}
	}
	for _, e := range r.Emails {
		if e.Value.Value != nil {
			u.Emails = append(u.Emails, e.Value.String())
		}
	}
	if r.Groups != nil {
		u.Groups = []GroupRef{}
	}
	for _, e := range r.Groups {
		u.Groups = append(u.Groups, GroupRef{e.Value.String(), e.Display.Value})
	}
	return u
}

func primaryAddress(emails []entry) *string {
	addresses := slices.DeleteFunc(slices.Clone(emails), func(e entry) bool {
		return !strings.Contains(e.Value.String(), "@")
	})
	if len(addresses) == 0 {
		return nil
	}
	rank := func(e entry) int {
		switch {
		case e.Primary.Value != nil && *e.Primary.Value:
			return 2
		case strings.EqualFold(e.Type.String(), "work"):
			return 1
		default:
			return 0
		}
	}
	// Of several that rank highest, MaxFunc returns the first.
	return slices.MaxFunc(addresses, func(a, b entry) int { return rank(a) - rank(b) }).Value.Value
}

func sortUsers(users []User) []User {
	slices.SortFunc(users, func(a, b User) int {
		return cmp.Or(casefold.CompareNames(a.UserName, b.UserName), cmp.Compare(a.ID, b.ID))
	})
	return users
}

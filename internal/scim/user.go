// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// User is one user of the directory. Servers differ in what they return: a
// pointer is nil where this one returns null, "" or nothing.
type User struct {
	rest.Gapped
	ID string
	// UserName is what the user logs in with, often an email address. It is
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
	// Emails are all values in the order of the server, those without "@"
	// included. It is nil when the attribute was absent.
	Emails []string
	// CreatedAt is a time as the server sent it.
	CreatedAt *string
	// LicenseType is an attribute of dbt Cloud's extension.
	LicenseType *string
	// Version is the user's version (ETag), "" where the server sends none.
	Version string
	// Groups are the groups that the user names and those that name the user as a
	// direct member, sorted by name without case, then id. It is nil when neither
	// side says anything, or one group that may have the user does not.
	Groups []GroupRef
	// GroupsErr says why Groups may lack what groups say: a
	// *GroupsUnavailableError, or a *MembersUnavailableError.
	GroupsErr error
	// Doubts are those about all groups of the directory. Users share them.
	Doubts []Doubt
}

// GroupRef names a group that a user belongs to. ID is "" where the user has only
// its name, which is a gap.
type GroupRef struct {
	ID          string
	DisplayName *string
}

// String names the group for a message.
func (g GroupRef) String() string {
	if g.DisplayName == nil {
		return "id " + printable.Quote(g.ID)
	}
	return fmt.Sprintf("%s (id %s)", printable.Quote(*g.DisplayName), printable.Quote(g.ID))
}

// Status is active, inactive or, where the server does not say, nil.
func (u User) Status() *rest.UserStatus {
	switch {
	case u.Active == nil:
		return nil
	case *u.Active:
		return new(rest.UserActive)
	default:
		return new(rest.UserInactive)
	}
}

// userRow is a user as the server sends it.
type userRow struct {
	rest.Gapped
	versioned
	ID          rest.Text `json:"id"`
	UserName    rest.Text `json:"userName"`
	ExternalID  rest.Text `json:"externalId"`
	DisplayName rest.Text `json:"displayName"`
	Name        rest.Object[struct {
		GivenName  rest.Text `json:"givenName"`
		FamilyName rest.Text `json:"familyName"`
	}] `json:"name"`
	Active rest.Bool             `json:"active"`
	Emails rest.List[multiValue] `json:"emails"`
	Groups references            `json:"groups"`
	Meta   rest.Object[struct {
		Created rest.Time `json:"created"`
		Version rest.Text `json:"version"`
	}] `json:"meta"`
	DBTLabs rest.Object[struct {
		LicenseType rest.Text `json:"licenseType"`
	}] `json:"urn:ietf:params:scim:schemas:extension:dbtLabs:2.0:User"`
}

func (r userRow) id() string   { return r.ID.String() }
func (r userRow) name() string { return r.UserName.String() }

// user leaves Groups with what the user's own row says.
func (r userRow) user() User {
	u := User{
		Gapped:      r.Gapped,
		ID:          r.id(),
		UserName:    r.UserName.Value,
		ExternalID:  r.ExternalID.Value,
		DisplayName: r.DisplayName.Value,
		GivenName:   r.Name.Value.GivenName.Value,
		FamilyName:  r.Name.Value.FamilyName.Value,
		Active:      r.Active.Value,
		Email:       primaryAddress(r.Emails),
		CreatedAt:   r.Meta.Value.Created.Value,
		LicenseType: r.DBTLabs.Value.LicenseType.Value,
		Version:     cmp.Or(r.etag, r.Meta.Value.Version.String()),
	}
	if r.Emails != nil {
		u.Emails = []string{}
	}
	for _, email := range r.Emails {
		if email.Value.Value != nil {
			u.Emails = append(u.Emails, email.Value.String())
		}
	}
	if r.Groups != nil {
		u.Groups = []GroupRef{}
	}
	for _, group := range r.Groups {
		if strings.EqualFold(group.Type.String(), "indirect") {
			continue
		}
		u.Groups = append(u.Groups, GroupRef{ID: group.Value.String(), DisplayName: group.Display.Value})
	}
	return u
}

func primaryAddress(emails []multiValue) *string {
	addresses := slices.DeleteFunc(slices.Clone(emails), func(v multiValue) bool {
		return !strings.Contains(v.Value.String(), "@")
	})
	if len(addresses) == 0 {
		return nil
	}
	rank := func(v multiValue) int {
		switch {
		case v.Primary.Value != nil && *v.Primary.Value:
			return 2
		case strings.EqualFold(v.Type.String(), "work"):
			return 1
		default:
			return 0
		}
	}
	// Of several that rank highest, MaxFunc returns the first.
	return slices.MaxFunc(addresses, func(a, b multiValue) int { return rank(a) - rank(b) }).Value.Value
}

func sortUsers(users []User) []User {
	slices.SortFunc(users, func(a, b User) int {
		return cmp.Or(casefold.CompareNames(a.UserName, b.UserName), cmp.Compare(a.ID, b.ID))
	})
	return users
}

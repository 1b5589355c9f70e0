// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// Details are what is wanted of a user. What is nil is left as it is.
type Details struct {
	GivenName, FamilyName, Role, Phone, Picture *string
}

// Missing is the change that brings a user to what is wanted.
func (f *Fivetran) Missing(ctx context.Context, user fivetran.User, wanted Details) Change {
	var change Change
	differs := func(field string, wanted, shown *string) bool {
		return wanted != nil && !SameValue(field, *wanted, orEmpty(shown))
	}
	if differs(GivenName, wanted.GivenName, user.GivenName) {
		change.GivenName = wanted.GivenName
	}
	if differs(FamilyName, wanted.FamilyName, user.FamilyName) {
		change.FamilyName = wanted.FamilyName
	}
	if differs(Phone, wanted.Phone, user.Phone) {
		change.Phone = fivetran.To(wanted.Phone)
	}
	if differs(Picture, wanted.Picture, user.Picture) {
		change.Picture = fivetran.To(wanted.Picture)
	}
	switch {
	case wanted.Role == nil || f.SameRole(ctx, *wanted.Role, orEmpty(user.Role)):
	case *wanted.Role == "":
		change.ClearRole = true
	default:
		change.Role = wanted.Role
	}
	return change
}

// Corrections is the change that brings a user just invited to what was sent.
// A phone number or picture that came back in another form is what was sent:
// only a user that Fivetran knew before has some of their own.
func (f *Fivetran) Corrections(ctx context.Context, user fivetran.User, sent Details) Change {
	if user.Invited == nil || *user.Invited {
		if user.Phone != nil {
			sent.Phone = nil
		}
		if user.Picture != nil {
			sent.Picture = nil
		}
	}
	return f.Missing(ctx, user, sent)
}

// The fields of users and groups, as their resources spell them.
const (
	GivenName   = "given_name"
	FamilyName  = "family_name"
	Role        = "role"
	Phone       = "phone"
	Picture     = "picture"
	ExternalID  = "external_id"
	Active      = "active"
	LicenseType = "license_type"
	DisplayName = "display_name"
	MemberIDs   = "member_ids"
)

// exactFields have values that a service does not write in another form.
var exactFields = []string{Role, Active, LicenseType, MemberIDs}

// Difference is a value that came back otherwise than it was sent.
type Difference struct {
	Field, Sent, Before, Answered string
}

// Contradicts reports whether the service did not do what it was asked to. A
// detail that is neither as it was sent nor as it was before is what was sent,
// in the form in which the service stores it.
func (d Difference) Contradicts() bool {
	return slices.Contains(exactFields, d.Field) || d.Answered == d.Before
}

// SameValue reports whether two spellings of a field are one value: a phone
// number is its digits, and a name does not depend on spaces.
func SameValue(field, a, b string) bool {
	switch field {
	case Phone:
		return a == b || phoneDigits(a) != "" && phoneDigits(a) == phoneDigits(b)
	case GivenName, FamilyName, DisplayName:
		return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
	default:
		return a == b
	}
}

// phoneDigits is a phone number without what people put between the digits.
func phoneDigits(phone string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./()\u00a0", r) {
			return -1
		}
		return r
	}, phone)
}

// compare returns what is otherwise after a change than it was sent.
func (f *Fivetran) compare(ctx context.Context, change Change, before, after fivetran.User) []Difference {
	var differences []Difference
	differ := func(field string, sent, before, after *string) {
		if !SameValue(field, orEmpty(sent), orEmpty(after)) {
			differences = append(differences, Difference{field, orEmpty(sent), orEmpty(before), orEmpty(after)})
		}
	}
	if change.GivenName != nil {
		differ(GivenName, change.GivenName, before.GivenName, after.GivenName)
	}
	if change.FamilyName != nil {
		differ(FamilyName, change.FamilyName, before.FamilyName, after.FamilyName)
	}
	if value, made := change.Phone.Value(); made {
		differ(Phone, value, before.Phone, after.Phone)
	}
	if value, made := change.Picture.Value(); made {
		differ(Picture, value, before.Picture, after.Picture)
	}
	if change.changesRole() && !f.SameRole(ctx, orEmpty(change.Role), orEmpty(after.Role)) {
		differ(Role, change.Role, before.Role, after.Role)
	}
	return differences
}

// contradicting returns the fields that the service did not change as asked.
func contradicting(differences []Difference) []string {
	var fields []string
	for _, d := range differences {
		if d.Contradicts() {
			fields = append(fields, d.Field)
		}
	}
	return fields
}

// SameRole reports whether two names are one role: Fivetran shows a deprecated
// role under the name of its replacement.
func (f *Fivetran) SameRole(ctx context.Context, configured, shown string) bool {
	if configured == shown || configured == "" || shown == "" {
		return configured == shown
	}
	// Without the list of roles the names are what they are.
	roles, _ := f.client.Roles(ctx)
	for _, role := range roles {
		if role.Name == configured && orEmpty(role.Replacement) == shown {
			return true
		}
	}
	return false
}

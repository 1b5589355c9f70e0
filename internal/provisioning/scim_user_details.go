// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// SCIMDetails are what is wanted of a user. What is nil is left as it is; a new
// user is active, and has neither external id nor license type then. An
// ExternalID of "" takes the id away.
type SCIMDetails struct {
	// Email is the user's address, which cannot be changed.
	Email                 string
	GivenName, FamilyName *string
	ExternalID            *string
	Active                *bool
	LicenseType           *string
}

// FieldChange is a value that is to be changed. "" is none.
type FieldChange struct {
	Field, From, To string
}

// Missing are the changes that bring a user to what is wanted.
func (d SCIMDetails) Missing(user scim.User) []FieldChange {
	var changes []FieldChange
	for _, wanted := range []struct {
		field string
		value *string
	}{
		{GivenName, d.GivenName},
		{FamilyName, d.FamilyName},
		{ExternalID, d.ExternalID},
		{Active, boolText(d.Active)},
		{LicenseType, d.LicenseType},
	} {
		if shown := scimUserValue(user, wanted.field); wanted.value != nil && !SameValue(wanted.field, *wanted.value, shown) {
			changes = append(changes, FieldChange{wanted.field, shown, *wanted.value})
		}
	}
	return changes
}

// scimUserValue is the value of a field as the service shows it, "" for none.
func scimUserValue(user scim.User, field string) string {
	switch field {
	case GivenName:
		return orEmpty(user.GivenName)
	case FamilyName:
		return orEmpty(user.FamilyName)
	case ExternalID:
		return orEmpty(user.ExternalID)
	case Active:
		return orEmpty(boolText(user.Active))
	default:
		return orEmpty(user.LicenseType)
	}
}

func boolText(value *bool) *string {
	if value == nil {
		return nil
	}
	return new(strconv.FormatBool(*value))
}

// needsPUT reports whether changes need the whole user to be sent. No PATCH in
// dbt's document takes an external id away, or changes a license.
func needsPUT(changes []FieldChange) bool {
	for _, change := range changes {
		if change.Field == LicenseType || change.Field == ExternalID && change.To == "" {
			return true
		}
	}
	return false
}

// patchOf are changes one by one.
func patchOf(changes []FieldChange) (patch scim.UserChange) {
	for _, change := range changes {
		switch change.Field {
		case GivenName:
			patch.GivenName = &change.To
		case FamilyName:
			patch.FamilyName = &change.To
		case ExternalID:
			patch.ExternalID = &change.To
		case Active:
			patch.Active = new(change.To == "true")
		}
	}
	return patch
}

// over is the whole user with what is wanted in place of what is there. The
// license is sent only if it is wanted.
func (d SCIMDetails) over(user scim.User) scim.UserDetails {
	choose := func(wanted, shown *string) *string {
		if wanted == nil {
			return shown
		}
		return wanted
	}
	details := scim.UserDetails{
		UserName:    d.Email,
		GivenName:   orEmpty(choose(d.GivenName, user.GivenName)),
		FamilyName:  orEmpty(choose(d.FamilyName, user.FamilyName)),
		ExternalID:  choose(d.ExternalID, user.ExternalID),
		Active:      !Inactive(user),
		LicenseType: d.LicenseType,
	}
	if user.UserName != nil {
		details.UserName = *user.UserName
	}
	if details.ExternalID != nil && *details.ExternalID == "" {
		details.ExternalID = nil
	}
	if d.Active != nil {
		details.Active = *d.Active
	}
	return details
}

// activityOf is what changes of a user are, for the record of them.
func activityOf(changes []FieldChange) rest.Activity {
	for _, change := range changes {
		if change.Field != Active {
			continue
		}
		if change.To == "true" {
			return rest.ActivityEnable
		}
		return rest.ActivityDisable
	}
	return rest.ActivityUpdate
}

// differing returns what is otherwise after changes than it was sent.
func differing(changes []FieldChange, value func(field string) string) []Difference {
	var differences []Difference
	for _, change := range changes {
		if answered := value(change.Field); !SameValue(change.Field, change.To, answered) {
			differences = append(differences, Difference{change.Field, change.To, change.From, answered})
		}
	}
	return differences
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// wireUser is UserResponse, version 3, as the service really sends it: the
// OpenAPI document leaves out most of Permissions, and Licenses. The permission
// statements, most of the bytes of a row, are left out on purpose.
type wireUser struct {
	identified
	Email         rest.Text `json:"email"`
	FirstName     rest.Text `json:"first_name"`
	LastName      rest.Text `json:"last_name"`
	IsActive      rest.Bool `json:"is_active"`
	EmailVerified rest.Bool `json:"email_verified"`
	SSOOnlyUser   rest.Bool `json:"sso_only_user"`
	CreatedAt     rest.Text `json:"created_at"`
	LastLogin     rest.Text `json:"last_login"`
	// Permissions has the user's license and groups in each account, in no given
	// order. It is empty for some users who do have a license.
	Permissions []wireLicense `json:"permissions"`
	// Licenses has the licenses once more, without groups. It is decoded only
	// where Permissions has none for the account.
	Licenses jsontext.Value `json:"licenses"`
}

// wireLicense is a user's license in one account.
type wireLicense struct {
	AccountID   rest.Int  `json:"account_id"`
	LicenseType rest.Text `json:"license_type"`
	State       rest.Int  `json:"state"`
	Groups      []*struct {
		identified
		Name  rest.Text `json:"name"`
		State rest.Int  `json:"state"`
	} `json:"groups"`
}

// undocumentedLicenses reads a JSON object of licenses by account id. As no
// document describes it, a list is read too. The result is nil for anything
// else, which says nothing about licenses.
func undocumentedLicenses(data jsontext.Value) []wireLicense {
	var listed []wireLicense
	if data.Kind() == '[' {
		if rest.Unmarshal(data, &listed) != nil {
			return nil
		}
		return listed
	}
	var byAccount map[string]*wireLicense
	if rest.Unmarshal(data, &byAccount) != nil || byAccount == nil {
		return nil
	}
	listed = []wireLicense{}
	for account, license := range byAccount {
		if id, err := strconv.ParseInt(account, 10, 64); err == nil && license != nil {
			license.AccountID.Value = &id
			listed = append(listed, *license)
		}
	}
	return listed
}

// inAccount returns the license of an account, one in force before one that was
// removed, and nil when there is none.
func inAccount(licenses []wireLicense, account int64) *wireLicense {
	var best *wireLicense
	for i, license := range licenses {
		if id := license.AccountID.Value; id == nil || *id != account {
			continue
		}
		if best == nil || isDeleted(best.State) && !isDeleted(license.State) {
			best = &licenses[i]
		}
	}
	return best
}

// user returns the user as seen from one account.
func (u wireUser) user(account int64) (User, error) {
	license, known := inAccount(u.Permissions, account), u.Permissions != nil
	if license == nil {
		others := undocumentedLicenses(u.Licenses)
		license, known = inAccount(others, account), known || others != nil
	}
	user := User{
		ID:            *u.ID.Value,
		Email:         u.Email.Value,
		FirstName:     u.FirstName.Value,
		LastName:      u.LastName.Value,
		IsActive:      u.IsActive.Value,
		EmailVerified: u.EmailVerified.Value,
		SSOOnlyUser:   u.SSOOnlyUser.Value,
		Status:        u.status(license, known),
		CreatedAt:     u.CreatedAt.Value,
		LastLogin:     u.LastLogin.Value,
		Groups:        []GroupRef{},
	}
	if license == nil {
		return user, nil
	}
	user.LicenseType = (*LicenseType)(license.LicenseType.Value)
	for _, group := range license.Groups {
		switch {
		case group == nil || isDeleted(group.State):
		case group.ID.Value == nil:
			return User{}, fmt.Errorf("a group of the dbt Cloud user %d has no id; the list cannot be trusted", user.ID)
		default:
			user.Groups = append(user.Groups, GroupRef{ID: *group.ID.Value, Name: group.Name.Value})
		}
	}
	slices.SortFunc(user.Groups, func(a, b GroupRef) int { return cmp.Compare(a.ID, b.ID) })
	user.Groups = slices.CompactFunc(user.Groups, func(a, b GroupRef) bool { return a.ID == b.ID })
	return user, nil
}

// status returns whether the user can log in to the account. To have no license
// among those that are known makes a user inactive; not to know them does not.
func (u wireUser) status(license *wireLicense, known bool) *rest.UserStatus {
	active := u.IsActive.Value
	switch {
	case active != nil && !*active, license == nil && known, license != nil && isDeleted(license.State):
		return new(rest.UserInactive)
	case active == nil || license == nil:
		return nil
	default:
		return new(rest.UserActive)
	}
}

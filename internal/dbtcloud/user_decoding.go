// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"fmt"
	"path"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// wireUser is UserResponse, version 3, as the service really sends it: the
// OpenAPI document leaves out most of Permissions, and Licenses. The permission
// statements, most of the bytes of a row, are left out on purpose.
type wireUser struct {
	identified
	Email            rest.Text `json:"email"`
	FirstName        rest.Text `json:"first_name"`
	LastName         rest.Text `json:"last_name"`
	IsActive         rest.Bool `json:"is_active"`
	EmailVerified    rest.Bool `json:"email_verified"`
	SSOOnlyUser      rest.Bool `json:"sso_only_user"`
	CreatedAt        rest.Time `json:"created_at"`
	LastLogin        rest.Time `json:"last_login"`
	APITokenLastUsed rest.Time `json:"apitoken_last_used"`
	// Permissions has the user's license and groups in each account, in no given
	// order. It is empty for some users who do have a license.
	Permissions rest.List[wireLicense] `json:"permissions"`
	// Licenses has the licenses once more, without groups. It is decoded only
	// where Permissions has none for the account.
	Licenses jsontext.Value `json:"licenses"`
}

// wireLicense is a user's license in one account.
type wireLicense struct {
	AccountID   rest.Int  `json:"account_id"`
	LicenseType rest.Text `json:"license_type"`
	State       rest.Int  `json:"state"`
	Groups      rest.List[struct {
		ID          rest.Int     `json:"id"`
		Name        rest.Text    `json:"name"`
		State       rest.Int     `json:"state"`
		Permissions repeatedJSON `json:"group_permissions"`
	}] `json:"groups"`
}

// undocumentedLicenses are licenses as a JSON object by account id. As no
// document describes it, a list is read too. Anything else says nothing about
// licenses: all is nil then.
type undocumentedLicenses struct {
	rest.Gapped
	all []wireLicense
}

// UnmarshalJSONFrom reads {"1000": {...}} and [{...}].
func (l *undocumentedLicenses) UnmarshalJSONFrom(decoder *jsontext.Decoder) error {
	if decoder.PeekKind() == '[' {
		return (*rest.List[wireLicense])(&l.all).UnmarshalJSONFrom(decoder)
	}
	var byAccount rest.Object[map[string]rest.Object[*wireLicense]]
	if err := byAccount.UnmarshalJSONFrom(decoder); err != nil || byAccount.Value == nil {
		return err
	}
	l.all = []wireLicense{}
	for account, license := range byAccount.Value {
		if id, err := strconv.ParseInt(account, 10, 64); err == nil && license.Value != nil {
			license.Value.AccountID.Value = &id
			l.all = append(l.all, *license.Value)
		}
	}
	return nil
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

// user returns the user as seen from one account, and adds the groups that the
// user has there.
func (u wireUser) user(account int64, groups repeatedGroups) User {
	license, known := inAccount(u.Permissions, account), u.Permissions != nil
	if license == nil && len(u.Licenses) > 0 {
		var others undocumentedLicenses
		// What the reply's decoder has read is JSON.
		_ = rest.Unmarshal(u.Licenses, &others)
		license, known = inAccount(others.all, account), known || others.all != nil
		for _, gap := range others.Gaps() {
			u.AddGap(rest.Gap{Path: path.Join("licenses", gap.Path), Why: gap.Why})
		}
	}
	user := User{
		Gapped:           u.Gapped,
		ID:               *u.ID.Value,
		Email:            u.Email.Value,
		FirstName:        u.FirstName.Value,
		LastName:         u.LastName.Value,
		IsActive:         u.IsActive.Value,
		EmailVerified:    u.EmailVerified.Value,
		SSOOnlyUser:      u.SSOOnlyUser.Value,
		Status:           u.status(license, known),
		CreatedAt:        u.CreatedAt.Value,
		LastLogin:        u.LastLogin.Value,
		APITokenLastUsed: u.APITokenLastUsed.Value,
		Groups:           []GroupRef{},
	}
	if license == nil {
		return user
	}
	user.LicenseType = (*LicenseType)(license.LicenseType.Value)
	user.LicenseRemoved = isDeleted(license.State)
	for _, group := range license.Groups {
		if group.ID.Value == nil {
			user.AddGap(rest.Gap{Path: "permissions", Why: fmt.Sprintf("a group (name %s) has no id", printable.Quote(group.Name.String()))})
		}
		if !isDeleted(group.State) && (group.ID.Value != nil || group.Name.Value != nil) {
			user.Groups = append(user.Groups, GroupRef{ID: group.ID.Value, Name: group.Name.Value})
			if group.ID.Value != nil {
				groups.add(*group.ID.Value, repeatedGroup{group.Name.Value, group.Permissions})
			}
		}
	}
	slices.SortStableFunc(user.Groups, func(a, b GroupRef) int { return comparePointers(a.ID, b.ID) })
	user.Groups = slices.CompactFunc(user.Groups, func(a, b GroupRef) bool { return a.ID != nil && comparePointers(a.ID, b.ID) == 0 })
	return user
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

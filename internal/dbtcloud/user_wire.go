// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// wireUser is a row of the user list. What makes up most of its bytes, the
// permission statements, is left out on purpose.
type wireUser struct {
	row
	Email         *string   `json:"email"`
	FirstName     *string   `json:"first_name"`
	LastName      *string   `json:"last_name"`
	IsActive      rest.Bool `json:"is_active"`
	EmailVerified rest.Bool `json:"email_verified"`
	SSOOnlyUser   rest.Bool `json:"sso_only_user"`
	CreatedAt     *string   `json:"created_at"`
	LastLogin     *string   `json:"last_login"`
	// Permissions holds the person's licence and groups in each account, in no
	// given order. It is empty for some who do have a licence.
	Permissions []license `json:"permissions"`
	// Licenses holds the licences once more, without groups. Undocumented, and
	// decoded only where Permissions does not tell.
	Licenses json.RawMessage `json:"licenses"`
}

// license is a person's licence in one account.
type license struct {
	AccountID   rest.Int `json:"account_id"`
	LicenseType *string  `json:"license_type"`
	State       rest.Int `json:"state"`
	Groups      []*struct {
		row
		Name  string   `json:"name"`
		State rest.Int `json:"state"`
	} `json:"groups"`
}

// licenses reads a JSON object of licences by account id. As no document
// describes it, a list is read too, and anything else counts as not told: nil.
func licenses(data json.RawMessage) []license {
	var byAccount map[string]*license
	if json.Unmarshal(data, &byAccount) != nil {
		var all []license
		if json.Unmarshal(data, &all) != nil {
			return nil
		}
		return all
	}
	if byAccount == nil {
		return nil
	}
	all := []license{}
	for account, entry := range byAccount {
		if id, err := strconv.ParseInt(account, 10, 64); err == nil && entry != nil {
			entry.AccountID.Value = &id
			all = append(all, *entry)
		}
	}
	return all
}

// inAccount returns the licence of an account, one in force before one that
// was removed, and nil when there is none.
func inAccount(licenses []license, account int64) *license {
	var found *license
	for i, entry := range licenses {
		if id := entry.AccountID.Value; id == nil || *id != account {
			continue
		}
		if found == nil || isDeleted(found.State) && !isDeleted(entry.State) {
			found = &licenses[i]
		}
	}
	return found
}

// user looks at the person from one account.
func (u wireUser) user(account int64) (User, error) {
	licence, told := inAccount(u.Permissions, account), u.Permissions != nil
	if licence == nil {
		others := licenses(u.Licenses)
		licence, told = inAccount(others, account), told || others != nil
	}
	user := User{
		ID:            *u.ID.Value,
		Email:         u.Email,
		FirstName:     u.FirstName,
		LastName:      u.LastName,
		IsActive:      u.IsActive.Value,
		EmailVerified: u.EmailVerified.Value,
		SSOOnlyUser:   u.SSOOnlyUser.Value,
		Status:        u.status(licence, told),
		CreatedAt:     u.CreatedAt,
		LastLogin:     u.LastLogin,
		Groups:        []GroupRef{},
	}
	if licence == nil {
		return user, nil
	}
	user.LicenseType = licence.LicenseType
	for _, group := range licence.Groups {
		switch {
		case group == nil || isDeleted(group.State):
		case group.ID.Value == nil:
			return User{}, fmt.Errorf("a group of the dbt Cloud user %d has no id; the list cannot be trusted", user.ID)
		default:
			user.Groups = append(user.Groups, GroupRef{*group.ID.Value, group.Name})
		}
	}
	slices.SortFunc(user.Groups, func(a, b GroupRef) int { return cmp.Compare(a.ID, b.ID) })
	user.Groups = slices.Compact(user.Groups)
	return user, nil
}

// status tells whether the person may use the account. No licence among those
// that were told is a fact; no word about licences is none.
func (u wireUser) status(licence *license, told bool) *string {
	active := u.IsActive.Value
	switch {
	case active != nil && !*active, licence == nil && told, licence != nil && isDeleted(licence.State):
		return new("inactive")
	case active == nil || licence == nil:
		return nil
	default:
		return new("active")
	}
}

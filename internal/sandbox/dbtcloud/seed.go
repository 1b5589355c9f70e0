// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
)

// NewAccount returns the account of the company, with made-up people up to the
// number of users. now is the service's clock, dates that of the seed.
func NewAccount(people int, now func() time.Time, dates company.Calendar, behavior Behavior) *Account {
	a := &Account{now: now, dates: dates, behavior: behavior, groups: seedGroups(dates)}
	a.build = newUserBuilder(a.groups, dates)
	for _, row := range userRows {
		user := a.build.user(company.People[row.who], row.license, row.groups)
		if change, ok := irregularUsers[row.who]; ok {
			change(user, dates)
		}
		a.users = append(a.users, user)
	}
	licenses := []string{"developer", "read_only", "developer", "read_only", "analyst"}
	groups := [][]int64{{groupMember, groupEngineering}, {groupFinance}, {groupMember, groupAnalysts}, {groupMarketing}, {groupAnalysts}}
	for n := 1; len(a.users) < people; n++ {
		kind := n % len(licenses)
		a.users = append(a.users, a.build.user(company.MakeUp(n), licenses[kind], groups[kind]))
	}
	a.buyLicenses()
	a.count()
	a.seedInvites()
	a.seedLicenseMaps()
	a.seedServiceTokens()
	a.scimTokens = []*wireSCIMToken{
		{ID: 801, Name: "okta", CreatedAt: a.dates.Moment(2024, 0), LastUsed: new(a.dates.Moment(2026, 278))},
		{ID: 802, Name: "okta before the move", CreatedAt: a.dates.Moment(2024, 10)},
	}
	return a
}

// buyLicenses buys what the company uses and some more: it has one analyst too
// many, and no explorers.
func (a *Account) buyLicenses() {
	spare := max(0, len(a.users)-len(userRows))
	a.bought = map[string]int{"developer": 25 + spare, "read_only": 50 + spare, "analyst": 1 + spare, "it": 1, "explorer": 0}
	maps.Copy(a.bought, a.behavior.Seats)
}

// own is the account as lists of accounts show it.
func (a *Account) own() wireAccount {
	return wireAccount{
		ID: AccountID, Name: "Northwind Analytics", State: 1, Plan: "enterprise", RunSlots: 15, QueueLimit: 50,
		DeveloperSeats: 25, ITSeats: 1, ReadOnlySeats: 50, EnterpriseAuthenticationMethod: new("okta"),
		EnterpriseLoginSlug: new("northwind"), BillingEmailAddress: new("billing@northwind.example"),
		CreatedAt: a.dates.Moment(2023, 1), UpdatedAt: a.dates.Moment(2026, 40),
	}
}

func (a *Account) seedInvites() {
	cores := map[int64]wireGroupCore{}
	for _, group := range a.groups {
		cores[group.ID] = group.wireGroupCore
	}
	for i, row := range []struct {
		email, license string
		status         int
		kind           string
		group          int64
	}{
		{"dana.levy@brightloop.example", "developer", 1, "standard", groupContractors},
		{"finn.walsh@brightloop.example", "read_only", 3, "standard", groupContractors2},
		{"amara.okafor@northwind.example", "developer", 2, "standard", groupOwner},
		{"mei.tanaka@northwind.example", "developer", 2, "scim", groupEngineering},
		{"Ben.Carter@northwind.example", "read_only", 4, "scim", groupFinance},
		{"ella.strand@brightloop.example", "developer", 5, "standard", groupContractors},
	} {
		invite := &wireInvite{
			ID: int64(3001 + i), AccountID: AccountID, EmailAddress: row.email, LicenseType: row.license,
			Status: row.status, Type: row.kind, GroupIDs: []int64{row.group}, CreatedAt: a.dates.Moment(2026, 5*i),
			Account: a.own(), Groups: []wireGroupCore{cores[row.group]},
		}
		if row.status == 2 {
			invite.RedeemedAt = new(a.dates.Moment(2026, 5*i+2))
		}
		a.invites = append(a.invites, invite)
	}
}

func (a *Account) seedLicenseMaps() {
	for i, row := range []struct {
		license, groups string
		state           int
	}{
		{"developer", "idp-analytics-engineering idp-platform", 1},
		{"read_only", "idp-finance idp-marketing", 1},
		{"it", "idp-security", 1},
		{"analyst", "", 2},
	} {
		a.licenseMaps = append(a.licenseMaps, &wireLicenseMap{
			int64(601 + i), AccountID, row.license, row.state, strings.Fields(row.groups), a.dates.Moment(2024, i), a.dates.Moment(2025, i),
		})
	}
}

func (a *Account) seedServiceTokens() {
	for i, row := range []struct {
		name     string
		lastUsed *string
		state    int
		grants   []wireGrant
	}{
		{"terraform", new(a.dates.Moment(2026, 279)), 1, []wireGrant{{"account_viewer", nil, []string{}}}},
		{"airflow", new(a.dates.Moment(2026, 278)), 1, []wireGrant{{"job_admin", new(int64(501)), []string{}}, {"job_runner", new(int64(502)), []string{}}}},
		{"legacy deploy", nil, 1, []wireGrant{{"account_admin", nil, []string{"development", "production"}}}},
		{"semantic layer", new(a.dates.Moment(2025, 12)), 2, []wireGrant{{"semantic_layer_only", new(int64(503)), []string{}}}},
	} {
		a.serviceTokens = append(a.serviceTokens, &wireServiceToken{
			ID: int64(701 + i), UID: fmt.Sprintf("dbtu_%08d", 48201937+i), Name: row.name, AccountID: AccountID,
			State: row.state, CreatedAt: a.dates.Moment(2024, 10*i), UpdatedAt: a.dates.Moment(2025, 10*i),
			LastUsed: row.lastUsed, PermissionGrants: row.grants,
		})
	}
}

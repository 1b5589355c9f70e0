// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
)

// dbtAccountKey is the account as the key of a user's licences.
var dbtAccountKey = strconv.Itoa(DBTCloudAccount)

func newDBTCloud(people int) *dbtCloud {
	d := &dbtCloud{groups: dbtSeedGroups(), seats: map[string]dbtSeats{}}
	build := dbtBuilder{groups: map[int64]json.RawMessage{}, statements: map[string]json.RawMessage{}}
	for _, group := range d.groups {
		build.groups[group.ID] = encode(group.dbtGroupCore)
	}
	for _, row := range dbtPeople {
		user := build.user(company[row.who], row.license, row.groups)
		if change, ok := dbtIrregular[row.who]; ok {
			change(user)
		}
		d.users = append(d.users, user)
	}
	licenses := []string{"developer", "read_only", "developer", "read_only", "analyst"}
	groups := [][]int64{{dbtMember, dbtEngineering}, {dbtFinance}, {dbtMember, dbtAnalysts}, {dbtMarketing}, {dbtAnalysts}}
	for n := 1; len(d.users) < people; n++ {
		kind := n % len(licenses)
		d.users = append(d.users, build.user(extra(n), licenses[kind], groups[kind]))
	}
	d.countMembers()
	d.countSeats()
	d.seedAccount()
	return d
}

// dbtBuilder makes users, and keeps what is the same for many of them.
type dbtBuilder struct {
	made       int
	groups     map[int64]json.RawMessage
	statements map[string]json.RawMessage
}

func (b *dbtBuilder) user(p person, license string, groups []int64) *dbtUser {
	n := b.made
	b.made++
	if b.statements[license] == nil {
		b.statements[license] = dbtStatements(license)
	}
	id := int64(4101 + 17*n)
	own := dbtLicense{81000 + int64(n), id, DBTCloudAccount, license, 1, moment(2024, n), moment(2025, n)}
	permission := dbtPermission{
		dbtLicense: own,
		Statements: b.statements[license],
		groupIDs:   append(slices.Clone(groups), dbtEveryone),
	}
	for _, group := range permission.groupIDs {
		permission.Groups = append(permission.Groups, b.groups[group])
	}
	user := &dbtUser{
		ID: id, Email: p.email, FirstName: ptr(p.given), LastName: ptr(p.family), FullName: ptr(p.name()),
		IsActive: true, EmailVerified: true, CreatedAt: ptr(moment(2024, n)), LastLogin: ptr(moment(2026, 9*n)),
		SSOOnlyUser: n%3 == 0, EnterpriseConnected: true, EnterpriseAuthenticationMethod: ptr("okta"),
		AuthProviderInfos: map[string]dbtAuthProvider{"northwind": {
			Domain: "northwind.example", Groups: []string{"idp-all-staff"}, AuthProviderType: "okta",
		}},
		Permissions: []dbtPermission{permission},
		Licenses:    map[string]dbtLicense{dbtAccountKey: own},
	}
	user.json = sync.OnceValue(func() []byte { return encode(user) })
	return user
}

func (d *dbtCloud) countMembers() {
	members := map[int64]int{}
	for _, user := range d.users {
		if p := user.permission(); p != nil && user.IsActive && p.State == 1 {
			for _, id := range p.groupIDs {
				members[id]++
			}
		}
	}
	for _, group := range d.groups {
		group.MemberCount = members[group.ID]
	}
}

// countSeats counts what is used of what the company bought: it has one
// analyst too many, and no explorers.
func (d *dbtCloud) countSeats() {
	used := map[string]int{}
	for _, user := range d.users {
		if license, ok := user.license(); ok && license.State == 1 {
			used[license.LicenseType]++
		}
	}
	spare := max(0, len(d.users)-len(dbtPeople))
	for license, total := range map[string]int{
		"developer": 25 + spare, "read_only": 50 + spare, "analyst": 1 + spare, "it": 1, "explorer": 0,
	} {
		inUse := used[license]
		d.seats[license] = dbtSeats{
			Limited: true, OverLimit: inUse > total, Total: total, InUse: inUse, Assigned: inUse,
			Available: max(0, total-inUse), EnterprisePlan: true,
		}
	}
}

var dbtOwnAccount = dbtAccount{
	ID: DBTCloudAccount, Name: "Northwind Analytics", State: 1, Plan: "enterprise", RunSlots: 15, QueueLimit: 50,
	DeveloperSeats: 25, ITSeats: 1, ReadOnlySeats: 50, EnterpriseAuthenticationMethod: ptr("okta"),
	EnterpriseLoginSlug: ptr("northwind"), BillingEmailAddress: ptr("billing@northwind.example"),
	CreatedAt: moment(2023, 1), UpdatedAt: moment(2026, 40),
}

func (d *dbtCloud) seedAccount() {
	core := map[int64]dbtGroupCore{}
	for _, group := range d.groups {
		core[group.ID] = group.dbtGroupCore
	}
	for i, row := range []struct {
		email, license string
		status         int
		kind           string
		group          int64
	}{
		{"dana.levy@brightloop.example", "developer", 1, "standard", dbtContractors},
		{"finn.walsh@brightloop.example", "read_only", 3, "standard", dbtContractors2},
		{"amara.okafor@northwind.example", "developer", 2, "standard", dbtOwner},
		{"mei.tanaka@northwind.example", "developer", 2, "scim", dbtEngineering},
		{"Ben.Carter@northwind.example", "read_only", 4, "scim", dbtFinance},
		{"ella.strand@brightloop.example", "developer", 5, "standard", dbtContractors},
	} {
		invite := &dbtInvite{
			ID: int64(3001 + i), AccountID: DBTCloudAccount, EmailAddress: row.email, LicenseType: row.license,
			Status: row.status, Type: row.kind, GroupIDs: []int64{row.group}, CreatedAt: moment(2026, 5*i),
			Account: dbtOwnAccount, Groups: []dbtGroupCore{core[row.group]},
		}
		if row.status == 2 {
			invite.RedeemedAt = ptr(moment(2026, 5*i+2))
		}
		d.invites = append(d.invites, invite)
	}
	for i, row := range []struct {
		license, groups string
		state           int
	}{
		{"developer", "idp-analytics-engineering,idp-platform", 1},
		{"read_only", "idp-finance,idp-marketing", 1},
		{"it", "idp-security", 1},
		{"analyst", "", 2},
	} {
		d.licenseMaps = append(d.licenseMaps, &dbtLicenseMap{
			int64(601 + i), DBTCloudAccount, row.license, row.state, list(row.groups), moment(2024, i), moment(2025, i),
		})
	}
	for i, row := range []struct {
		name, lastUsed string
		state          int
		grants         []dbtGrant
	}{
		{"terraform", moment(2026, 279), 1, []dbtGrant{{"account_viewer", nil, []string{}}}},
		{"airflow", moment(2026, 278), 1, []dbtGrant{{"job_admin", project(501), []string{}}, {"job_runner", project(502), []string{}}}},
		{"legacy deploy", "", 1, []dbtGrant{{"account_admin", nil, []string{"development", "production"}}}},
		{"semantic layer", moment(2025, 12), 2, []dbtGrant{{"semantic_layer_only", project(503), []string{}}}},
	} {
		d.serviceTokens = append(d.serviceTokens, &dbtServiceToken{
			ID: int64(701 + i), UID: fmt.Sprintf("dbtu_%08d", 48201937+i), Name: row.name, AccountID: DBTCloudAccount,
			State: row.state, CreatedAt: moment(2024, 10*i), UpdatedAt: moment(2025, 10*i),
			LastUsed: ptr(row.lastUsed), PermissionGrants: row.grants,
		})
	}
}

func project(id int64) *int64 { return &id }

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// userRows says who has which license and groups. All users are in Everyone as
// well.
var userRows = []struct {
	who, license string
	groups       []int64
}{
	{"amara.okafor", "developer", []int64{groupOwner, groupPlatform, groupSecurity}},
	{"jonas.weber", "developer", []int64{groupOwner, groupPlatform}},
	{"mei.tanaka", "developer", []int64{groupMember, groupEngineering, groupOps}},
	{"lukas.mueller", "developer", []int64{groupMember, groupEngineering}},
	{"zoe.akesson", "developer", []int64{groupMember, groupEngineering}},
	{"priya.natarajan", "developer", []int64{groupMember, groupEngineering, groupOps}},
	{"carlos.fernandez", "developer", []int64{groupMember, groupEngineering}},
	{"fatima.el-sayed", "developer", []int64{groupMember, groupEngineering}},
	{"grace.thompson", "developer", []int64{groupMember, groupAnalysts}},
	{"oliver.schmidt", "developer", []int64{groupMember, groupAnalysts}},
	{"hannah.lindqvist", "developer", []int64{groupMember, groupAnalysts, groupFinance}},
	{"diego.morales", "developer", []int64{groupMember, groupAnalysts}},
	{"chloe.dubois", "developer", []int64{groupMember, groupAnalysts, groupMarketing}},
	{"tomasz.nowak", "developer", []int64{groupMember, groupPlatform}},
	{"ines.carvalho", "developer", []int64{groupMember, groupAnalysts}},
	{"raj.patel", "it", []int64{groupMember, groupSecurity}},
	{"emily.clark", "read_only", []int64{groupFinance}},
	{"noah.bergstroem", "read_only", []int64{groupFinance}},
	{"yuki.sato", "read_only", []int64{groupFinance}},
	{"aisha.rahman", "read_only", []int64{groupMarketing}},
	{"peter.novak", "read_only", []int64{groupMarketing}},
	{"laura.bianchi", "read_only", []int64{groupMarketing}},
	{"sofia.rossi", "read_only", nil},
	{"daniel.kim", "read_only", nil},
	{"marta.jansen", "analyst", []int64{groupAnalysts}},
	{"kwame.mensah", "analyst", []int64{groupAnalysts}},
	{"elif.yilmaz", "read_only", nil},
	{"vitor.lima", "read_only", nil},
	{"rosa.delgado", "read_only", []int64{groupOwner}},
	{"ivan.petrov", "developer", []int64{groupMember, groupEngineering}},
	{"nadia.haddad", "read_only", []int64{groupFinance}},
	{"george.o'brien", "read_only", []int64{groupFinance}},
	{"tess.vandijk", "developer", []int64{groupMember, groupEngineering}},
	{"hugo.martin", "developer", []int64{groupMember, groupEngineering}},
	{"lin.chen", "explorer_plus", []int64{groupMember}},
	{"max.hoffmann", "developer", []int64{groupContractors, groupEngineering}},
	{"julia.costa", "developer", []int64{groupContractors}},
	{"sam.reed", "developer", []int64{groupContractors}},
	{"olga.ivanova", "developer", []int64{groupContractors}},
	{"kofi.boateng", "read_only", []int64{groupContractors2}},
}

// irregularUsers are the users that trip a careless client.
var irregularUsers = map[string]func(*wireUser, company.Calendar){
	// Two accounts, the other one first, with another license and other groups.
	"max.hoffmann": func(u *wireUser, dates company.Calendar) {
		other := wireLicense{99017, u.ID, otherAccountID, "read_only", 1, dates.Moment(2022, 3), dates.Moment(2022, 3)}
		u.Permissions = append([]wirePermission{{
			wireLicense: other,
			Groups:      []json.RawMessage{service.Encode(otherGroup(dates))},
			Statements:  permissionStatements("read_only"),
		}}, u.Permissions...)
		u.Licenses["99001"] = other
	},
	// No permissions; only licenses has the license.
	"julia.costa": func(u *wireUser, _ company.Calendar) { u.Permissions = []wirePermission{} },
	// No permissions and no license.
	"sam.reed": func(u *wireUser, _ company.Calendar) {
		u.Permissions, u.Licenses = []wirePermission{}, map[string]wireLicense{}
	},
	"olga.ivanova": func(u *wireUser, _ company.Calendar) {
		u.FirstName, u.LastName, u.FullName = nil, nil, nil
		u.LastLogin, u.APITokenLastUsed, u.CreatedAt = nil, nil, nil
		u.EnterpriseAuthenticationMethod, u.GitHubUsername, u.GitLabUsername = nil, nil, nil
		u.AzureADUsername, u.AvatarURL = nil, nil
		u.AuthProviderInfos, u.Licenses = nil, nil
	},
	"ivan.petrov": func(u *wireUser, _ company.Calendar) { u.IsActive = false },
	"nadia.haddad": func(u *wireUser, _ company.Calendar) {
		u.Permissions[0].State = 2
		u.Licenses[accountKey] = u.Permissions[0].wireLicense
	},
	"tess.vandijk": func(u *wireUser, _ company.Calendar) { u.LastLogin, u.APITokenLastUsed = nil, nil },
	"hugo.martin": func(u *wireUser, _ company.Calendar) {
		u.FutureField = json.RawMessage(`{"tier":"gold","since":1767225600,"flags":[true,null,"x"]}`)
	},
	"mei.tanaka": func(u *wireUser, _ company.Calendar) {
		u.GitHubConnected, u.GitHubUsername = true, new("meitanaka")
		u.Permissions[0].SCIMManaged = true
	},
	"jonas.weber": func(u *wireUser, dates company.Calendar) { u.APITokenLastUsed = new(dates.Moment(2026, 251)) },
}

// userBuilder makes users, and keeps what is the same for many of them.
type userBuilder struct {
	dates      company.Calendar
	made       int
	groups     map[int64]json.RawMessage
	statements map[string]json.RawMessage
}

func newUserBuilder(groups []*wireGroup, dates company.Calendar) userBuilder {
	encoded := map[int64]json.RawMessage{}
	for _, group := range groups {
		encoded[group.ID] = service.Encode(group.wireGroupCore)
	}
	return userBuilder{dates: dates, groups: encoded, statements: map[string]json.RawMessage{}}
}

func (b *userBuilder) nextID() int64 {
	b.made++
	return int64(4101 + 17*(b.made-1))
}

// licenseID is the id of the license of a user.
func licenseID(user int64) int64 { return 81000 + (user-4101)/17 }

func (b *userBuilder) statementsOf(license string) json.RawMessage {
	if b.statements[license] == nil {
		b.statements[license] = permissionStatements(license)
	}
	return b.statements[license]
}

// blankUser makes a user with an address and nothing else.
func (b *userBuilder) blankUser(email, now string) *wireUser {
	user := &wireUser{
		ID: b.nextID(), Email: email, IsActive: true, EmailVerified: true, CreatedAt: &now,
		SSOOnlyUser: true, EnterpriseConnected: true, EnterpriseAuthenticationMethod: new("okta"),
		AuthProviderInfos: map[string]wireAuthProvider{}, Permissions: []wirePermission{}, Licenses: map[string]wireLicense{},
	}
	user.scim.lastModified = now
	user.encodeOnce()
	return user
}

func (b *userBuilder) user(p company.Person, license string, groups []int64) *wireUser {
	n := b.made
	id := b.nextID()
	own := wireLicense{licenseID(id), id, AccountID, license, 1, b.dates.Moment(2024, n), b.dates.Moment(2025, n)}
	permission := wirePermission{
		wireLicense: own,
		Statements:  b.statementsOf(license),
		groupIDs:    append(slices.Clone(groups), groupEveryone),
	}
	for _, group := range permission.groupIDs {
		permission.Groups = append(permission.Groups, b.groups[group])
	}
	user := &wireUser{
		ID: id, Email: p.Email, FirstName: new(p.Given), LastName: new(p.Family), FullName: new(p.Name()),
		IsActive: true, EmailVerified: true, CreatedAt: new(b.dates.Moment(2024, n)), LastLogin: new(b.dates.Moment(2026, 9*n)),
		SSOOnlyUser: n%3 == 0, EnterpriseConnected: true, EnterpriseAuthenticationMethod: new("okta"),
		AuthProviderInfos: map[string]wireAuthProvider{"northwind": {
			Domain: "northwind.example", Groups: []string{"idp-all-staff"}, AuthProviderType: "okta",
		}},
		Permissions: []wirePermission{permission},
		Licenses:    map[string]wireLicense{accountKey: own},
	}
	user.scim.textPrimary = n%3 == 1
	user.encodeOnce()
	return user
}

// permissionStatements are the single permissions of a license. They are most
// of the bytes of a list of users.
func permissionStatements(license string) json.RawMessage {
	type statement struct {
		Permission     string `json:"permission"`
		TargetResource *int64 `json:"target_resource"`
		AllResources   bool   `json:"all_resources"`
	}
	actions := []string{"read"}
	if license == "developer" {
		actions = []string{"read", "write"}
	}
	var statements []statement
	for _, action := range actions {
		for _, subject := range strings.Fields(`account_settings artifacts audit_log connections credentials
			custom_environment_variables data_platform_configurations develop documentation dbt_adapters environments
			env_variables groups invitations jobs license_allocations licenses lineage members metadata
			model_notifications permissions profile projects repositories runs semantic_layer_config service_tokens
			slack_integrations sso_settings webhooks`) {
			statements = append(statements, statement{Permission: subject + "_" + action, AllResources: true})
		}
	}
	return service.Encode(statements)
}

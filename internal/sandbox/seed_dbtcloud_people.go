// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "encoding/json"

// dbtPeople says who has which licence and groups in dbt Cloud. Everybody is in
// Everyone as well.
var dbtPeople = []struct {
	who, license string
	groups       []int64
}{
	{"amara.okafor", "developer", []int64{dbtOwner, dbtPlatform, dbtSecurity}},
	{"jonas.weber", "developer", []int64{dbtOwner, dbtPlatform}},
	{"mei.tanaka", "developer", []int64{dbtMember, dbtEngineering, dbtOps}},
	{"lukas.mueller", "developer", []int64{dbtMember, dbtEngineering}},
	{"zoe.akesson", "developer", []int64{dbtMember, dbtEngineering}},
	{"priya.natarajan", "developer", []int64{dbtMember, dbtEngineering, dbtOps}},
	{"carlos.fernandez", "developer", []int64{dbtMember, dbtEngineering}},
	{"fatima.el-sayed", "developer", []int64{dbtMember, dbtEngineering}},
	{"grace.thompson", "developer", []int64{dbtMember, dbtAnalysts}},
	{"oliver.schmidt", "developer", []int64{dbtMember, dbtAnalysts}},
	{"hannah.lindqvist", "developer", []int64{dbtMember, dbtAnalysts, dbtFinance}},
	{"diego.morales", "developer", []int64{dbtMember, dbtAnalysts}},
	{"chloe.dubois", "developer", []int64{dbtMember, dbtAnalysts, dbtMarketing}},
	{"tomasz.nowak", "developer", []int64{dbtMember, dbtPlatform}},
	{"ines.carvalho", "developer", []int64{dbtMember, dbtAnalysts}},
	{"raj.patel", "it", []int64{dbtMember, dbtSecurity}},
	{"emily.clark", "read_only", []int64{dbtFinance}},
	{"noah.bergstroem", "read_only", []int64{dbtFinance}},
	{"yuki.sato", "read_only", []int64{dbtFinance}},
	{"aisha.rahman", "read_only", []int64{dbtMarketing}},
	{"peter.novak", "read_only", []int64{dbtMarketing}},
	{"laura.bianchi", "read_only", []int64{dbtMarketing}},
	{"sofia.rossi", "read_only", nil},
	{"daniel.kim", "read_only", nil},
	{"marta.jansen", "analyst", []int64{dbtAnalysts}},
	{"kwame.mensah", "analyst", []int64{dbtAnalysts}},
	{"elif.yilmaz", "read_only", nil},
	{"vitor.lima", "read_only", nil},
	{"rosa.delgado", "read_only", []int64{dbtOwner}},
	{"ivan.petrov", "developer", []int64{dbtMember, dbtEngineering}},
	{"nadia.haddad", "read_only", []int64{dbtFinance}},
	{"george.o'brien", "read_only", []int64{dbtFinance}},
	{"tess.vandijk", "developer", []int64{dbtMember, dbtEngineering}},
	{"hugo.martin", "developer", []int64{dbtMember, dbtEngineering}},
	{"lin.chen", "explorer_plus", []int64{dbtMember}},
	{"max.hoffmann", "developer", []int64{dbtContractors, dbtEngineering}},
	{"julia.costa", "developer", []int64{dbtContractors}},
	{"sam.reed", "developer", []int64{dbtContractors}},
	{"olga.ivanova", "developer", []int64{dbtContractors}},
	{"kofi.boateng", "read_only", []int64{dbtContractors2}},
}

// dbtIrregular are the users that trip a careless client.
var dbtIrregular = map[string]func(*dbtUser){
	// Two accounts, the other one first, with another licence and other groups.
	"max.hoffmann": func(u *dbtUser) {
		other := dbtLicense{99017, u.ID, dbtOtherAccount, "read_only", 1, moment(2022, 3), moment(2022, 3)}
		u.Permissions = append([]dbtPermission{{
			dbtLicense: other,
			Groups:     []json.RawMessage{encode(dbtOtherGroup)},
			Statements: dbtStatements("read_only"),
		}}, u.Permissions...)
		u.Licenses["99001"] = other
	},
	// No permissions, and the licence said elsewhere.
	"julia.costa": func(u *dbtUser) { u.Permissions = []dbtPermission{} },
	// No permissions and no licence.
	"sam.reed": func(u *dbtUser) {
		u.Permissions, u.Licenses = []dbtPermission{}, map[string]dbtLicense{}
	},
	"olga.ivanova": func(u *dbtUser) {
		u.FirstName, u.LastName, u.FullName = nil, nil, nil
		u.LastLogin, u.APITokenLastUsed, u.CreatedAt = nil, nil, nil
		u.EnterpriseAuthenticationMethod, u.GitHubUsername, u.GitLabUsername = nil, nil, nil
		u.AzureADUsername, u.AvatarURL = nil, nil
		u.AuthProviderInfos, u.Licenses = nil, nil
	},
	"ivan.petrov": func(u *dbtUser) { u.IsActive = false },
	"nadia.haddad": func(u *dbtUser) {
		u.Permissions[0].State = 2
		u.Licenses[dbtAccountKey] = u.Permissions[0].dbtLicense
	},
	"tess.vandijk": func(u *dbtUser) { u.LastLogin, u.APITokenLastUsed = nil, nil },
	"hugo.martin": func(u *dbtUser) {
		u.News = json.RawMessage(`{"tier":"gold","since":1767225600,"flags":[true,null,"x"]}`)
	},
	"mei.tanaka": func(u *dbtUser) {
		u.GitHubConnected, u.GitHubUsername = true, ptr("meitanaka")
		u.Permissions[0].SCIMManaged = true
	},
	"jonas.weber": func(u *dbtUser) { u.APITokenLastUsed = ptr(moment(2026, 251)) },
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/sha256"
	"math/big"
	"strings"
)

// scimPeople are the users of the organization, in the order of the list.
// Forms names what is unusual about a row.
var scimPeople = []struct{ who, forms string }{
	{"amara.okafor", "groups"},
	{"jonas.weber", "strings"},
	{"mei.tanaka", ""},
	{"lukas.mueller", "name"},
	{"zoe.akesson", "strings name"},
	{"priya.natarajan", ""},
	{"carlos.fernandez", "name groups"},
	{"grace.thompson", ""},
	{"oliver.schmidt", "strings inactive"},
	{"hannah.lindqvist", "name second"},
	{"diego.morales", ""},
	{"chloe.dubois", "name"},
	{"tomasz.nowak", ""},
	{"raj.patel", "name"},
	{"emily.clark", "unsaid"},
	{"noah.bergstroem", "strings second"},
	{"yuki.sato", ""},
	{"aisha.rahman", "bare"},
	{"peter.novak", ""},
	{"laura.bianchi", "inactive"},
	{"ben.carter", "name"},
	{"daniel.kim", ""},
	{"marta.jansen", "strings"},
	{"kwame.mensah", ""},
	{"vitor.lima", "bare"},
	{"ivan.petrov", "inactive"},
	{"george.o'brien", "name"},
	{"lin.chen", ""},
	{"max.hoffmann", "strings"},
	{"kofi.boateng", "strings inactive"},
	{"dana.levy", ""},
}

// scimGroupRows are the groups with their members: two share a name, one has
// another group in it, one is empty.
var scimGroupRows = []struct{ external, name, members string }{
	{"idp-platform", "Data Platform", "amara.okafor jonas.weber tomasz.nowak"},
	{"idp-analysts", "Analysts", "grace.thompson oliver.schmidt hannah.lindqvist diego.morales chloe.dubois marta.jansen"},
	{"idp-bi", "Analysts", "kwame.mensah daniel.kim"},
	{"idp-analytics-engineering", "Analytics Engineering", "mei.tanaka lukas.mueller zoe.akesson priya.natarajan carlos.fernandez ivan.petrov"},
	{"", `Finance & "Legal"`, "emily.clark noah.bergstroem yuki.sato group:idp-bi"},
	{"idp-contractors", "Contractors", ""},
}

func newSCIM(people, pageCap int) *scim {
	s := &scim{pageCap: pageCap}
	byName := map[string]*scimUser{}
	for n, row := range scimPeople {
		user := seedSCIMUser(company[row.who], row.forms, n)
		byName[row.who] = user
		s.users = append(s.users, user)
	}
	robot := ksuid("svc-warehouse-sync")
	s.users = append(s.users, &scimUser{
		Schemas: []string{scimUserSchema}, ID: robot, UserName: "svc-warehouse-sync",
		DisplayName: "Warehouse Sync", Active: true, Meta: scimMetaOf("User", robot, len(s.users)),
	})
	for n := 1; len(s.users) < people; n++ {
		s.users = append(s.users, seedSCIMUser(extra(n), "", len(s.users)))
	}
	byExternal := map[string]*scimGroup{}
	for n, row := range scimGroupRows {
		id := ksuid("group " + row.external)
		group := &scimGroup{
			Schemas: []string{scimGroupURN}, ID: id, ExternalID: ptr(row.external), DisplayName: row.name,
			Members: []scimReference{}, Meta: scimMetaOf("Group", id, n),
		}
		for _, who := range strings.Fields(row.members) {
			if external, nested := strings.CutPrefix(who, "group:"); nested {
				child := byExternal[external]
				group.Members = append(group.Members, scimReference{child.ID, child.Meta.Location, child.DisplayName, "Group"})
				continue
			}
			user := byName[who]
			member := scimReference{user.ID, user.Meta.Location, user.DisplayName, "User"}
			if n%2 == 1 {
				member.Type = ""
			}
			group.Members = append(group.Members, member)
			if user.Groups != nil {
				user.Groups = append(user.Groups, scimReference{Value: id, Ref: group.Meta.Location, Display: row.name})
			}
		}
		byExternal[row.external] = group
		s.groups = append(s.groups, group)
	}
	return s
}

func seedSCIMUser(p person, forms string, n int) *scimUser {
	is := func(form string) bool { return strings.Contains(forms, form) }
	boolean := func(b bool) any {
		switch {
		case is("strings") && b:
			return "True"
		case is("strings"):
			return "False"
		default:
			return b
		}
	}
	id := ksuid(p.email)
	user := &scimUser{
		Schemas: []string{scimUserSchema}, ID: id, ExternalID: ptr("00u" + id[3:20]), UserName: p.email,
		DisplayName: p.name(), Active: boolean(!is("inactive")), Meta: scimMetaOf("User", id, n),
		Emails: []scimEmail{{p.email, "work", boolean(true)}},
	}
	if is("name") {
		user.Name = &scimName{GivenName: p.given, FamilyName: p.family, Formatted: p.name()}
	}
	if is("unsaid") {
		user.Active = nil
	}
	if is("second") {
		local, _, _ := strings.Cut(p.email, "@")
		user.Emails = append([]scimEmail{{local + "@home.example", "home", boolean(false)}}, user.Emails...)
	}
	if is("bare") {
		user.ExternalID, user.DisplayName, user.Emails[0].Type, user.Emails[0].Primary = nil, "", "", nil
	}
	if is("groups") {
		user.Groups = []scimReference{}
	}
	return user
}

func scimMetaOf(resource, id string, n int) scimMeta {
	return scimMeta{
		ResourceType: resource, Created: moment(2025, n), LastModified: moment(2026, n),
		Location: "/scim/v2/" + resource + "s/" + id,
	}
}

// ksuid makes a 27-character identifier like the service's, always the same one
// for the same seed.
func ksuid(seed string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(seed))
	number, base, digit := new(big.Int).SetBytes(sum[:]), big.NewInt(int64(len(digits))), new(big.Int)
	id := []byte("2")
	for len(id) < 27 {
		number.DivMod(number, base, digit)
		id = append(id, digits[digit.Int64()])
	}
	return string(id)
}

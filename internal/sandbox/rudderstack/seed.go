// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rudderstack

import (
	"crypto/sha256"
	"math/big"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/company"
)

const (
	userSchema  = "urn:ietf:params:scim:schemas:core:2.0:User"
	groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group"
)

// userRows are the users of the organization, in the order of the list.
// Forms names what is unusual about a row.
var userRows = []struct{ who, forms string }{
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
	{"emily.clark", "stateless"},
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

// groupRows are the groups with their members: two share a name, one has
// another group in it, which has it in turn, and one is empty.
var groupRows = []struct{ external, name, members string }{
	{"idp-platform", "Data Platform", "amara.okafor jonas.weber tomasz.nowak"},
	{"idp-analysts", "Analysts", "grace.thompson oliver.schmidt hannah.lindqvist diego.morales chloe.dubois marta.jansen"},
	{"idp-bi", "Analysts", "kwame.mensah daniel.kim group:"},
	{"idp-analytics-engineering", "Analytics Engineering", "mei.tanaka lukas.mueller zoe.akesson priya.natarajan carlos.fernandez ivan.petrov"},
	{"", `Finance & "Legal"`, "emily.clark noah.bergstroem yuki.sato group:idp-bi"},
	{"idp-contractors", "Contractors", ""},
}

// NewOrganization returns the organization of the company, with made-up people
// up to the number of users. pageCap is the largest page.
func NewOrganization(people, pageCap int, dates company.Calendar) *Organization {
	o := &Organization{pageCap: pageCap}
	byName := map[string]*scimUser{}
	for n, row := range userRows {
		user := seedUser(dates, company.People[row.who], row.forms, n)
		byName[row.who] = user
		o.users = append(o.users, user)
	}
	robot := ksuid("svc-warehouse-sync")
	o.users = append(o.users, &scimUser{
		Schemas: []string{userSchema}, ID: robot, UserName: "svc-warehouse-sync",
		DisplayName: "Warehouse Sync", Active: true, Meta: metaOf(dates, "User", robot, len(o.users)),
	})
	for n := 1; len(o.users) < people; n++ {
		o.users = append(o.users, seedUser(dates, company.MakeUp(n), "", len(o.users)))
	}
	byExternal := map[string]*scimGroup{}
	for n, row := range groupRows {
		id := ksuid("group " + row.external)
		byExternal[row.external] = &scimGroup{
			Schemas: []string{groupSchema}, ID: id, ExternalID: row.external, DisplayName: row.name,
			Members: []scimReference{}, Meta: metaOf(dates, "Group", id, n),
		}
	}
	for n, row := range groupRows {
		group := byExternal[row.external]
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
				user.Groups = append(user.Groups, scimReference{Value: group.ID, Ref: group.Meta.Location, Display: row.name})
			}
		}
		o.groups = append(o.groups, group)
	}
	return o
}

func seedUser(dates company.Calendar, p company.Person, forms string, n int) *scimUser {
	has := func(form string) bool { return strings.Contains(forms, form) }
	boolean := func(b bool) any {
		switch {
		case has("strings") && b:
			return "True"
		case has("strings"):
			return "False"
		default:
			return b
		}
	}
	id := ksuid(p.Email)
	user := &scimUser{
		Schemas: []string{userSchema}, ID: id, ExternalID: "00u" + id[3:20], UserName: p.Email,
		DisplayName: p.Name(), Active: boolean(!has("inactive")), Meta: metaOf(dates, "User", id, n),
		Emails: []scimEmail{{p.Email, "work", boolean(true)}},
	}
	if has("name") {
		user.Name = &scimName{GivenName: p.Given, FamilyName: p.Family, Formatted: p.Name()}
	}
	if has("stateless") {
		user.Active = nil
	}
	if has("second") {
		local, _, _ := strings.Cut(p.Email, "@")
		user.Emails = append([]scimEmail{{local + "@home.example", "home", boolean(false)}}, user.Emails...)
	}
	if has("bare") {
		user.ExternalID, user.DisplayName, user.Emails[0].Type, user.Emails[0].Primary = "", "", "", nil
	}
	if has("groups") {
		user.Groups = []scimReference{}
	}
	return user
}

func metaOf(dates company.Calendar, resource, id string, n int) scimMeta {
	return scimMeta{
		ResourceType: resource, Created: dates.Moment(2025, n), LastModified: dates.Moment(2026, n),
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

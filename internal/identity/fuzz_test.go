// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// FuzzJoin joins accounts in two orders. Each byte is an account: the lowest
// two bits its kind, the next three its address, the upper three the rest.
func FuzzJoin(f *testing.F) {
	everything := make([]byte, 256)
	for i := range everything {
		everything[i] = byte(i)
	}
	f.Add(everything, uint64(1))
	f.Add([]byte{0, 4, 8, 32, 36, 1, 5, 33, 2, 6, 34, 3, 7, 35}, uint64(2))
	f.Add([]byte{}, uint64(3))
	f.Fuzz(func(t *testing.T, accounts []byte, seed uint64) {
		aliases, err := NewAliases(map[string]string{"ada@home.example": "ada@northwind.example"})
		if err != nil {
			t.Fatal(err)
		}
		sources := madeUp(accounts)
		people, unmatched := Join(sources, aliases)
		checkAccounts(t, sources, people, unmatched)
		checkInvited(t, sources, aliases, people)
		grants := Grants(sources, aliases)
		checkGrants(t, grants, people, unmatched)

		sources = shuffled(sources, rand.New(rand.NewPCG(seed, 0)))
		again, unmatchedAgain := Join(sources, aliases)
		if grantsAgain := Grants(sources, aliases); !reflect.DeepEqual(grants, grantsAgain) {
			t.Errorf("got %s\nand in another order %s", readable(grants), readable(grantsAgain))
		}
		if !reflect.DeepEqual(people, again) || !reflect.DeepEqual(unmatched, unmatchedAgain) {
			t.Errorf("got %s %s\nand in another order %s %s", readable(people), readable(unmatched), readable(again), readable(unmatchedAgain))
		}
	})
}

// checkAccounts finds each account once, and each person once, in order.
func checkAccounts(t *testing.T, sources Sources, people []Person, unmatched []Unmatched) {
	t.Helper()
	var want, got []string
	for _, user := range sources.DBTCloudUsers {
		want = append(want, DBTCloud+strconv.FormatInt(user.ID, 10))
	}
	for _, user := range sources.RudderStackUsers {
		want = append(want, RudderStack+user.ID)
	}
	for _, user := range sources.FivetranUsers {
		want = append(want, Fivetran+user.ID)
	}
	for _, u := range unmatched {
		got = append(got, u.System+u.ID)
	}
	for i, person := range people {
		if i > 0 && people[i-1].Email >= person.Email {
			t.Errorf("got %q after %q", person.Email, people[i-1].Email)
		}
		var systems []string
		if d := person.DBTCloud; d != nil {
			systems = append(systems, DBTCloud)
			if d.ID != nil {
				got = append(got, DBTCloud+strconv.FormatInt(*d.ID, 10))
			}
		}
		if person.Fivetran != nil {
			systems = append(systems, Fivetran)
			got = append(got, Fivetran+person.Fivetran.ID)
		}
		if person.RudderStack != nil {
			systems = append(systems, RudderStack)
			got = append(got, RudderStack+person.RudderStack.ID)
		}
		if len(systems) == 0 || !slices.Equal(person.Systems, systems) {
			t.Errorf("%s: got the systems %v, want %v", person.Email, person.Systems, systems)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got the accounts %v\nwant %v", got, want)
	}
}

// checkGrants finds that each account has a grant, each grant an account with its
// address, and that no grant is there twice.
func checkGrants(t *testing.T, grants []*Grant, people []Person, unmatched []Unmatched) {
	t.Helper()
	// The addresses of accounts, "" for those that no person has.
	want := map[string]string{}
	for _, u := range unmatched {
		if u.System != Fivetran {
			want[u.System+u.ID] = ""
		}
	}
	for _, person := range people {
		if d := person.DBTCloud; d != nil && d.ID != nil {
			want[DBTCloud+strconv.FormatInt(*d.ID, 10)] = person.Email
		} else if d != nil && *d.Status == rest.UserInvited {
			want[DBTCloud+"invite"+person.Email] = person.Email
		}
		if f := person.Fivetran; f != nil && len(f.EffectiveRoles) > 0 {
			want[Fivetran+f.ID] = person.Email
		}
		if person.RudderStack != nil {
			want[RudderStack+person.RudderStack.ID] = person.Email
		}
	}
	got := map[string]string{}
	seen := map[string]bool{}
	for _, grant := range grants {
		row, email := readable(grant), ""
		if seen[row] {
			t.Errorf("got %s twice", row)
		}
		seen[row] = true
		if grant.Email != nil {
			email = *grant.Email
		}
		switch {
		case grant.UserID == nil:
			got[DBTCloud+"invite"+email] = email
		case grant.System != Fivetran || email != "":
			got[grant.System+*grant.UserID] = email
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got grants of the accounts %v\nwant %v", got, want)
	}
}

// checkInvited finds exactly the people whose invite is open among
// those who have no user in dbt Cloud.
func checkInvited(t *testing.T, sources Sources, aliases Aliases, people []Person) {
	t.Helper()
	open := map[string]bool{}
	for _, invite := range sources.DBTCloudInvites {
		if email := aliases.First(*invite.Email); *invite.Status == "pending" && strings.Contains(email, "@") {
			open[email] = true
		}
	}
	for _, user := range sources.DBTCloudUsers {
		if user.Email != nil {
			delete(open, aliases.First(*user.Email))
		}
	}
	for _, person := range people {
		invited := person.DBTCloud != nil && person.DBTCloud.ID == nil && *person.DBTCloud.Status == rest.UserInvited
		if invited != open[person.Email] {
			t.Errorf("%s: got invited %t, want %t", person.Email, invited, open[person.Email])
		}
		delete(open, person.Email)
	}
	if len(open) > 0 {
		t.Errorf("got no people for the invites of %v", open)
	}
}

func madeUp(accounts []byte) Sources {
	emails := []*string{
		nil, new(""), new("robot"), new("ada@northwind.example"), new(" Ada@Northwind.example"),
		new("ada@home.example"), new("mei@northwind.example"), new("MEI@northwind.example "),
	}
	flags := []*bool{nil, new(true), new(false), new(true)}
	statuses := []*rest.UserStatus{nil, new(rest.UserActive), new(rest.UserInactive), new(rest.UserActive)}
	sources := Sources{
		FivetranTeams:   []fivetran.Team{{ID: "t", Name: new("Platform"), Role: new("Account Administrator")}},
		FivetranMembers: map[string][]fivetran.Member{"t": {}},
		DBTCloudGroups:  map[int64]dbtcloud.GroupAccess{1: {ID: 1, Name: new("Owner"), Permissions: []dbtcloud.Permission{{PermissionSet: new("owner")}, {PermissionSet: new("owner")}}}},
		RudderStackNesting: scim.NestingOf([]scim.Group{
			{ID: "g", DisplayName: new("Low"), Members: []scim.Member{{ID: "h", Type: scim.GroupMember}}},
			{ID: "h", DisplayName: new("High"), Members: []scim.Member{{ID: "g", Type: scim.GroupMember}}},
		}),
	}
	for n, b := range accounts {
		id, email, bits := strconv.Itoa(n), emails[b>>2&7], b>>5
		switch b & 3 {
		case 0:
			sources.DBTCloudUsers = append(sources.DBTCloudUsers, dbtcloud.User{ID: int64(n), Email: email, Status: statuses[bits&3], LicenseType: new(dbtcloud.LicenseDeveloper), Groups: []dbtcloud.GroupRef{{ID: new(int64(1)), Name: new("Owner")}, {ID: new(int64(b >> 5))}}})
		case 1:
			if email != nil {
				status := []dbtcloud.InviteStatus{dbtcloud.InvitePending, dbtcloud.InviteRedeemed, dbtcloud.InviteExpired, dbtcloud.InvitePending}[bits&3]
				sources.DBTCloudInvites = append(sources.DBTCloudInvites, dbtcloud.Invite{ID: int64(n), Email: email, Status: &status, LicenseType: new(dbtcloud.LicenseType(id)), GroupIDs: []int64{1}})
			}
		case 2:
			sources.RudderStackUsers = append(sources.RudderStackUsers, scim.User{ID: id, UserName: email, Active: flags[bits&3], Groups: []scim.GroupRef{{ID: "g", DisplayName: new("Low")}}})
		case 3:
			sources.FivetranUsers = append(sources.FivetranUsers, fivetran.User{ID: id, Email: email, Active: flags[bits&3], Invited: flags[bits>>1]})
			if bits > 3 {
				sources.FivetranMembers["t"] = append(sources.FivetranMembers["t"], fivetran.Member{UserID: id})
			}
		}
	}
	return sources
}

// shuffled returns copies in another order: results point into the sources.
func shuffled(s Sources, random *rand.Rand) Sources {
	s.DBTCloudUsers = inAnyOrder(random, s.DBTCloudUsers)
	s.DBTCloudInvites = inAnyOrder(random, s.DBTCloudInvites)
	s.RudderStackUsers = inAnyOrder(random, s.RudderStackUsers)
	s.FivetranUsers = inAnyOrder(random, s.FivetranUsers)
	s.FivetranMembers = map[string][]fivetran.Member{"t": inAnyOrder(random, s.FivetranMembers["t"])}
	return s
}

func inAnyOrder[T any](random *rand.Rand, rows []T) []T {
	rows = slices.Clone(rows)
	random.Shuffle(len(rows), reflect.Swapper(rows))
	return rows
}

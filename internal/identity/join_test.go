// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package identity

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	const ada = "ada@northwind.example"
	for name, test := range map[string]struct {
		sources   Sources
		aliases   map[string]string
		people    []Person
		unmatched []Unmatched
	}{
		"nothing": {people: []Person{}, unmatched: []Unmatched{}},
		"empty accounts": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{}, DBTCloudInvites: []dbtcloud.Invite{},
				RudderStackUsers: []scim.User{}, FivetranUsers: []fivetran.User{}, FivetranMembers: map[string][]fivetran.Member{},
			},
			people: []Person{}, unmatched: []Unmatched{},
		},
		"three spellings in three systems": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{{
					ID: 7, Email: new("Ada@Northwind.example"), Status: new(rest.UserActive), LicenseType: new(dbtcloud.LicenseDeveloper), LastLogin: new("2026-01-02T03:04:05Z"),
					Groups: []dbtcloud.GroupRef{{ID: new(int64(1)), Name: new("Owner")}, {ID: new(int64(3))}},
				}},
				RudderStackUsers: []scim.User{{
					ID: "2r", Email: new(" ADA@northwind.example"), Active: new(true),
					Groups: []scim.GroupRef{{ID: "g1", DisplayName: new("Platform")}, {ID: "g2"}},
				}},
				FivetranUsers:   []fivetran.User{{ID: "nozzle_eat", Email: new("ada@northwind.EXAMPLE\t"), Active: new(true), Invited: new(false), Role: new("Account Analyst"), LoggedInAt: new("2026-02-03")}},
				FivetranTeams:   []fivetran.Team{{ID: "t1", Name: new("Analysts"), Role: new("Account Administrator")}, {ID: "t2", Name: new("Platform")}, {ID: "t3"}},
				FivetranMembers: map[string][]fivetran.Member{"t1": {{UserID: "nozzle_eat"}}, "t2": {{UserID: "nozzle_eat"}}, "t3": {{UserID: "nozzle_eat"}}},
			},
			people: []Person{{
				Email: ada, Systems: []string{"dbtcloud", "fivetran", "rudderstack"},
				DBTCloud:    &DBTCloudAccount{ID: new(int64(7)), Status: new(rest.UserActive), LicenseType: new(dbtcloud.LicenseDeveloper), LastLogin: new("2026-01-02T03:04:05Z"), Groups: []string{"Owner", "3"}},
				RudderStack: &RudderStackAccount{ID: "2r", Status: new(rest.UserActive), Groups: []string{"Platform", "g2"}},
				Fivetran:    &FivetranAccount{ID: "nozzle_eat", Status: new(rest.UserActive), Role: new("Account Analyst"), EffectiveRoles: []string{"Account Administrator", "Account Analyst"}, LastLogin: new("2026-02-03"), Teams: []string{"Analysts", "Platform", "t3"}},
			}},
			unmatched: []Unmatched{},
		},
		"a person whose address looks like another's": {
			sources: Sources{
				RudderStackUsers: []scim.User{{ID: "r", Email: new("kim@x.example")}},
				FivetranUsers:    []fivetran.User{{ID: "f", Email: new("\u212Aim@x.example")}},
			},
			people: []Person{
				{Email: "kim@x.example", Systems: []string{"rudderstack"}, RudderStack: &RudderStackAccount{ID: "r"}},
				{Email: "\u212Aim@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{ID: "f"}},
			},
			unmatched: []Unmatched{},
		},
		"sorted, and nothing known": {
			sources: Sources{
				DBTCloudUsers:    []dbtcloud.User{{ID: 2, Email: new("b@x.example")}},
				RudderStackUsers: []scim.User{{ID: "r", Email: new("A@x.example")}},
				FivetranUsers:    []fivetran.User{{ID: "f", Email: new("c@x.example")}},
			},
			people: []Person{
				{Email: "a@x.example", Systems: []string{"rudderstack"}, RudderStack: &RudderStackAccount{ID: "r"}},
				{Email: "b@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{ID: new(int64(2)), Groups: []string{}}},
				{Email: "c@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{ID: "f"}},
			},
			unmatched: []Unmatched{},
		},
		"aliases": {
			sources: Sources{
				DBTCloudUsers:    []dbtcloud.User{{ID: 1, Email: new("Ada@Home.example")}},
				DBTCloudInvites:  []dbtcloud.Invite{{ID: 5, Email: new(ada), Status: new(dbtcloud.InvitePending)}},
				RudderStackUsers: []scim.User{{ID: "r", UserName: new("lovelace@northwind.example")}},
			},
			aliases: map[string]string{"ada@home.example": "Ada@northwind.example", "Lovelace@northwind.example": ada},
			people: []Person{{
				Email: ada, Systems: []string{"dbtcloud", "rudderstack"},
				DBTCloud: &DBTCloudAccount{ID: new(int64(1)), Groups: []string{}}, RudderStack: &RudderStackAccount{ID: "r"},
			}},
			unmatched: []Unmatched{},
		},
		"invites": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{{ID: 1, Email: new("user@x.example"), Status: new(rest.UserInactive)}},
				DBTCloudInvites: []dbtcloud.Invite{
					{ID: 12, Email: new("pending@x.example"), Status: new(dbtcloud.InvitePending), LicenseType: new(dbtcloud.LicenseReadOnly), CreatedAt: new("2026-03-01")},
					{ID: 9, Email: new("Pending@x.example"), Status: new(dbtcloud.InvitePending), LicenseType: new(dbtcloud.LicenseDeveloper)},
					{ID: 13, Email: new("pending@x.example"), Status: new(dbtcloud.InviteExpired), LicenseType: new(dbtcloud.LicenseIT)},
					{ID: 14, Email: new("user@x.example"), Status: new(dbtcloud.InvitePending)},
					{ID: 15, Email: new("gone@x.example"), Status: new(dbtcloud.InviteRedeemed)},
					{ID: 16, Email: new("late@x.example"), Status: new(dbtcloud.InviteExpired)},
					{ID: 21, Email: new("elsewhere@x.example"), Status: new(dbtcloud.InviteExpired), LicenseType: new(dbtcloud.LicenseIT)},
					{ID: 17, Email: new("new@x.example"), Status: new(dbtcloud.InviteStatus("6"))},
					{ID: 18, Email: new("unsaid@x.example")},
					{ID: 19, Status: new(dbtcloud.InvitePending)},
					{ID: 20, Email: new("verified@x.example"), Status: new(dbtcloud.InviteVerifiedSSO)},
				},
				RudderStackUsers: []scim.User{{ID: "r", Email: new("elsewhere@x.example")}},
			},
			people: []Person{
				{Email: "elsewhere@x.example", Systems: []string{"dbtcloud", "rudderstack"}, DBTCloud: &DBTCloudAccount{Status: new(rest.UserInactive), StatusDetail: new(InviteExpired), LicenseType: new(dbtcloud.LicenseIT)}, RudderStack: &RudderStackAccount{ID: "r"}},
				{Email: "new@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{Status: new(rest.UserInvited), StatusDetail: new(InvitePending)}},
				{Email: "pending@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{Status: new(rest.UserInvited), StatusDetail: new(InvitePending), LicenseType: new(dbtcloud.LicenseReadOnly), CreatedAt: new("2026-03-01")}},
				{Email: "unsaid@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{Status: new(rest.UserInvited), StatusDetail: new(InvitePending)}},
				{Email: "user@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{ID: new(int64(1)), Status: new(rest.UserInactive), StatusDetail: new(NoLicense), Groups: []string{}}},
				{Email: "verified@x.example", Systems: []string{"dbtcloud"}, DBTCloud: &DBTCloudAccount{Status: new(rest.UserInvited), StatusDetail: new(InvitePending)}},
			},
			unmatched: []Unmatched{},
		},
		"no address": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{{ID: 4, Email: new(" "), FirstName: new("Zoë")}, {ID: 5, Email: new("robot")}},
				RudderStackUsers: []scim.User{
					{ID: "r3", UserName: new("svc-sync")},
					{ID: "r2", UserName: new("svc-b"), DisplayName: new("a Robot")},
					{ID: "r1", UserName: new("svc-a"), GivenName: new("A"), FamilyName: new("Robot")},
					{ID: "r0"},
				},
				FivetranUsers: []fivetran.User{
					{ID: "f", GivenName: new("Sync"), FamilyName: new("")},
					{ID: "s", GivenName: new("Alerts"), Email: new("Alerts@x.example"), UserType: new(fivetran.ServiceAccount)},
				},
			},
			people: []Person{},
			unmatched: []Unmatched{
				{System: "dbtcloud", ID: "4", Name: new("Zoë"), Email: new(" "), Type: ServiceAccount},
				{System: "dbtcloud", ID: "5", Email: new("robot"), Type: ServiceAccount},
				{System: "fivetran", ID: "s", Name: new("Alerts"), Email: new("Alerts@x.example"), Type: ServiceAccount},
				{System: "fivetran", ID: "f", Name: new("Sync"), Type: ServiceAccount},
				{System: "rudderstack", ID: "r1", Name: new("A Robot"), Type: ServiceAccount},
				{System: "rudderstack", ID: "r2", Name: new("a Robot"), Type: ServiceAccount},
				{System: "rudderstack", ID: "r3", Name: new("svc-sync"), Type: ServiceAccount},
				{System: "rudderstack", ID: "r0", Type: ServiceAccount},
			},
		},
		"two users with one address": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{
					{ID: 9, Email: new(ada), Status: new(rest.UserInactive), FirstName: new("Ada")},
					{ID: 1000, Email: new("ADA@northwind.example"), Status: new(rest.UserActive)},
					{ID: 999, Email: new("ada@home.example"), Status: new(rest.UserActive)},
					{ID: 10, Email: new(ada)},
				},
				FivetranUsers: []fivetran.User{
					{ID: "first", Email: new(ada), Active: new(false)},
					{ID: "other", Email: new(ada), Active: new(true), Invited: new(true)},
				},
			},
			aliases: map[string]string{"ada@home.example": ada},
			people: []Person{{
				Email: ada, Systems: []string{"dbtcloud", "fivetran"},
				DBTCloud: &DBTCloudAccount{ID: new(int64(999)), Status: new(rest.UserActive), Groups: []string{}},
				Fivetran: &FivetranAccount{ID: "other", Status: new(rest.UserInvited), StatusDetail: new(InvitePending)},
			}},
			unmatched: []Unmatched{
				{System: "dbtcloud", ID: "9", Name: new("Ada"), Email: new(ada), Type: User},
				{System: "dbtcloud", ID: "10", Email: new(ada), Type: User},
				{System: "dbtcloud", ID: "1000", Email: new("ADA@northwind.example"), Type: User},
				{System: "fivetran", ID: "first", Email: new(ada), Type: User},
			},
		},
		"teams": {
			sources: Sources{
				FivetranUsers:   []fivetran.User{{ID: "in", Email: new("a@x.example")}, {ID: "out", Email: new("b@x.example")}},
				FivetranTeams:   []fivetran.Team{{ID: "t", Name: new("Platform")}, {ID: "gone", Name: new("Gone"), Role: new("Account Analyst")}},
				FivetranMembers: map[string][]fivetran.Member{"t": {{UserID: "in"}, {UserID: "stranger"}}},
			},
			people: []Person{
				{Email: "a@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{ID: "in", Teams: []string{"Platform"}, EffectiveRoles: []string{}}},
				{Email: "b@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{ID: "out", Teams: []string{}, EffectiveRoles: []string{}}},
			},
			unmatched: []Unmatched{{System: "fivetran", ID: "stranger", Type: TeamMember}},
		},
		"why not active": {
			sources: Sources{
				DBTCloudUsers: []dbtcloud.User{
					{ID: 1, Email: new("a@x.example"), Status: new(rest.UserInactive), IsActive: new(false), CreatedAt: new("2026-01-01")},
					{ID: 2, Email: new("b@x.example"), Status: new(rest.UserInactive), IsActive: new(true)},
				},
				RudderStackUsers: []scim.User{{ID: "r", Email: new("a@x.example"), ExternalID: new("00u"), CreatedAt: new("2026-01-02")}},
				FivetranUsers:    []fivetran.User{{ID: "f", Email: new("b@x.example"), Active: new(false), Invited: new(true), CreatedAt: new("2026-01-03")}},
			},
			people: []Person{
				{
					Email: "a@x.example", Systems: []string{"dbtcloud", "rudderstack"},
					DBTCloud:    &DBTCloudAccount{ID: new(int64(1)), Status: new(rest.UserInactive), StatusDetail: new(Deactivated), CreatedAt: new("2026-01-01"), Groups: []string{}},
					RudderStack: &RudderStackAccount{ID: "r", ExternalID: new("00u"), CreatedAt: new("2026-01-02")},
				},
				{
					Email: "b@x.example", Systems: []string{"dbtcloud", "fivetran"},
					DBTCloud: &DBTCloudAccount{ID: new(int64(2)), Status: new(rest.UserInactive), StatusDetail: new(NoLicense), Groups: []string{}},
					Fivetran: &FivetranAccount{ID: "f", Status: new(rest.UserInactive), StatusDetail: new(Suspended), CreatedAt: new("2026-01-03")},
				},
			},
			unmatched: []Unmatched{},
		},
		"groups in groups": {
			sources: Sources{
				RudderStackUsers: []scim.User{
					{ID: "in", Email: new("a@x.example"), Groups: []scim.GroupRef{{ID: "mid", DisplayName: new("Mid")}, {DisplayName: new("Only a name")}}},
					{ID: "silent", Email: new("b@x.example")},
				},
				RudderStackNesting: scim.NestingOf([]scim.Group{
					{ID: "top", Members: []scim.Member{{ID: "mid", Type: scim.UnknownMember}}},
					{ID: "mid", DisplayName: new("Mid"), Members: []scim.Member{{ID: "top", Type: scim.GroupMember}, {ID: "low", Type: scim.GroupMember}, {ID: "in", Type: scim.UserMember}}},
					{ID: "low", DisplayName: new("Low"), Members: []scim.Member{}},
				}),
			},
			people: []Person{
				{Email: "a@x.example", Systems: []string{"rudderstack"}, RudderStack: &RudderStackAccount{ID: "in", Groups: []string{"Mid", "Only a name"}, AllGroups: []string{"Mid", "Only a name", "top"}}},
				{Email: "b@x.example", Systems: []string{"rudderstack"}, RudderStack: &RudderStackAccount{ID: "silent"}},
			},
			unmatched: []Unmatched{},
		},
		"groups in Fivetran": {
			sources: Sources{
				FivetranUsers:      []fivetran.User{{ID: "in", Email: new("a@x.example")}},
				FivetranTeams:      []fivetran.Team{{ID: "t", Name: new("Platform")}},
				FivetranMembers:    map[string][]fivetran.Member{"t": {{UserID: "in"}}},
				FivetranGroups:     []fivetran.Group{{ID: "g2", Name: new("Archive")}},
				FivetranUserGroups: map[string][]fivetran.GroupRole{"in": {{GroupID: "g1"}, {GroupID: "g2", Role: new("View Destination")}}},
				FivetranTeamGroups: map[string][]fivetran.GroupRole{"t": {{GroupID: "g2", Role: new("Manage Destination")}}},
			},
			people: []Person{{Email: "a@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{
				ID: "in", Teams: []string{"Platform"}, EffectiveRoles: []string{},
				Groups: []FivetranGroup{
					{ID: "g2", Name: new("Archive"), Role: new("Manage Destination"), Via: "Platform"},
					{ID: "g2", Name: new("Archive"), Role: new("View Destination"), Via: "direct"},
					{ID: "g1", Via: "direct"},
				},
			}}},
			unmatched: []Unmatched{},
		},
		"groups in Fivetran that are known in part": {
			sources: Sources{
				FivetranUsers:      []fivetran.User{{ID: "in", Email: new("a@x.example")}},
				FivetranMembers:    map[string][]fivetran.Member{},
				FivetranUserGroups: map[string][]fivetran.GroupRole{"in": {{GroupID: "g1"}}},
			},
			people: []Person{{Email: "a@x.example", Systems: []string{"fivetran"}, Fivetran: &FivetranAccount{
				ID: "in", Teams: []string{}, EffectiveRoles: []string{},
			}}},
			unmatched: []Unmatched{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			aliases, err := NewAliases(test.aliases)
			if err != nil {
				t.Fatal(err)
			}
			people, unmatched := Join(test.sources, aliases)
			if !reflect.DeepEqual(people, test.people) {
				t.Errorf("people:\n got %s\nwant %s", readable(people), readable(test.people))
			}
			if !reflect.DeepEqual(unmatched, test.unmatched) {
				t.Errorf("unmatched:\n got %s\nwant %s", readable(unmatched), readable(test.unmatched))
			}
		})
	}
}

func readable(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// TestNames takes the name of the first service that has one.
func TestNames(t *testing.T) {
	t.Parallel()
	address := new("ann@x.example")
	for name, test := range map[string]struct {
		sources Sources
		want    *string
	}{
		"dbt Cloud first": {Sources{
			DBTCloudUsers:    []dbtcloud.User{{ID: 1, Email: address, FirstName: new("Ann"), LastName: new("Lee")}},
			FivetranUsers:    []fivetran.User{{ID: "f", Email: address, GivenName: new("A."), FamilyName: new("L.")}},
			RudderStackUsers: []scim.User{{ID: "r", Email: address, DisplayName: new("Annie")}},
		}, new("Ann Lee")},
		"else Fivetran": {Sources{
			DBTCloudUsers:    []dbtcloud.User{{ID: 1, Email: address}},
			FivetranUsers:    []fivetran.User{{ID: "f", Email: address, FamilyName: new("L.")}},
			RudderStackUsers: []scim.User{{ID: "r", Email: address, DisplayName: new("Annie")}},
		}, new("L.")},
		"else RudderStack": {Sources{
			FivetranUsers:    []fivetran.User{{ID: "f", Email: address}},
			RudderStackUsers: []scim.User{{ID: "r", Email: address, DisplayName: new("Annie")}},
		}, new("Annie")},
		"none":               {Sources{RudderStackUsers: []scim.User{{ID: "r", Email: address, UserName: new("ann")}}}, nil},
		"an invite has none": {Sources{DBTCloudInvites: []dbtcloud.Invite{{ID: 1, Email: address}}}, nil},
	} {
		people, _ := Join(test.sources, Aliases{})
		if len(people) != 1 || !reflect.DeepEqual(people[0].Name, test.want) {
			t.Errorf("%s: got %v, want one with the name %v", name, people, test.want)
		}
	}
}

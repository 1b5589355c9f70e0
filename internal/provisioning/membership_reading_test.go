// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestOtherMembersStay counts everyone else's memberships.
func TestOtherMembersStay(t *testing.T) {
	t.Parallel()
	for _, key := range []fivetran.MembershipKey{notInTeam, notInGroup} {
		a := newAccount(t, sandbox.Options{})
		m := NewMemberships(a.Fivetran)
		before, err := m.All(t.Context(), key.In)
		if err != nil {
			t.Fatal(err)
		}
		role, other := rolesOf(key)
		added, err := m.Add(t.Context(), key, role)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.ChangeRole(t.Context(), added.Membership, other); err != nil {
			t.Fatal(err)
		}
		if _, err := NewMemberships(a.Fivetran).Remove(t.Context(), added.Membership); err != nil {
			t.Fatal(err)
		}
		after, err := m.All(t.Context(), key.In)
		if err != nil || len(before) < 5 || !reflect.DeepEqual(texts(before), texts(after)) {
			t.Errorf("got %v and error %v, want %v", texts(after), err, texts(before))
		}
	}
}

func texts(memberships []fivetran.Membership) (all []string) {
	for _, m := range memberships {
		all = append(all, MembershipID(m.MembershipKey)+" "+orEmpty(m.Role))
	}
	return all
}

// TestMembershipsAreReadTogether counts the requests of a refresh: a list for each
// team and group, and one more for each member that it does not show.
func TestMembershipsAreReadTogether(t *testing.T) {
	t.Parallel()
	for in, keys := range map[string][2]fivetran.MembershipKey{"teams": {inTeam, notInTeam}, "groups": {inGroup, notInGroup}} {
		a := newAccount(t, sandbox.Options{})
		m := NewMemberships(a.Fivetran)
		role, other := rolesOf(keys[0])
		for _, known := range []string{role, other, ""} {
			for range 50 {
				got, err := m.Membership(t.Context(), keys[0], known)
				if err != nil || *got.Role != role {
					t.Fatalf("%s: got %+v and error %v", in, got, err)
				}
			}
		}
		if _, err := m.Membership(t.Context(), keys[1], role); !fivetran.NotFound(err) {
			t.Errorf("%s: got %v, want NotFound", in, err)
		}
		var read []string
		for _, request := range a.Requests() {
			if !strings.HasPrefix(request.Path, "/v1/roles") {
				read = append(read, request.Path)
			}
		}
		if len(read) != 2 || read[0] != "/v1/"+in+"/"+keys[0].ID+"/users" {
			t.Errorf("%s: read %v", in, read)
		}
	}
}

// TestRoleOfAGroupsListIsDoubted where it may be the one in the account.
func TestRoleOfAGroupsListIsDoubted(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	list := sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/groups/serving_iodine/users", Status: http.StatusOK,
		Body: `{"code":"Success","data":{"items":[{"id":"walnut_sing","role":"Account Analyst"},{"id":"ferry_blink","role":null}]}}`}
	a.Inject(list)
	m := NewMemberships(a.Fivetran)
	for _, known := range []string{"", "View Destination", "Edit Destination"} {
		got, err := m.Membership(t.Context(), inGroup, known)
		if err != nil || *got.Role != "View Destination" {
			t.Errorf("known as %q: got %+v and error %v", known, got, err)
		}
	}
	found, ok, err := m.Find(t.Context(), inGroup)
	if err != nil || !ok || *found.Role != "View Destination" {
		t.Errorf("got %+v, %t and error %v", found, ok, err)
	}
	all, err := m.All(t.Context(), fivetran.InGroup)
	if err != nil || !slices.Contains(texts(all), "groups/serving_iodine/ferry_blink View Destination") || !slices.Contains(texts(all), "groups/serving_iodine/walnut_sing View Destination") {
		t.Errorf("got %v and error %v", texts(all), err)
	}
}

func TestLastManager(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	m := NewMemberships(a.Fivetran)
	manager := fivetran.MembershipKey{In: fivetran.InTeam, ID: "loud_cedar", UserID: "ferry_blink"}
	expect := func(key fivetran.MembershipKey, want bool) {
		t.Helper()
		if got, err := m.LastManager(t.Context(), key); err != nil || got != want {
			t.Errorf("%s: got %t and error %v, want %t", MembershipID(key), got, err, want)
		}
	}
	expect(manager, true)
	expect(inTeam, false)
	expect(inGroup, false)
	second := fivetran.Membership{MembershipKey: inTeam, Role: new(fivetran.TeamMember)}
	if _, err := m.ChangeRole(t.Context(), second, fivetran.TeamManager); err != nil {
		t.Fatal(err)
	}
	expect(manager, false)
	id := MembershipID(inTeam)
	m.PlanUser(Planned{ID: id, Address: id, Fate: Delete})
	expect(manager, true)
}

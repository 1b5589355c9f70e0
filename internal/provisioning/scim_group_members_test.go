// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// TestSCIMLargeGroup has more members than one request takes.
func TestSCIMLargeGroup(t *testing.T) {
	t.Parallel()
	a := newSCIMAccountBehind(t, sandbox.Options{People: 2400}, func(*http.Request) {})
	g := newSCIMGroups(a)
	people := a.people(2300)
	wanted := SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: people[:2200]}
	result, err := g.Create(t.Context(), wanted)
	if err != nil || result.Case != Created || len(result.Differences) != 0 || !slices.Equal(MembersOf(result.Group), people[:2200]) {
		t.Fatalf("got case %d, %d members and error %v", result.Case, len(result.Group.Members), err)
	}
	if got := a.Count(http.MethodPatch, groupPath); got != 2 {
		t.Errorf("got %d PATCH, want 2", got)
	}
	a.ForgetRequests()
	wanted.MemberIDs = people[150:2300]
	result, err = g.Update(t.Context(), result.Group.ID, wanted)
	if err != nil || !slices.Equal(MembersOf(result.Group), people[150:2300]) {
		t.Errorf("got case %d, %d members and error %v", result.Case, len(result.Group.Members), err)
	}
	if got := a.Count(http.MethodPatch, groupPath); got != 2 {
		t.Errorf("got %d PATCH, want 2", got)
	}
}

// TestSCIMMembersLost is a service that keeps new groups without their members,
// and one that keeps none at all.
func TestSCIMMembersLost(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behavior sandbox.DBTCloudBehavior
		kept     bool
	}{"of new groups": {kept: true}, "always": {behavior: sandbox.DBTCloudBehavior{KeepNothing: []string{"PATCH Groups"}}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccountBehind(t, sandbox.Options{DBTCloud: test.behavior}, func(r *http.Request) {
				if r.Method == http.MethodPost {
					var body map[string]any
					_ = json.NewDecoder(r.Body).Decode(&body)
					delete(body, "members")
					text, _ := json.Marshal(body)
					r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
				}
			})
			g := newSCIMGroups(a)
			result, err := g.Create(t.Context(), SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: a.people(2)})
			if err != nil || result.Case != Created || len(MembersOf(result.Group)) != map[bool]int{true: 2}[test.kept] || len(contradicting(result.Differences)) != map[bool]int{false: 1}[test.kept] {
				t.Errorf("got %+v and error %v", result, err)
			}
			if got := a.Count(http.MethodPatch, groupPath); got != 1 {
				t.Errorf("got %d PATCH, want 1", got)
			}
		})
	}
}

// TestSCIMGroupErrors are of the kinds that say what to do.
func TestSCIMGroupErrors(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{PendingUsers: true, SameGroupNames: true})
	g := newSCIMGroups(a)
	group := a.makeGroup("Squad One", a.people(1)...)
	pending := a.invite(t, ada, true)
	inactive := a.invite(t, "bob@northwind.example", false)
	for _, do := range []func(SCIMGroupDetails) (SCIMGroupResult, error){
		func(wanted SCIMGroupDetails) (SCIMGroupResult, error) {
			wanted.DisplayName = "Squad Two"
			return g.Create(t.Context(), wanted)
		},
		func(wanted SCIMGroupDetails) (SCIMGroupResult, error) {
			wanted.DisplayName = "Squad One"
			return g.Update(t.Context(), group.ID, wanted)
		},
	} {
		result, err := do(SCIMGroupDetails{MemberIDs: []string{pending.ID, inactive.ID}})
		unlicensed, ok := errors.AsType[*UnlicensedError](err)
		if !ok || result.Case != Refused || !slices.Equal(slices.Sorted(slices.Values(unlicensed.Added)), []string{ada, "bob@northwind.example"}) ||
			!slices.Equal(unlicensed.Inactive, []string{"bob@northwind.example"}) || rest.Status(err) != http.StatusBadRequest {
			t.Errorf("got case %d and error %#v", result.Case, err)
		}
		_, err = do(SCIMGroupDetails{MemberIDs: []string{"x", pending.ID, "y", "x"}})
		if unknown, ok := errors.AsType[*UnknownMembersError](err); !ok || !slices.Equal(unknown.IDs, []string{"x", "y"}) {
			t.Errorf("got error %v", err)
		}
	}
	a.Inject(sandbox.Fault{Method: http.MethodPatch, PathPrefix: groupPath, Status: 403, Times: 1})
	_, err := g.Update(t.Context(), group.ID, SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: []string{pending.ID}})
	if _, ok := errors.AsType[*UnlicensedError](err); ok || rest.Status(err) != http.StatusForbidden {
		t.Errorf("got error %v, want the refusal", err)
	}
	other := a.makeGroup("squad one")
	_, err = newSCIMGroups(a).Create(t.Context(), SCIMGroupDetails{DisplayName: "Squad One"})
	if several, ok := errors.AsType[*SeveralError](err); !ok || len(several.IDs) != 2 || !slices.Contains(several.IDs, other.ID) || !slices.Contains(several.IDs, group.ID) {
		t.Errorf("got error %v", err)
	}
	if len(a.groupsNamed("Squad One")) != 2 || len(a.groupsNamed("Squad Two")) != 0 {
		t.Error("a group was created")
	}
}

// TestSCIMRemovalsKept ends with the first request that has no effect.
func TestSCIMRemovalsKept(t *testing.T) {
	t.Parallel()
	a := newSCIMAccountBehind(t, sandbox.Options{People: 250, DBTCloud: sandbox.DBTCloudBehavior{KeepNothing: []string{"PATCH Groups"}}}, func(*http.Request) {})
	group := a.makeGroup("Squad One", a.people(150)...)
	result, err := newSCIMGroups(a).Update(t.Context(), group.ID, SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: []string{}})
	if err != nil || len(result.Differences) != 1 || a.Count(http.MethodPatch, groupPath) != 1 {
		t.Errorf("got %v, error %v and %d PATCH", result.Differences, err, a.Count(http.MethodPatch, groupPath))
	}
}

// TestMembersOf are users, or may be, once each.
func TestMembersOf(t *testing.T) {
	t.Parallel()
	group := scim.Group{Members: []scim.Member{{ID: "2"}, {ID: "1", Type: scim.UserMember}, {ID: "3", Type: scim.GroupMember}, {Display: new("?")}, {ID: "2", Type: scim.UnknownMember}}}
	if got := MembersOf(group); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("got %v", got)
	}
	if got := MembersOf(scim.Group{}); got == nil || len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}

// TestSCIMDoubtfulGroup has a user who names a group that does not have the user:
// the group's own reply counts, however many are read.
func TestSCIMDoubtfulGroup(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	people := a.people(2)
	group := a.makeGroup("Squad One", people[0])
	a.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: userPath, Status: 200,
		Body: fmt.Sprintf(`{"totalResults":1,"Resources":[{"id":%q,"userName":"x@northwind.example","groups":[{"value":%q}]}]}`, people[1], group.ID)})
	g := newSCIMGroups(a)
	for range 20 {
		read, err := g.Group(t.Context(), group.ID)
		if err != nil || !slices.Equal(MembersOf(read), people[:1]) {
			t.Fatalf("got %+v and error %v", read, err)
		}
	}
}

// TestSCIMGroupOfNewUsers has members whom the run created after it had listed
// the users.
func TestSCIMGroupOfNewUsers(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	user, err := a.users.Create(t.Context(), wantedAda())
	if err != nil {
		t.Fatal(err)
	}
	g := newSCIMGroups(a)
	result, err := g.Create(t.Context(), SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: []string{user.User.ID}})
	if err != nil || !slices.Equal(MembersOf(result.Group), []string{user.User.ID}) {
		t.Errorf("got %+v and error %v", result, err)
	}
	refreshed, err := a.users.User(t.Context(), user.User.ID)
	if err != nil || len(refreshed.Groups) != 1 || refreshed.Groups[0].ID != result.Group.ID {
		t.Errorf("got %+v and error %v", refreshed, err)
	}
}

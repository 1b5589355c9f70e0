// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"errors"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestSCIMUpdateGroup changes a group with two members, e and f of a to f.
func TestSCIMUpdateGroup(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	update := func(results ...string) (records []string) {
		for _, result := range results {
			records = append(records, "update: "+result)
		}
		return records
	}
	for name, test := range map[string]struct {
		behavior behavior
		rename   string
		external *string
		members  string // "-" for not managed
		fault    sandbox.Fault
		want     Case
		record   []string
		fails    bool
		differs  []string
		now      string
	}{
		"nothing to change":       {members: "ef", want: Changed, now: "ef"},
		"members not managed":     {members: "-", want: Changed, now: "ef"},
		"no members":              {members: "", want: Changed, record: update("success"), now: ""},
		"others":                  {members: "abf", want: Changed, record: update("success"), now: "abf"},
		"with strict servers":     {behavior: behavior{DuplicateMembers: true}, members: "abf", want: Changed, record: update("success"), now: "abf"},
		"with 204":                {behavior: behavior{Statuses: map[string]int{"PATCH": 204}}, members: "abf", want: Changed, record: update("success"), now: "abf"},
		"in envelopes":            {behavior: behavior{EnvelopedLists: true, EnvelopedResources: true}, members: "abf", want: Changed, record: update("success"), now: "abf"},
		"another name":            {rename: "Squad Two", members: "-", want: Changed, record: update("success"), now: "ef"},
		"name in another case":    {rename: "SQUAD ONE", members: "-", want: Changed, record: update("success"), now: "ef"},
		"name and members":        {rename: "Squad Two", members: "e", want: Changed, record: update("success", "success"), now: "e"},
		"external id":             {external: new("e2"), members: "-", want: Changed, record: update("success"), now: "ef"},
		"no external id":          {external: new(""), members: "-", want: Changed, record: update("success"), now: "ef"},
		"name kept":               {behavior: behavior{KeepNothing: []string{"PATCH Groups"}}, rename: "Squad Two", members: "-", want: Changed, record: update("failure"), differs: []string{DisplayName}, now: "ef"},
		"members kept":            {behavior: behavior{KeepNothing: []string{"PATCH Groups"}}, members: "abf", want: Changed, record: update("failure"), differs: []string{MemberIDs}, now: "ef"},
		"refused":                 {members: "a", fault: sandbox.Fault{Status: 403}, want: Refused, record: update("failure"), fails: true, now: "ef"},
		"lost":                    {members: "a", fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Changed, record: update("success"), now: "a"},
		"lost, not carried out":   {members: "a", fault: sandbox.Fault{Cut: true}, want: Uncertain, record: update("unknown"), fails: true, now: "ef"},
		"name of another":         {rename: "SQUAD THREE", members: "-", want: Unsent, fails: true, now: "ef"},
		"a member does not exist": {rename: "Squad Two", members: "ex", want: Unsent, fails: true, now: "ef"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			people := append(a.people(6), "7777777")
			choose := func(letters string) []string {
				ids := []string{}
				for _, letter := range letters {
					ids = append(ids, people[min(int(letter-'a'), 6)])
				}
				return ids
			}
			a.makeGroup("Squad Three")
			group := a.makeGroup("Squad One", choose("ef")...)
			wanted := SCIMGroupDetails{DisplayName: "Squad One", ExternalID: test.external}
			if test.rename != "" {
				wanted.DisplayName = test.rename
			}
			if test.members != "-" {
				wanted.MemberIDs = choose(test.members)
			}
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodPatch, groupPath, 1
				a.Inject(test.fault)
			}
			a.ForgetRequests()
			g := newSCIMGroups(a)
			result, err := g.Update(t.Context(), group.ID, wanted)
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) || a.Count(http.MethodPatch, groupPath) != len(test.record) {
				t.Errorf("got %d PATCH and the records %q, want %q", a.Count(http.MethodPatch, groupPath), got, test.record)
			}
			if got := fieldsOf(result.Differences); !slices.Equal(got, test.differs) {
				t.Errorf("got the differences %v, want %v", result.Differences, test.differs)
			}
			now, err := a.outside.Group(t.Context(), group.ID)
			if err != nil || !slices.Equal(MembersOf(now), choose(test.now)) {
				t.Errorf("in the account is %+v, error %v", now, err)
			}
			if test.want == Changed && len(test.differs) == 0 && (len(wanted.Missing(now)) > 0 || !slices.Equal(MembersOf(result.Group), MembersOf(now)) || *result.Group.DisplayName != wanted.DisplayName) {
				t.Errorf("got the group %+v, and in the account is %+v", result.Group, now)
			}
		})
	}
}

// TestSCIMGroupRefusedAfterRemoval does not take what was deleted for what is
// there.
func TestSCIMGroupRefusedAfterRemoval(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	g := newSCIMGroups(a)
	group := a.makeGroup("Squad One")
	for range 20 { // more than are filtered for
		if found, ok, err := g.Find(t.Context(), "Squad One"); err != nil || !ok || found.ID != group.ID {
			t.Fatalf("found %+v, %t, error %v", found, ok, err)
		}
	}
	if _, _, listed := g.directory.before(); !listed {
		t.Error("twenty lookups are single requests")
	}
	if _, err := g.Remove(t.Context(), group.ID); err != nil {
		t.Fatal(err)
	}
	a.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: groupPath, Status: 400})
	if result, err := g.Create(t.Context(), SCIMGroupDetails{DisplayName: "Squad One"}); err == nil || result.Case != Refused {
		t.Errorf("got case %d and error %v", result.Case, err)
	}
}

// TestSCIMAdoptGroup adopts a group once.
func TestSCIMAdoptGroup(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	people := a.people(3)
	group := a.makeGroup("SQUAD ONE", people[:2]...)
	g := newSCIMGroups(a)
	found, ok, err := g.Find(t.Context(), "squad one")
	if err != nil || !ok || found.ID != group.ID {
		t.Fatalf("found %+v, %t, error %v", found, ok, err)
	}
	wanted := SCIMGroupDetails{DisplayName: "Squad One", MemberIDs: people[1:]}
	if want := []FieldChange{{DisplayName, "SQUAD ONE", "Squad One"}}; !slices.Equal(wanted.Missing(found), want) {
		t.Errorf("got the changes %v, want %v", wanted.Missing(found), want)
	}
	for _, wrong := range []SCIMGroupDetails{{DisplayName: "Squad Two"}} {
		if result, err := g.Adopt(t.Context(), group.ID, wrong); err != nil || result.Case != Gone {
			t.Errorf("another name: got case %d and error %v, want Gone", result.Case, err)
		}
	}
	if result, err := g.Adopt(t.Context(), "7777", wanted); err != nil || result.Case != Gone {
		t.Errorf("another id: got case %d and error %v, want Gone", result.Case, err)
	}
	result, err := g.Adopt(t.Context(), group.ID, wanted)
	if err != nil || result.Case != Adopted || !slices.Equal(MembersOf(result.Group), people[1:]) || *result.Group.DisplayName != "Squad One" {
		t.Errorf("got %+v and error %v", result, err)
	}
	if got, want := a.recorded(), []string{"adopt: success", "adopt: success"}; !slices.Equal(got, want) {
		t.Errorf("got the records %q, want %q", got, want)
	}
	if target := a.targets[1]; !slices.Equal(target.Added, people[2:]) || !slices.Equal(target.Removed, people[:1]) || target.Kind != rest.GroupTarget || target.Name != "Squad One" {
		t.Errorf("recorded %+v", target)
	}
	if result, err := g.Adopt(t.Context(), group.ID, wanted); err != nil || result.Case != Taken {
		t.Errorf("again: got case %d and error %v, want Taken", result.Case, err)
	}
}

// TestSCIMRemoveGroup deletes a group in every way that is known.
func TestSCIMRemoveGroup(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	for name, test := range map[string]struct {
		behavior behavior
		gone     bool
		fault    sandbox.Fault
		want     Case
		record   []string
		fails    bool
	}{
		"deleted":              {want: Removed, record: []string{"delete: success"}},
		"with 200":             {behavior: behavior{Statuses: map[string]int{"DELETE": 200}}, want: Removed, record: []string{"delete: success"}},
		"gone":                 {gone: true, want: Gone},
		"gone in the meantime": {fault: sandbox.Fault{Status: 404, AfterEffect: true}, want: Gone, record: []string{"delete: success"}},
		"kept nothing":         {behavior: behavior{KeepNothing: []string{"DELETE Groups"}}, want: NotKept, record: []string{"delete: failure"}, fails: true},
		"refused":              {fault: sandbox.Fault{Status: 403}, want: Refused, record: []string{"delete: failure"}, fails: true},
		"404 for what is there": {
			fault: sandbox.Fault{Status: 404}, want: Refused, record: []string{"delete: failure"}, fails: true,
		},
		"lost, carried out": {fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Removed, record: []string{"delete: success"}},
		"lost":              {fault: sandbox.Fault{Cut: true}, want: Uncertain, record: []string{"delete: unknown"}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			group := a.makeGroup("Squad One", a.people(2)...)
			if test.gone {
				if err := a.outside.DeleteGroup(t.Context(), group, nil); err != nil {
					t.Fatal(err)
				}
			}
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodDelete, groupPath, 1
				a.Inject(test.fault)
			}
			g := newSCIMGroups(a)
			result, err := g.Remove(t.Context(), group.ID)
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) {
				t.Errorf("got the records %q, want %q", got, test.record)
			}
			if got := g.Deleted(group.ID); got != (test.want == Removed || test.want == Gone) {
				t.Errorf("the run counts the group as deleted: %t", got)
			}
		})
	}
}

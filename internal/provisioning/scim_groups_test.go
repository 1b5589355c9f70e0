// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// people are active users of the account, as many as asked for.
func (a *scimAccount) people(n int) []string {
	a.t.Helper()
	all, err := a.outside.Reader().UsersWithoutGroups(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	var ids []string
	for _, user := range all {
		if !Inactive(user) && user.LicenseType != nil && len(ids) < n {
			ids = append(ids, user.ID)
		}
	}
	if len(ids) < n {
		a.t.Fatalf("got %d users, want %d", len(ids), n)
	}
	slices.Sort(ids)
	return ids
}

// makeGroup creates a group outside of the run.
func (a *scimAccount) makeGroup(name string, ids ...string) scim.Group {
	a.t.Helper()
	details := scim.GroupDetails{DisplayName: name, ExternalID: new("e1")}
	for _, id := range ids {
		details.Members = append(details.Members, scim.Member{ID: id})
	}
	_, err := a.outside.CreateGroup(a.t.Context(), details, nil)
	if err != nil && !rest.Lost(err) {
		a.t.Fatal(err)
	}
	return a.groupsNamed(name)[0]
}

// groupsNamed are the groups that have a name, without case, as each one's own
// reply shows them.
func (a *scimAccount) groupsNamed(name string) (matches []scim.Group) {
	a.t.Helper()
	a.outside.Forget()
	all, err := a.outside.Reader().Groups(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	for _, group := range all {
		if strings.EqualFold(*group.DisplayName, name) {
			own, err := a.outside.Group(a.t.Context(), group.ID)
			if err != nil {
				a.t.Fatal(err)
			}
			matches = append(matches, own)
		}
	}
	return matches
}

func newSCIMGroups(a *scimAccount) *SCIMGroups {
	g := NewSCIMGroups(a.users)
	g.pauses = a.users.pauses
	return g
}

// TestSCIMCreateGroup creates a group in every way that is known.
func TestSCIMCreateGroup(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	created, refused, unknown := "create: success", "create: failure", "create: unknown"
	for name, test := range map[string]struct {
		behavior behavior
		members  int // -1 for not managed
		before   func(*scimAccount)
		fault    sandbox.Fault
		want     Case
		record   []string
		fails    bool
		differs  []string
	}{
		"created":                      {members: -1, want: Created, record: []string{created}},
		"without members":              {want: Created, record: []string{created}},
		"with members":                 {members: 3, want: Created, record: []string{created}},
		"in envelopes":                 {behavior: behavior{EnvelopedLists: true, EnvelopedResources: true}, members: 3, want: Created, record: []string{created}},
		"filters that ignore":          {behavior: behavior{Filters: "ignored"}, members: 1, want: Created, record: []string{created}},
		"201 without an id":            {behavior: behavior{Statuses: map[string]int{"POST": 201}, WithoutID: true}, members: 1, want: Created, record: []string{created}},
		"204":                          {behavior: behavior{Statuses: map[string]int{"POST": 204, "PATCH": 204}}, members: 1, want: Created, record: []string{created}},
		"kept nothing":                 {behavior: behavior{KeepNothing: []string{"POST Groups"}}, members: 1, want: NotKept, record: []string{refused}, fails: true},
		"refused":                      {fault: sandbox.Fault{Status: 403}, want: Refused, record: []string{refused}, fails: true},
		"too many requests":            {fault: sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: []string{refused}, fails: true},
		"lost":                         {members: 1, fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Created, record: []string{created}},
		"lost, and not carried out":    {fault: sandbox.Fault{Cut: true}, want: Uncertain, record: []string{unknown}, fails: true},
		"an empty reply, and nothing":  {members: 2, fault: sandbox.Fault{Status: 201, Body: `{}`}, want: Uncertain, record: []string{unknown}, fails: true},
		"there, in another case":       {before: func(a *scimAccount) { a.makeGroup("SQUAD ONE") }, want: AlreadyThere},
		"there, for a strict filter":   {behavior: behavior{Filters: "exact", SameGroupNames: true}, before: func(a *scimAccount) { a.makeGroup("SQUAD ONE") }, want: AlreadyThere},
		"two of the name":              {behavior: behavior{SameGroupNames: true, Filters: "refused"}, before: func(a *scimAccount) { a.makeGroup("Squad One"); a.makeGroup("squad one") }, want: Unsent, fails: true},
		"a name in another form":       {behavior: behavior{Rewrite: true}, want: Created, record: []string{created}},
		"the members may not be known": {members: 1, fault: sandbox.Fault{Method: http.MethodGet, PathPrefix: userPath, Status: 403}, want: Unsent, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			if test.before != nil {
				test.before(a)
			}
			wanted := SCIMGroupDetails{DisplayName: "Squad One"}
			if test.members >= 0 {
				wanted.MemberIDs = a.people(test.members)
				slices.Reverse(wanted.MemberIDs)
				wanted.MemberIDs = append(wanted.MemberIDs, wanted.MemberIDs...) // twice
				if test.members == 0 {
					wanted.MemberIDs = []string{}
				}
			}
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				if test.fault.Method == "" {
					test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodPost, groupPath, 1
				}
				a.Inject(test.fault)
			}
			g := newSCIMGroups(a)
			a.ForgetRequests()
			result, err := g.Create(t.Context(), wanted)
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) {
				t.Errorf("got the records %q, want %q", got, test.record)
			}
			if got := fieldsOf(result.Differences); !slices.Equal(got, test.differs) {
				t.Errorf("got the differences %v, want %v", result.Differences, test.differs)
			}
			if got := g.Mine(result.Group.ID); got != (test.want == Created) {
				t.Errorf("the run counts the group as its own: %t", got)
			}
			if test.want != Created {
				return
			}
			there := a.groupsNamed("Squad One")
			if len(there) != 1 || there[0].ID != result.Group.ID || test.members >= 0 && !slices.Equal(MembersOf(there[0]), a.people(test.members)) || !slices.Equal(MembersOf(result.Group), MembersOf(there[0])) {
				t.Errorf("got the group %+v, and in the account are %+v", result.Group, there)
			}
			if result, err := g.Remove(t.Context(), result.Group.ID); err != nil || result.Case != Kept {
				t.Errorf("removal: got case %d and error %v, want Kept", result.Case, err)
			}
			if got := a.Count(http.MethodPost, groupPath); got != 1 {
				t.Errorf("got %d POST, want 1", got)
			}
		})
	}
}

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

// TestSCIMRefreshGroups reads many groups at the price of listings, and takes none
// for gone unless that is proven.
func TestSCIMRefreshGroups(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	people := a.people(5)
	var made []scim.Group
	for i := range 30 {
		made = append(made, a.makeGroup(fmt.Sprint("Squad ", i), people[i%5:]...))
	}
	a.ForgetRequests()
	g := newSCIMGroups(a)
	err := rest.Each(t.Context(), len(made), func(ctx context.Context, i int) error {
		group, err := g.Group(ctx, made[i].ID)
		if err == nil && !slices.Equal(MembersOf(group), people[i%5:]) {
			err = fmt.Errorf("got the group %+v, want %+v", group, made[i])
		}
		return err
	})
	if got := len(a.Requests()); err != nil || got > 16 {
		t.Errorf("got %d requests for %d groups, error %v", got, len(made), err)
	}
	if _, err := g.Group(t.Context(), "7777"); !scim.NotFound(err) {
		t.Errorf("got error %v, want NotFound", err)
	}
	a.Inject(sandbox.Fault{PathPrefix: groupPath + "/", Status: 404})
	if _, err := newSCIMGroups(a).Group(t.Context(), made[0].ID); err == nil || scim.NotFound(err) {
		t.Errorf("got error %v for a group that is listed", err)
	}
	a.Inject(sandbox.Fault{PathPrefix: groupPath, Status: 404})
	a.users = a.newRun()
	if _, err := newSCIMGroups(a).Group(t.Context(), made[0].ID); err == nil || scim.NotFound(err) {
		t.Errorf("got error %v where all are hidden", err)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"fmt"
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
		"an empty reply, and nothing":  {members: 2, fault: sandbox.Fault{Status: 201, Body: `{}`}, want: NotKept, record: []string{refused}, fails: true},
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

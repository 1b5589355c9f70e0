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
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// TestSCIMCreate creates a user in every way that is known. The record of the
// requests says the same as the result.
func TestSCIMCreate(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	created, refused := []string{"create: success"}, []string{"create: failure"}
	unknown, adopted := []string{"create: unknown"}, []string{"adopt: success"}
	there := func(a *scimAccount) { a.invite(a.t, "ADA@northwind.example", true) }
	deactivated := func(a *scimAccount) { a.invite(a.t, "Ada@northwind.example", false) }
	deleted := func(a *scimAccount) {
		if err := a.outside.DeleteUser(a.t.Context(), a.invite(a.t, ada, true), nil); err != nil {
			a.t.Error(err)
		}
	}
	for name, test := range map[string]struct {
		behavior behavior
		before   func(*scimAccount)
		fault    sandbox.Fault
		want     Case
		record   []string
		posts    int
		fails    bool
		differs  []string
	}{
		"created":                       {want: Created, record: created, posts: 1},
		"in dbt Cloud's envelope":       {behavior: behavior{EnvelopedLists: true, EnvelopedResources: true}, want: Created, record: created, posts: 1},
		"filters that ignore":           {behavior: behavior{Filters: "ignored"}, want: Created, record: created, posts: 1},
		"filters that are refused":      {behavior: behavior{Filters: "refused"}, want: Created, record: created, posts: 1},
		"201":                           {behavior: behavior{Statuses: map[string]int{"POST": 201}}, want: Created, record: created, posts: 1},
		"201 without an id":             {behavior: behavior{Statuses: map[string]int{"POST": 201}, WithoutID: true}, want: Created, record: created, posts: 1},
		"204":                           {behavior: behavior{Statuses: map[string]int{"POST": 204}}, want: Created, record: created, posts: 1},
		"kept nothing":                  {behavior: behavior{KeepNothing: []string{"POST Users"}}, want: NotKept, record: refused, posts: 1, fails: true},
		"204, and kept nothing":         {behavior: behavior{Statuses: map[string]int{"POST": 204}, KeepNothing: []string{"POST Users"}}, want: NotKept, record: refused, posts: 1, fails: true},
		"refused":                       {fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, record: refused, posts: 1, fails: true},
		"refused as invalid":            {fault: sandbox.Fault{Status: http.StatusBadRequest}, want: Refused, record: refused, posts: 1, fails: true},
		"too many requests":             {fault: sandbox.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: refused, posts: 1, fails: true},
		"lost, 502":                     {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, the body cut":            {fault: sandbox.Fault{Truncate: true, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, the connection cut":      {fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, and not carried out":     {fault: sandbox.Fault{Cut: true}, want: Uncertain, record: unknown, posts: 1, fails: true},
		"lost, carried out later":       {fault: sandbox.Fault{Status: http.StatusGatewayTimeout, EffectAfter: 100 * time.Millisecond}, want: Created, record: created, posts: 1},
		"another user's reply":          {fault: sandbox.Fault{Status: http.StatusCreated, AfterEffect: true, Body: `{"id":"1","userName":"bob@northwind.example"}`}, want: Created, record: created, posts: 1},
		"another user's reply, no ada":  {fault: sandbox.Fault{Status: http.StatusCreated, Body: `{"id":"1","userName":"bob@northwind.example"}`}, want: Uncertain, record: unknown, posts: 1, fails: true},
		"there":                         {before: there, want: AlreadyThere},
		"there, for a filter with case": {behavior: behavior{Filters: "exact", CaseSensitive: true}, before: there, want: AlreadyThere},
		"there since the lookup":        {before: func(a *scimAccount) { _, _, _ = a.users.Find(a.t.Context(), ada); there(a) }, want: AlreadyThere, record: refused, posts: 1},
		"there again since a removal": {before: func(a *scimAccount) {
			_, _, _ = a.users.Find(a.t.Context(), ada)
			there(a)
			a.users.removed(a.having(a.t, ada)[0].ID)
		}, want: AlreadyThere, record: refused, posts: 1},
		"deactivated":                     {before: deactivated, want: Reactivated, record: adopted},
		"deleted, and listed still":       {before: deleted, want: Reactivated, record: adopted},
		"deleted, and not listed":         {behavior: behavior{ForgetDeleted: true}, before: deleted, want: Created, record: created, posts: 1},
		"deactivated, and stays so":       {behavior: behavior{KeepNothing: []string{"PATCH Users"}}, before: deactivated, want: Reactivated, record: []string{"adopt: failure"}, differs: []string{FamilyName, Active}},
		"names in another form":           {behavior: behavior{Rewrite: true}, want: Created, record: created, posts: 1},
		"deactivated, and none may write": {before: deactivated, fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, record: []string{"adopt: failure"}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			if test.before != nil {
				test.before(a)
			}
			a.ForgetRequests()
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodPost, userPath, 1
				if test.posts == 0 {
					test.fault.Method = http.MethodPatch
				}
				a.Inject(test.fault)
			}
			result, err := a.users.Create(t.Context(), wantedAda())
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) {
				t.Errorf("got the records %q, want %q", got, test.record)
			}
			if got := a.Count(http.MethodPost, userPath); got != test.posts {
				t.Errorf("got %d POST, want %d", got, test.posts)
			}
			if got := fieldsOf(result.Differences); !slices.Equal(got, test.differs) {
				t.Errorf("got the differences %v, want %v", result.Differences, test.differs)
			}
			a.Wait()
			having := a.having(t, ada)
			if exists := result.User.ID != ""; exists && (len(having) != 1 || having[0].ID != result.User.ID) || exists != (len(having) == 1) && result.Case != Refused {
				t.Errorf("got the user %+v, and in the account are %+v", result.User, having)
			}
			mine := slices.Contains([]Case{Created, Reactivated}, result.Case)
			if got := a.users.Mine(result.User.ID); got != mine {
				t.Errorf("the run counts the user as its own: %t", got)
			}
			if mine && len(test.differs) == 0 && (len(wantedAda().Missing(having[0])) > 0) {
				t.Errorf("got the user %+v", having[0])
			}
		})
	}
}

// TestSCIMCreateMany costs one listing, and what each creation needs: a POST and
// a GET.
func TestSCIMCreateMany(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{Seats: map[string]int{"developer": 99}})
	const n = 20 // what the limit allows at once
	err := rest.Each(t.Context(), n, func(ctx context.Context, i int) error {
		wanted := wantedAda()
		wanted.Email = fmt.Sprintf("person.%d@northwind.example", i)
		result, err := a.users.Create(ctx, wanted)
		if err == nil && result.Case != Created {
			err = fmt.Errorf("case %d", result.Case)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if posts, single := a.Count(http.MethodPost, userPath), a.Count(http.MethodGet, userPath+"/"); posts != n || single != n {
		t.Errorf("got %d POST and %d GET of one user, want %d each", posts, single, n)
	}
	// Up to as many filters as there are callers at first, and two pages.
	if lists := a.Count(http.MethodGet, userPath) - n; lists > 14 {
		t.Errorf("got %d listings and filters", lists)
	}
}

// TestSCIMReplace deletes a user and creates one with the address in one run, and
// leaves alone who was created in it.
func TestSCIMReplace(t *testing.T) {
	t.Parallel()
	for name, forget := range map[string]bool{"a listed user": false, "a forgotten user": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, sandbox.DBTCloudBehavior{ForgetDeleted: forget})
			user := a.invite(t, ada, true)
			if _, err := a.users.directory.since(t.Context(), time.Time{}); err != nil {
				t.Fatal(err)
			}
			if result, err := a.users.Remove(t.Context(), user.ID); err != nil || result.Case != Removed {
				t.Fatalf("got case %d and error %v", result.Case, err)
			}
			result, err := a.users.Create(t.Context(), wantedAda())
			if want := map[bool]Case{false: Reactivated, true: Created}[forget]; err != nil || result.Case != want {
				t.Errorf("got case %d and error %v, want %d", result.Case, err, want)
			}
			if result, err := a.users.Remove(t.Context(), result.User.ID); err != nil || result.Case != Kept {
				t.Errorf("got case %d and error %v, want Kept", result.Case, err)
			}
			if result, err := a.users.Create(t.Context(), wantedAda()); err != nil || result.Case != AlreadyThere {
				t.Errorf("again: got case %d and error %v, want AlreadyThere", result.Case, err)
			}
			if having := a.having(t, ada); len(having) != 1 || !*having[0].Active {
				t.Errorf("in the account are %+v", having)
			}
		})
	}
}

// TestSCIMSeveral names the ids where several users have one address, and
// creates no other one.
func TestSCIMSeveral(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{CaseSensitive: true, Filters: "exact"})
	a.invite(t, "ADA@northwind.example", true)
	if _, err := a.outside.CreateUser(t.Context(), scim.UserDetails{UserName: "Ada@northwind.example", Active: true}, nil); err != nil {
		t.Fatal(err)
	}
	result, err := a.users.Create(t.Context(), wantedAda())
	several, ok := errors.AsType[*SeveralError](err)
	if !ok || len(several.IDs) != 2 || several.Name != ada || result.Case != Unsent || len(a.recorded()) != 0 {
		t.Errorf("got case %d and error %v", result.Case, err)
	}
}

// TestSCIMWithoutClock has a service of which it is not known when anything was
// created. What a success answers is believed all the same, if it was not there
// before.
func TestSCIMWithoutClock(t *testing.T) {
	t.Parallel()
	noDate := map[string]string{"Date": ""}
	for name, test := range map[string]struct {
		behavior sandbox.DBTCloudBehavior
		fault    sandbox.Fault
		want     Case
	}{
		"200":             {want: Created},
		"200, no id":      {behavior: sandbox.DBTCloudBehavior{WithoutID: true}, want: Created},
		"204":             {behavior: sandbox.DBTCloudBehavior{Statuses: map[string]int{"POST": 204}}, want: Created},
		"lost":            {fault: sandbox.Fault{Status: 502, AfterEffect: true}, want: AlreadyThere},
		"a page for 200":  {fault: sandbox.Fault{Status: 200, Body: "<html>", AfterEffect: true}, want: AlreadyThere},
		"another's reply": {fault: sandbox.Fault{Status: 200, Body: `{"id":"1","userName":"bob@x"}`, AfterEffect: true}, want: AlreadyThere},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.behavior.ForgetDeleted = true
			a := newSCIMAccount(t, test.behavior)
			user := a.invite(t, ada, true)
			if test.fault.Status != 0 {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times, test.fault.Header = http.MethodPost, userPath, 1, noDate
				a.Inject(test.fault)
			}
			a.Inject(sandbox.Fault{Header: noDate})
			if _, err := a.users.directory.since(t.Context(), time.Time{}); err != nil {
				t.Fatal(err)
			}
			if _, err := a.users.Remove(t.Context(), user.ID); err != nil {
				t.Fatal(err)
			}
			if result, err := a.users.Create(t.Context(), wantedAda()); err != nil || result.Case != test.want {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
		})
	}
}

// TestSCIMRefusedAfterRemoval does not take who was deleted for who is there.
func TestSCIMRefusedAfterRemoval(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{ForgetDeleted: true})
	user := a.invite(t, ada, true)
	if _, err := a.users.directory.since(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.users.Remove(t.Context(), user.ID); err != nil {
		t.Fatal(err)
	}
	a.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: userPath, Status: 400})
	if result, err := a.users.Create(t.Context(), wantedAda()); err == nil || result.Case != Refused {
		t.Errorf("got case %d and error %v", result.Case, err)
	}
}

// TestSCIMInterrupted begins nothing after Ctrl-C, and finds out quickly what
// became of what was begun.
func TestSCIMInterrupted(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if result, err := a.users.Create(ctx, wantedAda()); err == nil || result.Case != Unsent || a.Count(http.MethodPost, userPath) != 0 {
		t.Errorf("got case %d and error %v", result.Case, err)
	}
	a.users.settlePause = time.Hour
	a.Inject(sandbox.Fault{Method: http.MethodPost, PathPrefix: userPath, Status: 502, DelayBefore: 100 * time.Millisecond, Times: 1})
	ctx, cancel = context.WithCancel(t.Context())
	go func() {
		for a.Count(http.MethodPost, userPath) == 0 {
			<-time.After(time.Millisecond)
		}
		cancel()
	}()
	began := time.Now()
	result, err := a.users.Create(ctx, wantedAda())
	if _, lost := errors.AsType[*LostError](err); !lost || result.Case != Uncertain || time.Since(began) > 5*time.Second {
		t.Errorf("got case %d and error %v after %s", result.Case, err, time.Since(began))
	}
}

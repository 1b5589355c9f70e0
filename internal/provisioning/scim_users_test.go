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
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// wantedAda is what the tests create.
func wantedAda() SCIMDetails {
	return SCIMDetails{Email: ada, GivenName: new("Ada"), FamilyName: new("Lovelace"), Active: new(true)}
}

// TestSCIMAdopt adopts a user once, and brings the user to what is wanted.
func TestSCIMAdopt(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	user := a.invite(t, "ADA@northwind.example", true)
	found, ok, err := a.users.Find(t.Context(), ada)
	if err != nil || !ok || found.ID != user.ID {
		t.Fatalf("found %+v, %t, error %v", found, ok, err)
	}
	want := []FieldChange{{FamilyName, "King", "Lovelace"}}
	if got := wantedAda().Missing(found); !slices.Equal(got, want) {
		t.Errorf("got the changes %v, want %v", got, want)
	}
	if result, err := a.users.Adopt(t.Context(), "7777", wantedAda()); err != nil || result.Case != Gone {
		t.Errorf("another id: got case %d and error %v, want Gone", result.Case, err)
	}
	other := a.invite(t, "bob@northwind.example", true)
	if result, err := a.users.Adopt(t.Context(), other.ID, wantedAda()); err != nil || result.Case != Gone {
		t.Errorf("another address: got case %d and error %v, want Gone", result.Case, err)
	}
	result, err := a.users.Adopt(t.Context(), user.ID, wantedAda())
	if err != nil || result.Case != Adopted || *result.User.FamilyName != "Lovelace" || *result.User.ExternalID != "e1" {
		t.Errorf("got case %d, user %+v, error %v", result.Case, result.User, err)
	}
	if result, err := a.users.Adopt(t.Context(), user.ID, wantedAda()); err != nil || result.Case != Taken {
		t.Errorf("again: got case %d and error %v, want Taken", result.Case, err)
	}
	if got := a.recorded(); !slices.Equal(got, []string{"adopt: success"}) {
		t.Errorf("got the records %q", got)
	}
	if result, err := a.users.Remove(t.Context(), user.ID); err != nil || result.Case != Kept {
		t.Errorf("removal: got case %d and error %v, want Kept", result.Case, err)
	}
}

// TestSCIMRemove deletes a user in every way that is known.
func TestSCIMRemove(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	remove := func(a *scimAccount, user scim.User) { _ = a.outside.DeleteUser(a.t.Context(), user, nil) }
	for name, test := range map[string]struct {
		behavior behavior
		inactive bool
		outside  func(*scimAccount, scim.User)
		fault    sandbox.Fault
		want     Case
		record   []string
		fails    bool
	}{
		"deleted, and listed still":   {want: Removed, record: []string{"delete: success"}},
		"deleted, and not listed":     {behavior: behavior{ForgetDeleted: true}, want: Removed, record: []string{"delete: success"}},
		"with 200":                    {behavior: behavior{Statuses: map[string]int{"DELETE": 200}}, want: Removed, record: []string{"delete: success"}},
		"deactivated before":          {inactive: true, want: Removed, record: []string{"delete: success"}},
		"gone, and listed":            {outside: remove, want: Gone, record: []string{"delete: success"}},
		"gone":                        {behavior: behavior{ForgetDeleted: true}, outside: remove, want: Gone},
		"kept nothing":                {behavior: behavior{KeepNothing: []string{"DELETE Users"}}, want: NotKept, record: []string{"delete: failure"}, fails: true},
		"refused":                     {fault: sandbox.Fault{Status: 403}, want: Refused, record: []string{"delete: failure"}, fails: true},
		"404 for who is there":        {fault: sandbox.Fault{Status: 404}, want: Refused, record: []string{"delete: failure"}, fails: true},
		"lost, carried out":           {fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Removed, record: []string{"delete: success"}},
		"lost, carried out later":     {fault: sandbox.Fault{Status: 502, EffectAfter: 100 * time.Millisecond}, want: Removed, record: []string{"delete: success"}},
		"lost":                        {fault: sandbox.Fault{Status: 502}, want: Uncertain, record: []string{"delete: unknown"}, fails: true},
		"lost, of who was inactive":   {inactive: true, fault: sandbox.Fault{Status: 502, AfterEffect: true}, want: Uncertain, record: []string{"delete: unknown"}, fails: true},
		"500, gone in the meantime":   {behavior: behavior{ForgetDeleted: true}, fault: sandbox.Fault{Status: 500, AfterEffect: true}, want: Removed, record: []string{"delete: success"}},
		"a rate limit that is longer": {fault: sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: []string{"delete: failure"}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			user := a.invite(t, ada, !test.inactive)
			if test.outside != nil {
				test.outside(a, user)
			}
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodDelete, userPath, 1
				a.Inject(test.fault)
			}
			result, err := a.users.Remove(t.Context(), user.ID)
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) {
				t.Errorf("got the records %q, want %q", got, test.record)
			}
			if got := a.users.Deleted(user.ID); got != (test.want == Removed || test.want == Gone) {
				t.Errorf("the run counts the user as deleted: %t", got)
			}
		})
	}
}

// TestSCIMRefresh reads many users at the price of listings, and takes none for
// gone unless that is proven.
func TestSCIMRefresh(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{ForgetDeleted: true})
	a.outside.Forget()
	all, err := a.outside.Reader().Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone := a.invite(t, ada, true)
	if err := a.outside.DeleteUser(t.Context(), gone, nil); err != nil {
		t.Fatal(err)
	}
	a.ForgetRequests()
	err = rest.Each(t.Context(), len(all), func(ctx context.Context, i int) error {
		user, err := a.users.User(ctx, all[i].ID)
		if err == nil && (user.ID != all[i].ID || len(user.Groups) != len(all[i].Groups)) {
			err = fmt.Errorf("got the user %+v, want %+v", user, all[i])
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if got := len(a.Requests()); got > 14 {
		t.Errorf("got %d requests for %d users", got, len(all))
	}
	if _, err := a.users.User(t.Context(), gone.ID); !scim.NotFound(err) {
		t.Errorf("got error %v, want NotFound", err)
	}
	for name, faults := range map[string][]sandbox.Fault{
		"the list is closed too":       {{PathPrefix: userPath, Status: 404}},
		"the list has the user":        {{PathPrefix: userPath + "/", Status: 404}},
		"the list is closed otherwise": {{PathPrefix: userPath + "/", Status: 404}, {PathPrefix: userPath, Status: 403}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
			user := a.invite(t, ada, true)
			for _, fault := range faults {
				a.Inject(fault)
			}
			if _, err := a.users.User(t.Context(), user.ID); err == nil || scim.NotFound(err) {
				t.Errorf("refresh: got error %v", err)
			}
			if result, err := a.users.Remove(t.Context(), user.ID); err == nil || scim.NotFound(err) || result.Case != Unsent {
				t.Errorf("removal: got case %d and error %v", result.Case, err)
			}
			if result, err := a.users.Update(t.Context(), user.ID, wantedAda()); err == nil || result.Case != Unsent {
				t.Errorf("update: got case %d and error %v", result.Case, err)
			}
		})
	}
}

// TestSCIMRefreshOfWhoIsListed takes for gone who is listed as deactivated and is not
// found.
func TestSCIMRefreshOfWhoIsListed(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	user := a.invite(t, ada, false)
	a.Inject(sandbox.Fault{PathPrefix: userPath + "/", Status: 404})
	if _, err := a.users.User(t.Context(), user.ID); !scim.NotFound(err) {
		t.Errorf("got error %v, want NotFound", err)
	}
}

// TestSCIMFindOne asks the filter, and nothing where there is a listing.
func TestSCIMFindOne(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	a.invite(t, "ADA@northwind.example", true)
	find := func(want int) {
		t.Helper()
		a.ForgetRequests()
		if _, ok, err := a.users.Find(t.Context(), ada); err != nil || !ok || len(a.Requests()) != want {
			t.Errorf("found: %t, error %v, %d requests, want %d", ok, err, len(a.Requests()), want)
		}
	}
	find(1)
	if _, ok, err := a.users.Find(t.Context(), "nobody@northwind.example"); err != nil || ok {
		t.Errorf("found: %t, error %v", ok, err)
	}
	find(0)
}

// TestSCIMFindMany looks up many users at the price of a listing.
func TestSCIMFindMany(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	a.outside.Forget()
	all, err := a.outside.Reader().UsersWithoutGroups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.ForgetRequests()
	for _, user := range all {
		found, ok, err := a.users.Find(t.Context(), strings.ToUpper(*user.UserName))
		if err != nil || !ok || found.ID != user.ID {
			t.Errorf("found %+v, %t, error %v, want %s", found, ok, err, user.ID)
		}
	}
	if got := len(a.Requests()); got > 12 {
		t.Errorf("got %d requests for %d users", got, len(all))
	}
}

// TestPlanLicense counts by type.
func TestPlanLicense(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	got := []int{a.users.PlanLicense("it"), a.users.PlanLicense("developer"), a.users.PlanLicense("it")}
	if !slices.Equal(got, []int{1, 1, 2}) {
		t.Errorf("got %v", got)
	}
}

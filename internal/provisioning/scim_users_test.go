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
		"created":                         {want: Created, record: created, posts: 1},
		"in dbt Cloud's envelope":         {behavior: behavior{EnvelopedLists: true, EnvelopedResources: true}, want: Created, record: created, posts: 1},
		"filters that ignore":             {behavior: behavior{Filters: "ignored"}, want: Created, record: created, posts: 1},
		"filters that are refused":        {behavior: behavior{Filters: "refused"}, want: Created, record: created, posts: 1},
		"201":                             {behavior: behavior{Statuses: map[string]int{"POST": 201}}, want: Created, record: created, posts: 1},
		"201 without an id":               {behavior: behavior{Statuses: map[string]int{"POST": 201}, WithoutID: true}, want: Created, record: created, posts: 1},
		"204":                             {behavior: behavior{Statuses: map[string]int{"POST": 204}}, want: Created, record: created, posts: 1},
		"kept nothing":                    {behavior: behavior{KeepNothing: []string{"POST Users"}}, want: NotKept, record: refused, posts: 1, fails: true},
		"204, and kept nothing":           {behavior: behavior{Statuses: map[string]int{"POST": 204}, KeepNothing: []string{"POST Users"}}, want: Uncertain, record: unknown, posts: 1, fails: true},
		"refused":                         {fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, record: refused, posts: 1, fails: true},
		"refused as invalid":              {fault: sandbox.Fault{Status: http.StatusBadRequest}, want: Refused, record: refused, posts: 1, fails: true},
		"too many requests":               {fault: sandbox.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: refused, posts: 1, fails: true},
		"lost, 502":                       {fault: sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, the body cut":              {fault: sandbox.Fault{Truncate: true, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, the connection cut":        {fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Created, record: created, posts: 1},
		"lost, and not carried out":       {fault: sandbox.Fault{Cut: true}, want: Uncertain, record: unknown, posts: 1, fails: true},
		"lost, carried out later":         {fault: sandbox.Fault{Status: http.StatusGatewayTimeout, EffectAfter: 100 * time.Millisecond}, want: Created, record: created, posts: 1},
		"another user's reply":            {fault: sandbox.Fault{Status: http.StatusCreated, AfterEffect: true, Body: `{"id":"1","userName":"bob@northwind.example"}`}, want: Created, record: created, posts: 1},
		"another user's reply, no ada":    {fault: sandbox.Fault{Status: http.StatusCreated, Body: `{"id":"1","userName":"bob@northwind.example"}`}, want: Uncertain, record: unknown, posts: 1, fails: true},
		"there":                           {before: there, want: AlreadyThere},
		"there, for a filter with case":   {behavior: behavior{Filters: "exact", CaseSensitive: true}, before: there, want: AlreadyThere},
		"there since the lookup":          {before: func(a *scimAccount) { _, _, _ = a.users.Find(a.t.Context(), ada); there(a) }, want: AlreadyThere, record: refused, posts: 1},
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

func fieldsOf(differences []Difference) (fields []string) {
	for _, d := range differences {
		fields = append(fields, d.Field)
	}
	return fields
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

// TestSCIMLicense sends a license type only where it is wanted.
func TestSCIMLicense(t *testing.T) {
	t.Parallel()
	for name, controls := range map[string]bool{"SCIM sets licenses": true, "something else does": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, sandbox.DBTCloudBehavior{SCIMControlsLicenses: controls, Seats: map[string]int{"it": 9, "read_only": 99, "developer": 99}})
			wanted := wantedAda()
			plain, err := a.users.Create(t.Context(), wanted)
			if err != nil || a.sentLicense() {
				t.Fatalf("got error %v, a license sent: %t", err, a.sentLicense())
			}
			wanted.LicenseType, wanted.GivenName = new("read_only"), new("Augusta")
			a.ForgetRequests()
			result, err := a.users.Update(t.Context(), plain.User.ID, wanted)
			if err != nil || result.Case != Changed || !a.sentLicense() || a.Count(http.MethodPut, userPath) != 1 {
				t.Errorf("got case %d, error %v", result.Case, err)
			}
			// One before, and one after: what the reply does not show comes no later.
			if got := a.Count(http.MethodGet, userPath+"/"); got != 2 {
				t.Errorf("got %d GET of the user, want 2", got)
			}
			want := []Difference{{LicenseType, "read_only", "developer", "developer"}}
			if controls {
				want = nil
			}
			if !slices.Equal(result.Differences, want) || *result.User.GivenName != "Augusta" {
				t.Errorf("got the user %+v with %v, want %v", result.User, result.Differences, want)
			}
			wanted = SCIMDetails{Email: "bob@northwind.example", GivenName: new("Bob"), FamilyName: new("Ross"), LicenseType: new("it"), ExternalID: new("b")}
			result, err = a.users.Create(t.Context(), wanted)
			if err != nil || result.Case != Created || (len(result.Differences) == 0) != controls || *result.User.ExternalID != "b" || !*result.User.Active {
				t.Errorf("got case %d, user %+v, differences %v, error %v", result.Case, result.User, result.Differences, err)
			}
		})
	}
}

func (a *scimAccount) sentLicense() bool {
	return slices.ContainsFunc(a.Requests(), func(r sandbox.Request) bool { return strings.Contains(string(r.Body), "dbtLabs") })
}

// TestSCIMUpdate changes a user in every way that is known.
func TestSCIMUpdate(t *testing.T) {
	t.Parallel()
	type behavior = sandbox.DBTCloudBehavior
	for name, test := range map[string]struct {
		behavior behavior
		wanted   SCIMDetails
		fault    sandbox.Fault
		outside  func(*scimAccount, scim.User)
		inactive bool
		want     Case
		record   []string
		requests map[string]int
		differs  []string
		fails    bool
	}{
		"nothing to change": {wanted: SCIMDetails{GivenName: new(" Ada "), FamilyName: new("King"), ExternalID: new("e1"), Active: new(true)}, want: Changed},
		"what is left out":  {want: Changed},
		"names":             {wanted: SCIMDetails{GivenName: new("Augusta"), FamilyName: new("King")}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PATCH": 1}},
		"deactivate":        {wanted: SCIMDetails{Active: new(false)}, want: Changed, record: []string{"disable: success"}, requests: map[string]int{"PATCH": 1}},
		"reactivate, after another client deactivated": {
			wanted: SCIMDetails{Active: new(true)}, want: Changed, record: []string{"enable: success"}, requests: map[string]int{"PATCH": 1},
			outside: func(a *scimAccount, user scim.User) {
				_, _ = a.outside.UpdateUser(a.t.Context(), user, scim.UserChange{Active: new(false)}, rest.ActivityDisable, nil)
			},
		},
		"external id": {wanted: SCIMDetails{ExternalID: new("e2")}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PATCH": 1}},
		"no external id, for a deactivated user": {
			wanted: SCIMDetails{ExternalID: new("")}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PUT": 1}, inactive: true,
			outside: func(a *scimAccount, user scim.User) {
				_, _ = a.outside.UpdateUser(a.t.Context(), user, scim.UserChange{Active: new(false)}, rest.ActivityDisable, nil)
			},
		},
		"no external id":       {wanted: SCIMDetails{ExternalID: new("")}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PUT": 1}},
		"all, with 204":        {behavior: behavior{Statuses: map[string]int{"PATCH": 204}}, wanted: SCIMDetails{GivenName: new("A"), FamilyName: new("B"), Active: new(false)}, want: Changed, record: []string{"disable: success"}, requests: map[string]int{"PATCH": 1}},
		"in envelopes":         {behavior: behavior{EnvelopedLists: true, EnvelopedResources: true}, wanted: SCIMDetails{GivenName: new("A")}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PATCH": 1}},
		"kept nothing":         {behavior: behavior{KeepNothing: []string{"PATCH Users"}}, wanted: SCIMDetails{GivenName: new("A")}, want: Changed, record: []string{"update: failure"}, requests: map[string]int{"PATCH": 1}, differs: []string{GivenName}},
		"lost, carried out":    {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Cut: true, AfterEffect: true}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PATCH": 1}},
		"lost, carried later":  {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Status: 502, EffectAfter: 100 * time.Millisecond}, want: Changed, record: []string{"update: success"}, requests: map[string]int{"PATCH": 1}},
		"lost":                 {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Status: 502}, want: Uncertain, record: []string{"update: unknown"}, requests: map[string]int{"PATCH": 1}, fails: true},
		"refused":              {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Status: 403}, want: Refused, record: []string{"update: failure"}, requests: map[string]int{"PATCH": 1}, fails: true},
		"too many requests":    {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, record: []string{"update: failure"}, requests: map[string]int{"PATCH": 1}, fails: true},
		"another user's reply": {wanted: SCIMDetails{GivenName: new("A")}, fault: sandbox.Fault{Status: 200, Body: `{"id":"1","name":{"givenName":"A"}}`}, want: Uncertain, record: []string{"update: unknown"}, requests: map[string]int{"PATCH": 1}, fails: true},
		"gone": {behavior: behavior{ForgetDeleted: true}, wanted: SCIMDetails{GivenName: new("A")}, want: Gone, outside: func(a *scimAccount, user scim.User) {
			_ = a.outside.DeleteUser(a.t.Context(), user, nil)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newSCIMAccount(t, test.behavior)
			user := a.invite(t, ada, true)
			if test.outside != nil {
				test.outside(a, user)
			}
			a.ForgetRequests()
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				test.fault.Method, test.fault.PathPrefix, test.fault.Times = http.MethodPatch, userPath, 1
				a.Inject(test.fault)
			}
			test.wanted.Email = ada
			result, err := a.users.Update(t.Context(), user.ID, test.wanted)
			if result.Case != test.want || (err != nil) != test.fails {
				t.Errorf("got case %d and error %v, want case %d", result.Case, err, test.want)
			}
			if _, lost := errors.AsType[*LostError](err); lost != (test.want == Uncertain) {
				t.Errorf("got the error %#v", err)
			}
			if got := a.recorded(); !slices.Equal(got, test.record) {
				t.Errorf("got the records %q, want %q", got, test.record)
			}
			for _, method := range []string{http.MethodPatch, http.MethodPut, http.MethodPost} {
				if got := a.Count(method, userPath); got != test.requests[method] {
					t.Errorf("got %d %s, want %d", got, method, test.requests[method])
				}
			}
			if got := fieldsOf(result.Differences); !slices.Equal(got, test.differs) {
				t.Errorf("got the differences %v, want %v", result.Differences, test.differs)
			}
			a.Wait()
			if a.sentLicense() {
				t.Error("a license was sent")
			}
			if test.inactive && !Inactive(a.having(t, ada)[0]) {
				t.Error("the user was reactivated")
			}
			if result.Case == Changed && len(test.differs) == 0 {
				if now := a.having(t, ada)[0]; len(test.wanted.Missing(now)) > 0 || now.ID != result.User.ID || len(test.wanted.Missing(result.User)) > 0 {
					t.Errorf("got the user %+v, and in the account is %+v", result.User, now)
				}
			}
		})
	}
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

// TestSCIMLateReads has a service show a change some time after it.
func TestSCIMLateReads(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	a.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: userPath + "/", Status: 404, Times: 1})
	created, err := a.users.Create(t.Context(), wantedAda())
	if err != nil || created.Case != Created {
		t.Fatalf("got case %d and error %v", created.Case, err)
	}
	a.Inject(sandbox.Fault{
		Method: http.MethodGet, PathPrefix: userPath + "/", Skip: 1, Times: 1, Status: 200,
		Body: fmt.Sprintf(`{"id":%q,"userName":%q,"name":{"givenName":"Ada","familyName":"Lovelace"},"active":true}`, created.User.ID, ada),
	})
	result, err := a.users.Update(t.Context(), created.User.ID, SCIMDetails{Email: ada, GivenName: new("Augusta")})
	if err != nil || len(result.Differences) != 0 || *result.User.GivenName != "Augusta" {
		t.Errorf("got the user %+v, differences %v and error %v", result.User, result.Differences, err)
	}
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

// TestSCIMSpelling sends the address as the service spells it.
func TestSCIMSpelling(t *testing.T) {
	t.Parallel()
	a := newSCIMAccount(t, sandbox.DBTCloudBehavior{})
	user := a.invite(t, "ADA@northwind.example", true)
	a.ForgetRequests()
	if _, err := a.users.Update(t.Context(), user.ID, SCIMDetails{Email: ada, ExternalID: new("")}); err != nil {
		t.Error(err)
	}
	for _, request := range a.Requests() {
		if request.Method == http.MethodPut && !strings.Contains(string(request.Body), `"userName":"ADA@northwind.example"`) {
			t.Errorf("sent %s", request.Body)
		}
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
	time.AfterFunc(50*time.Millisecond, cancel)
	began := time.Now()
	result, err := a.users.Create(ctx, wantedAda())
	if _, lost := errors.AsType[*LostError](err); !lost || result.Case != Uncertain || time.Since(began) > time.Second {
		t.Errorf("got case %d and error %v after %s", result.Case, err, time.Since(began))
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

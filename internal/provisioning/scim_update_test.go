// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
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

func fieldsOf(differences []Difference) (fields []string) {
	for _, d := range differences {
		fields = append(fields, d.Field)
	}
	return fields
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
		"204, kept nothing":    {behavior: behavior{Statuses: map[string]int{"PATCH": 204}, KeepNothing: []string{"PATCH Users"}}, wanted: SCIMDetails{GivenName: new("A")}, want: Changed, record: []string{"update: failure"}, requests: map[string]int{"PATCH": 1}, differs: []string{GivenName}},
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

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// The user walnut_sing is a Team Member of loud_cedar and in serving_iodine with
// View Destination; velvet_march is in neither.
var (
	inTeam     = fivetran.MembershipKey{In: fivetran.InTeam, ID: "loud_cedar", UserID: "walnut_sing"}
	inGroup    = fivetran.MembershipKey{In: fivetran.InGroup, ID: "serving_iodine", UserID: "walnut_sing"}
	notInTeam  = fivetran.MembershipKey{In: fivetran.InTeam, ID: "loud_cedar", UserID: "velvet_march"}
	notInGroup = fivetran.MembershipKey{In: fivetran.InGroup, ID: "serving_iodine", UserID: "velvet_march"}
)

// rolesOf are two roles that a member can have: the first is that of inTeam and
// inGroup.
func rolesOf(key fivetran.MembershipKey) (is, other string) {
	if key.In == fivetran.InTeam {
		return fivetran.TeamMember, fivetran.TeamManager
	}
	return "View Destination", "Manage Destination"
}

// shown is the role that the service has, or nil for no membership.
func (a *testAccount) shown(t *testing.T, key fivetran.MembershipKey) *string {
	t.Helper()
	membership, err := fivetran.New(a.config, sandbox.FivetranKey, sandbox.FivetranSecret).Membership(t.Context(), key)
	if fivetran.NotFound(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return membership.Role
}

// memberFault is a fault that only the changes of memberships meet.
func memberFault(method string, f sandbox.Fault) sandbox.Fault {
	f.Method = method
	if f.Times == 0 {
		f.Times = 1
	}
	return f
}

// lostAnswers are the ways in which the answer to a change gets lost, and
// whether the change is made.
var lostAnswers = map[string]struct {
	fault  sandbox.Fault
	effect bool
}{
	"a 502":                 {sandbox.Fault{Status: http.StatusBadGateway}, false},
	"a 502, carried out":    {sandbox.Fault{Status: http.StatusBadGateway, AfterEffect: true}, true},
	"a cut, carried out":    {sandbox.Fault{Cut: true, AfterEffect: true}, true},
	"half, carried out":     {sandbox.Fault{Truncate: true, AfterEffect: true}, true},
	"too slow, carried out": {sandbox.Fault{DelayBefore: 1200 * time.Millisecond}, true},
	"late, carried out":     {sandbox.Fault{Status: http.StatusGatewayTimeout, EffectAfter: 100 * time.Millisecond}, true},
	"a page from elsewhere": {sandbox.Fault{Status: http.StatusOK, Body: "<html>Welcome</html>", AfterEffect: true}, true},
}

func TestAddMember(t *testing.T) {
	t.Parallel()
	ignoring := sandbox.Options{Fivetran: sandbox.FivetranBehavior{IgnoreMemberships: true}}
	there := func(status int) sandbox.Options {
		return sandbox.Options{Fivetran: sandbox.FivetranBehavior{ExistingMemberStatus: status}}
	}
	type test struct {
		options sandbox.Options
		key     fivetran.MembershipKey
		other   bool // asks for the other role
		fault   sandbox.Fault
		want    Case
		records []rest.Activity // "" for the one of the target
		failed  bool
	}
	tests := map[string]test{}
	for in, keys := range map[string][2]fivetran.MembershipKey{"team": {inTeam, notInTeam}, "group": {inGroup, notInGroup}} {
		tests[in+", new"] = test{key: keys[1], want: Added, records: []rest.Activity{""}}
		tests[in+", there"] = test{key: keys[0], want: Adopted, records: []rest.Activity{rest.ActivityAdopt}}
		tests[in+", there, 400"] = test{options: there(http.StatusBadRequest), key: keys[0], want: Adopted, records: []rest.Activity{rest.ActivityAdopt}}
		tests[in+", there, 201"] = test{options: there(http.StatusCreated), key: keys[0], other: true, want: Added, records: []rest.Activity{""}}
		tests[in+", there with another role"] = test{key: keys[0], other: true, want: Adopted, records: []rest.Activity{rest.ActivityAdopt, ""}}
		tests[in+", refused"] = test{key: keys[1], fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, records: []rest.Activity{""}, failed: true}
		tests[in+", refused as a conflict"] = test{key: keys[1], fault: sandbox.Fault{Status: http.StatusConflict}, want: Refused, records: []rest.Activity{""}, failed: true}
		tests[in+", too many requests"] = test{key: keys[1], fault: sandbox.Fault{Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}}, want: Unsent, records: []rest.Activity{""}, failed: true}
		tests[in+", dropped"] = test{key: keys[1], fault: sandbox.Fault{Cut: true}, want: Added, records: []rest.Activity{"", ""}}
		tests[in+", dropped twice"] = test{key: keys[1], fault: sandbox.Fault{Cut: true, Times: 2}, want: Uncertain, records: []rest.Activity{"", ""}, failed: true}
		for name, lost := range lostAnswers {
			want := Added
			if !lost.effect {
				want = Uncertain
			}
			tests[in+", lost by "+name] = test{key: keys[1], fault: lost.fault, want: want, records: []rest.Activity{""}, failed: !lost.effect}
		}
		unknown := keys[1]
		unknown.UserID = "none_such"
		tests[in+", no user"] = test{key: unknown, want: Refused, records: []rest.Activity{""}, failed: true}
		unknown = keys[1]
		unknown.ID = "none_such"
		tests[in+", nothing to be in"] = test{key: unknown, want: Refused, records: []rest.Activity{""}, failed: true}
	}
	tests["managed by SCIM"] = test{options: sandbox.Options{Fivetran: sandbox.FivetranBehavior{ManagedTeams: []string{"loud_cedar"}}}, key: notInTeam, want: Refused, records: []rest.Activity{""}, failed: true}
	tests["another user's reply"] = test{key: notInTeam, fault: sandbox.Fault{Status: http.StatusCreated, Body: `{"code":"Success","data":{"user_id":"other_one","role":"Team Member"}}`, AfterEffect: true}, want: Added, records: []rest.Activity{""}}
	tests["another user's reply, nothing done"] = test{options: ignoring, key: notInTeam, fault: sandbox.Fault{Status: http.StatusCreated, Body: `{"code":"Success","data":{"user_id":"other_one","role":"Team Member"}}`}, want: Uncertain, records: []rest.Activity{""}, failed: true}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, test.options)
			m := NewMemberships(a.Fivetran)
			if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
				a.Inject(memberFault(http.MethodPost, test.fault))
			}
			role, other := rolesOf(test.key)
			if test.other {
				role = other
			}
			result, err := m.Add(t.Context(), test.key, role)
			if result.Case != test.want || (err != nil) != test.failed {
				t.Fatalf("got %+v and error %v, want case %d", result, err, test.want)
			}
			activities := make([]rest.Activity, len(a.records))
			for i, record := range a.records {
				activities[i] = record.Activity
				want := rest.ResultSuccess
				switch {
				case test.want == Uncertain || rest.Dropped(err) || i == 0 && len(a.records) == 2 && test.fault.Cut:
					want = rest.ResultUnknown
				case test.failed:
					want = rest.ResultFailure
				}
				if record.Result != want {
					t.Errorf("record %d: got %+v, want result %d", i, record, want)
				}
			}
			if !slices.Equal(activities, test.records) {
				t.Errorf("got the records %q, want %q", activities, test.records)
			}
			if got := m.Mine(MembershipID(test.key)); got == test.failed {
				t.Errorf("the run counts the membership as its own: %t", got)
			}
			if test.failed {
				return
			}
			if got := a.shown(t, test.key); got == nil || *got != role || *result.Membership.Role != role || result.Membership.MembershipKey != test.key {
				t.Errorf("got %+v, the service has %v, want %s", result.Membership, got, role)
			}
			if test.other && test.want == Adopted {
				if got := a.targets[1]; got.Activity != rest.ActivityAdopt || *got.Role != role || orEmpty(got.RoleBefore) == role {
					t.Errorf("recorded %+v, want what was adopted", got)
				}
			}
		})
	}
}

// TestMembershipMadeByThisRunStays is what create_before_destroy would end.
func TestMembershipMadeByThisRunStays(t *testing.T) {
	t.Parallel()
	for _, key := range []fivetran.MembershipKey{inTeam, notInGroup} {
		a := newAccount(t, sandbox.Options{})
		m := NewMemberships(a.Fivetran)
		role, _ := rolesOf(key)
		if _, err := m.Add(t.Context(), key, role); err != nil {
			t.Fatal(err)
		}
		result, err := m.Remove(t.Context(), fivetran.Membership{MembershipKey: key})
		if err != nil || result.Case != Kept || a.shown(t, key) == nil {
			t.Errorf("%s: got %+v and error %v", MembershipID(key), result, err)
		}
	}
}

// TestInterruptedMembership is finished after Ctrl-C, and nothing begins then.
func TestInterruptedMembership(t *testing.T) {
	t.Parallel()
	a := newAccount(t, sandbox.Options{})
	m := NewMemberships(a.Fivetran)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if result, err := m.Add(ended, notInTeam, fivetran.TeamMember); result.Case != Unsent || err == nil || a.shown(t, notInTeam) != nil {
		t.Errorf("got %+v and error %v", result, err)
	}
	a.Inject(memberFault(http.MethodPost, sandbox.Fault{Delay: 300 * time.Millisecond}))
	ctx := a.interruptedAfter(t, 1)
	if result, err := m.Add(ctx, notInTeam, fivetran.TeamMember); result.Case != Added || err != nil {
		t.Errorf("got %+v and error %v, want it added", result, err)
	}
}

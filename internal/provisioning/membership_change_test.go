// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestChangeMemberRole(t *testing.T) {
	t.Parallel()
	ignoring := sandbox.Options{Fivetran: sandbox.FivetranBehavior{IgnoreUpdates: true}}
	for in, key := range map[string]fivetran.MembershipKey{"team": inTeam, "group": inGroup} {
		type test struct {
			options sandbox.Options
			fault   sandbox.Fault
			want    Case
			result  rest.Result
			failed  bool
		}
		tests := map[string]test{
			"changed":           {want: Changed, result: rest.ResultSuccess},
			"refused":           {fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, result: rest.ResultFailure, failed: true},
			"gone":              {fault: sandbox.Fault{Status: http.StatusNotFound, Body: `{"code":"NotFound_User"}`}, want: Refused, result: rest.ResultFailure, failed: true},
			"accepted, ignored": {options: ignoring, want: Changed, result: rest.ResultFailure},
		}
		for name, lost := range lostAnswers {
			tests["lost by "+name] = test{fault: lost.fault, want: Uncertain, result: rest.ResultUnknown, failed: true}
			if lost.effect {
				tests["lost by "+name] = test{fault: lost.fault, want: Changed, result: rest.ResultSuccess}
			}
		}
		for name, test := range tests {
			t.Run(in+", "+name, func(t *testing.T) {
				t.Parallel()
				a := newAccount(t, test.options)
				m := NewMemberships(a.Fivetran)
				if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
					a.Inject(memberFault(http.MethodPatch, test.fault))
				}
				is, other := rolesOf(key)
				result, err := m.ChangeRole(t.Context(), fivetran.Membership{MembershipKey: key, Role: &is}, other)
				if result.Case != test.want || (err != nil) != test.failed || len(a.records) != 1 || a.records[0].Result != test.result {
					t.Errorf("got %+v, error %v and the records %+v, want case %d and result %d", result, err, a.records, test.want, test.result)
				}
				if got := a.shown(t, key); !test.failed && orEmpty(got) != orEmpty(result.Membership.Role) {
					t.Errorf("got the role %s, the service has %s", *result.Membership.Role, *got)
				}
				if target := a.targets[0]; target.Activity != rest.ActivityChangeRole || *target.RoleBefore != is || target.Group.ID != key.ID {
					t.Errorf("recorded %+v", target)
				}
			})
		}
	}
}

func TestRemoveMember(t *testing.T) {
	t.Parallel()
	for in, keys := range map[string][2]fivetran.MembershipKey{"team": {inTeam, notInTeam}, "group": {inGroup, notInGroup}} {
		type test struct {
			key    fivetran.MembershipKey
			before func(*testAccount, *Memberships)
			fault  sandbox.Fault
			want   Case
			detail string
			failed bool
		}
		const gone = "the membership was gone already"
		tests := map[string]test{
			"removed":          {key: keys[0], want: Removed},
			"gone":             {key: keys[1], want: Gone, detail: gone},
			"gone with a user": {key: keys[0], before: func(a *testAccount, _ *Memberships) { a.RemoveFivetranUser("lukas.mueller@northwind.example") }, want: Gone, detail: gone},
			"refused":          {key: keys[0], fault: sandbox.Fault{Status: http.StatusForbidden}, want: Refused, failed: true},
			"a wrong address":  {key: keys[0], fault: sandbox.Fault{Status: http.StatusNotFound, Body: "no such page"}, want: Refused, failed: true},
			"dropped":          {key: keys[0], fault: sandbox.Fault{Cut: true}, want: Removed},
		}
		nowhere := keys[0]
		nowhere.ID = "none_such"
		tests["gone with where it was"] = test{key: nowhere, want: Gone, detail: gone}
		for name, lost := range lostAnswers {
			tests["lost by "+name] = test{key: keys[0], fault: lost.fault, want: Uncertain, failed: true}
			if lost.effect {
				tests["lost by "+name] = test{key: keys[0], fault: lost.fault, want: Removed}
			}
		}
		for name, test := range tests {
			t.Run(in+", "+name, func(t *testing.T) {
				t.Parallel()
				a := newAccount(t, sandbox.Options{})
				m := NewMemberships(a.Fivetran)
				if test.before != nil {
					test.before(a, m)
				}
				if !reflect.DeepEqual(test.fault, sandbox.Fault{}) {
					a.Inject(memberFault(http.MethodDelete, test.fault))
				}
				result, err := m.Remove(t.Context(), fivetran.Membership{MembershipKey: test.key, Role: new("x")})
				if result.Case != test.want || (err != nil) != test.failed {
					t.Errorf("got %+v and error %v, want case %d", result, err, test.want)
				}
				if there := a.shown(t, test.key) != nil; !test.failed && there {
					t.Error("the membership is still there")
				}
				last := a.records[len(a.records)-1]
				if test.detail != "" && (last.Detail != test.detail || last.Result != rest.ResultSuccess) {
					t.Errorf("recorded %+v, want %q", last, test.detail)
				}
			})
		}
	}
}

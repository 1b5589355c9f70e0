// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"context"
	"net/http"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// gapCase is what a test of any collection looks at.
type gapCase struct {
	value any
	gaps  []rest.Gap
}

func gapCases[T interface{ Gaps() []rest.Gap }](listed []T, err error) ([]gapCase, error) {
	all := make([]gapCase, len(listed))
	for i, r := range listed {
		all[i] = gapCase{withoutGaps(r), r.Gaps()}
	}
	return all, err
}

// TestOneOddValue lists three rows of which the second has a value that cannot
// be read. It is null or left out, with a gap that names it; all else is whole.
func TestOneOddValue(t *testing.T) {
	t.Parallel()
	users := func(c *dbtcloud.Client, ctx context.Context) ([]gapCase, error) { return gapCases(c.Users(ctx)) }
	groups := func(c *dbtcloud.Client, ctx context.Context) ([]gapCase, error) { return gapCases(c.Groups(ctx)) }
	invites := func(c *dbtcloud.Client, ctx context.Context) ([]gapCase, error) { return gapCases(c.Invites(ctx)) }
	maps := func(c *dbtcloud.Client, ctx context.Context) ([]gapCase, error) { return gapCases(c.LicenseMaps(ctx)) }
	tokens := func(c *dbtcloud.Client, ctx context.Context) ([]gapCase, error) {
		return gapCases(c.ServiceTokens(ctx))
	}
	none := []dbtcloud.GroupRef{}
	for name, test := range map[string]struct {
		list func(*dbtcloud.Client, context.Context) ([]gapCase, error)
		rest string // of the second row
		want any
		gaps []rest.Gap
	}{
		"email as an object": {users, `"email":{"value":"a"}`, dbtcloud.User{ID: 2, Groups: none}, []rest.Gap{{Path: "email", Why: "got object, want string"}}},
		"flag as a list":     {users, `"is_active":[]`, dbtcloud.User{ID: 2, Groups: none}, []rest.Gap{{Path: "is_active", Why: "got array, want bool"}}},
		"one permission that is not in a list": {
			users, `"is_active":true,"permissions":{"account_id":1000,"license_type":"it"}`,
			dbtcloud.User{ID: 2, IsActive: new(true), LicenseType: new(dbtcloud.LicenseIT), Status: new(rest.UserActive), Groups: none}, nil,
		},
		"permissions of another kind": {
			users, `"is_active":true,"permissions":"none"`,
			dbtcloud.User{ID: 2, IsActive: new(true), Groups: none}, []rest.Gap{{Path: "permissions", Why: "got string, want object"}},
		},
		"a permission and a group of another kind": {
			users, `"permissions":[null,7,{"account_id":1000,"groups":[null,{"id":3,"name":["A"]},"B"]}]`,
			dbtcloud.User{ID: 2, Groups: []dbtcloud.GroupRef{{ID: new(int64(3))}}},
			[]rest.Gap{
				{Path: "permissions/0", Why: "it is null"}, {Path: "permissions/1", Why: "got number, want object"},
				{Path: "permissions/2/groups/0", Why: "it is null"}, {Path: "permissions/2/groups/1/name", Why: "got array, want string"},
				{Path: "permissions/2/groups/2", Why: "got string, want object"},
			},
		},
		"groups without ids": {
			users, `"permissions":[{"account_id":1000,"groups":[{"name":"B"},{"id":3,"name":"A"},{"name":"C"},{}]}]`,
			dbtcloud.User{ID: 2, Groups: []dbtcloud.GroupRef{{Name: new("B")}, {Name: new("C")}, {ID: new(int64(3)), Name: new("A")}}},
			[]rest.Gap{
				{Path: "permissions", Why: `a group (name "B") has no id`}, {Path: "permissions", Why: `a group (name "C") has no id`},
				{Path: "permissions", Why: `a group (name "") has no id`},
			},
		},
		"licenses of another kind": {
			users, `"is_active":true,"licenses":"none"`, dbtcloud.User{ID: 2, IsActive: new(true), Groups: none}, []rest.Gap{{Path: "licenses", Why: "got string, want object"}},
		},
		"a license of another kind": {
			users, `"is_active":true,"licenses":{"1000":{"license_type":"it","state":1},"2000":7}`,
			dbtcloud.User{ID: 2, IsActive: new(true), LicenseType: new(dbtcloud.LicenseIT), Status: new(rest.UserActive), Groups: none},
			[]rest.Gap{{Path: "licenses/2000", Why: "got number, want object"}},
		},
		"mappings and permissions of another kind": {
			groups, `"sso_mapping_groups":["b",null,"a"],"group_permissions":[{"permission_set":"x"},null],"member_count":"many"`,
			dbtcloud.Group{ID: 2, SSOMappingGroups: []string{"a", "b"}, Permissions: []dbtcloud.Permission{{PermissionSet: new("x")}}},
			[]rest.Gap{
				{Path: "sso_mapping_groups/1", Why: "it is empty"}, {Path: "group_permissions/1", Why: "it is null"},
				{Path: "member_count", Why: "got string, want whole number"},
			},
		},
		"ids of groups of another kind": {
			invites, `"group_ids":[3,"x",null]`, dbtcloud.Invite{ID: 2, GroupIDs: []int64{3}},
			[]rest.Gap{{Path: "group_ids/1", Why: "got string, want whole number"}, {Path: "group_ids/2", Why: "it is null"}},
		},
		"status of another kind": {
			invites, `"status":{"name":"pending"}`, dbtcloud.Invite{ID: 2, GroupIDs: []int64{}}, []rest.Gap{{Path: "status", Why: "got object, want string"}},
		},
		"license type of another kind": {
			maps, `"license_type":false`, dbtcloud.LicenseMap{ID: 2, SSOLicenseMappingGroups: []string{}}, []rest.Gap{{Path: "license_type", Why: "got bool, want string"}},
		},
		"a grant of another kind": {
			tokens, `"permission_grants":["job_admin",{"permission_set":"job_viewer"}]`,
			dbtcloud.ServiceToken{ID: 2, Grants: []dbtcloud.Grant{{PermissionSet: new("job_viewer"), AllProjects: true}}},
			[]rest.Gap{{Path: "permission_grants/0", Why: "got string, want object"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := serve(t, always(http.StatusOK, envelope([]string{`{"id":1}`, `{"id":2,` + test.rest + `}`, `{"id":3}`}, "3")))
			got, err := test.list(client, t.Context())
			if err != nil || len(got) != 3 {
				t.Fatalf("got %d rows and error %v, want 3", len(got), err)
			}
			if !reflect.DeepEqual(got[1].value, test.want) {
				t.Errorf("got  %s\nwant %s", text(got[1].value), text(test.want))
			}
			if !reflect.DeepEqual(got[1].gaps, test.gaps) || got[0].gaps != nil || got[2].gaps != nil {
				t.Errorf("got gaps %v, want %v and none in other rows", got, test.gaps)
			}
		})
	}
}

func TestOddValuesOfSingleReplies(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, always(http.StatusOK, `{"data":{"enabled":{},"manual_updates_allowed":true}}`))
	config, err := client.SCIMConfig(t.Context())
	if want := []rest.Gap{{Path: "enabled", Why: "got object, want bool"}}; err != nil || *config.ManualUpdatesAllowed != true || !reflect.DeepEqual(config.Gaps(), want) {
		t.Errorf("got %s with gaps %v and error %v, want %v", text(config), config.Gaps(), err, want)
	}
	for _, data := range []string{`{"it":{"total":[],"in_use":1},"developer":{},"plan":true}`, `[{"developer":{}},{"it":{"total":[],"in_use":1}}]`} {
		client, _ := serve(t, always(http.StatusOK, `{"data":`+data+`}`))
		seats, err := client.Licenses(t.Context())
		if want := []rest.Gap{{Path: "total", Why: "got array, want whole number"}}; err != nil || *seats["it"].InUse != 1 ||
			!reflect.DeepEqual(seats["it"].Gaps(), want) || seats["developer"].Gaps() != nil {
			t.Errorf("got %v and error %v, want %v", seats, err, want)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

const (
	v2 = "/api/v2/accounts/12345"
	v3 = "/api/v3/accounts/12345"
)

func TestDBTCloudListsInPages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{People: 250})
	seen := map[any]bool{}
	for _, test := range []struct {
		query         string
		count, offset int
	}{
		{"", 100, 0},
		{"?offset=100&limit=100&order_by=id", 100, 100},
		{"?offset=200", 50, 200},
		{"?offset=250", 0, 250},
		{"?offset=999", 0, 999},
	} {
		got := c.get(v3 + "/users/" + test.query)
		users := rows(t, got.json, "data")
		if len(users) != test.count {
			t.Errorf("users%s: got %d, want %d", test.query, len(users), test.count)
		}
		for _, user := range users {
			seen[user["id"]] = true
		}
		extra := fmt.Sprint(at(t, got.json, "extra"))
		want := fmt.Sprintf("map[filters:map[account_id:12345 limit:100 offset:%d] order_by:id pagination:map[count:%d total_count:250]]", test.offset, test.count)
		if extra != want {
			t.Errorf("users%s: got extra %s, want %s", test.query, extra, want)
		}
	}
	if len(seen) != 250 {
		t.Errorf("different users: got %d, want 250", len(seen))
	}
	status := fmt.Sprint(at(t, c.get(v3+"/groups").json, "status"))
	if want := "map[code:200 developer_message: is_success:true user_message:Success!]"; status != want {
		t.Errorf("status: got %s, want %s", status, want)
	}
}

func TestDBTCloudOrders(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	up := rows(t, c.get(v3+"/users/?order_by=id").json, "data")
	down := rows(t, c.get(v3+"/users/?order_by=-id").json, "data")
	for i := range up {
		if mirrored := down[len(down)-1-i]; up[i]["id"] != mirrored["id"] {
			t.Errorf("element %d: got %v and %v, want the orders to mirror each other", i, up[i]["id"], mirrored["id"])
		}
	}
}

func TestDBTCloudRefusesWrongParameters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, path := range []string{
		"/users/?limit=101", "/users/?limit=0", "/users/?limit=many", "/users/?offset=-1", "/users/?order_by=shoe_size",
		"/groups/?state=3", "/license-maps/?limit=1000", "/service-tokens/?state=x",
	} {
		got := c.call("GET", v3+path, "", 400)
		if at(t, got.json, "status", "code") != 400.0 || at(t, got.json, "data") != nil {
			t.Errorf("GET %s: got %s, want the envelope of a refusal", path, got.raw)
		}
	}
	for _, path := range []string{"/users/4101/", "/groups/198/", "/groups/1/", "/groups/x/", "/license-maps/1/", "/service-tokens/1/permissions/"} {
		c.call("GET", v3+path, "", 404)
	}
}

func TestDBTCloudGroupFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, test := range []struct{ query, want string }{
		{"name=Contractors", "208 209"},
		{"name=contractors", ""},
		{"name=" + url.QueryEscape(`R&D "Core" + #1 \ Ops`), "210"},
		{"name=R", ""},
		{"name__icontains=ANALY", "204 205"},
		{"state=deleted", "198"},
		{"state=2", "198"},
		{"state=all&name__icontains=in", "198 204 206 212"},
		{"order_by=-id&limit=2", "212 211"},
	} {
		var ids []string
		for _, group := range rows(t, c.get(v3+"/groups/?"+test.query).json, "data") {
			ids = append(ids, fmt.Sprint(group["id"]))
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("groups?%s: got %q, want %q", test.query, got, test.want)
		}
	}
	if all := rows(t, c.get(v3+"/groups/").json, "data"); len(all) != 12 {
		t.Errorf("groups: got %d, want 12", len(all))
	}
}

func TestDBTCloudGroupPermissionsWhereAskedFor(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for path, want := range map[string]int{"/groups/?name=Analytics+Engineering": 0, "/groups/?name=Analytics+Engineering&include_related=group_permissions": 2} {
		if got := len(rows(t, c.get(v3+path).json, "data", 0, "group_permissions")); got != want {
			t.Errorf("GET %s: got %d permissions, want %d", path, got, want)
		}
	}
	permissions := rows(t, c.get(v3+"/groups/204/").json, "data", "group_permissions")
	if len(permissions) != 2 || permissions[0]["project_id"] != nil || permissions[1]["project_id"] != 501.0 {
		t.Errorf("permissions of group 204: got %v, want one for all projects and one for project 501", permissions)
	}
}

func TestDBTCloudMemberCounts(t *testing.T) {
	t.Parallel()
	c := start(t, Options{People: 90})
	members := map[any]int{}
	for _, user := range rows(t, c.get(v3+"/users/").json, "data") {
		for _, permission := range rows(t, user, "permissions") {
			if permission["account_id"] != 12345.0 || permission["state"] != 1.0 || user["is_active"] != true {
				continue
			}
			for _, group := range rows(t, permission, "groups") {
				members[group["id"]]++
			}
		}
	}
	for _, group := range rows(t, c.get(v3+"/groups/").json, "data") {
		if got, want := group["member_count"], float64(members[group["id"]]); got != want {
			t.Errorf("member_count of %v: got %v, want %v", group["name"], got, want)
		}
	}
}

func TestDBTCloudRequiredFields(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for path, fields := range map[string]string{
		v3 + "/users/": `apitoken_last_used auth_provider_infos azure_active_directory_connected
			azure_active_directory_token_retrieval_failure azure_active_directory_username created_at email email_connected
			email_verified enterprise_authentication_method enterprise_connected github_connected github_token_retrieval_failure
			github_username gitlab_connected gitlab_token_retrieval_failure gitlab_username id is_active is_staff last_login
			licenses permissions sso_only_user first_name last_name`,
		v3 + "/groups/": `created_at group_permissions id member_count scim_managed updated_at name state account_id
			assign_by_default sso_mapping_groups`,
		v3 + "/license-maps/":                   "created_at id updated_at license_type sso_license_mapping_groups state account_id",
		v3 + "/service-tokens/":                 "id created_at updated_at account_id uid name state permission_grants last_used",
		v3 + "/service-tokens/702/permissions/": "created_at id updated_at permission_set project_id all_projects state",
		v2 + "/invites/": `account account_id created_at email_address groups id redeemed_at license_type status type
			group_ids`,
		"/api/v2/accounts/": "id name state plan docs_job_id freshness_job_id locked",
	} {
		list := rows(t, c.get(path).json, "data")
		if len(list) == 0 {
			t.Errorf("GET %s: got no rows, want some", path)
		}
		for _, row := range list {
			requireFields(t, path, row, fields)
		}
	}
	if got := at(t, c.get(v3+"/scim-config/").json, "data", "enabled"); got != true {
		t.Errorf("scim-config enabled: got %v, want true", got)
	}
	if got := at(t, c.get(v2+"/users/4101/").json, "data", "permissions", 0, "license_type"); got != "developer" {
		t.Errorf("license of user 4101: got %v, want developer", got)
	}
	for path, want := range map[string]string{"/license-maps/602/": "read_only", "/service-tokens/702/": "airflow"} {
		row := object(t, c.get(v3+path).json, "data")
		if row["license_type"] != want && row["name"] != want {
			t.Errorf("GET %s: got %v, want %s", path, row, want)
		}
	}
}

func TestDBTCloudSeats(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for license, want := range map[string]string{
		"analyst":  "map[assigned:2 available:0 enterprise_plan:true in_use:2 limited:true over_limit:true total:1]",
		"explorer": "map[assigned:0 available:0 enterprise_plan:true in_use:0 limited:true over_limit:false total:0]",
		"it":       "map[assigned:1 available:0 enterprise_plan:true in_use:1 limited:true over_limit:false total:1]",
	} {
		if got := fmt.Sprint(at(t, c.get(v2+"/licenses/").json, "data", license)); got != want {
			t.Errorf("%s: got %s, want %s", license, got, want)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestBrokenSideOfMemberships reads one side of memberships while the other is
// refused, or does not agree. Users and groups are there, with a warning.
func TestBrokenSideOfMemberships(t *testing.T) {
	t.Parallel()
	const (
		users        = "datastack_rudderstack_scim_users"
		user         = "datastack_rudderstack_scim_user"
		groups       = "datastack_rudderstack_scim_groups"
		group        = "datastack_rudderstack_scim_group"
		list         = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[`
		ann          = list + `{"id":"u1","userName":"ann","groups":[{"value":"g1"}]}]}`
		without      = list + `{"id":"g1","displayName":"A\u202e\n"}]}`
		empty        = list + `{"id":"g1","displayName":"A","members":[]}]}`
		notGroups    = "Unable to Read RudderStack SCIM Groups"
		notMembers   = "Unable to Read Members of RudderStack SCIM Groups"
		differ       = "RudderStack SCIM Memberships Differ"
		differing    = `- "A" (id "g1"): the group has 0 users, and 1 users name the group`
		unknownGroup = `members of 1 RudderStack SCIM groups are not available ("A\u202e\n" (id "g1")): 400 Bad Request`
	)
	refusedGroups := sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusBadRequest}
	singleGroup := sandbox.Fault{PathPrefix: "/scim/v2/Groups/", Status: http.StatusBadRequest}
	someone := sandbox.Fault{PathPrefix: "/scim/v2/Users", Status: http.StatusOK, Body: ann}
	noMembers := sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusOK, Body: without}
	emptyGroup := sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusOK, Body: empty}
	for name, test := range map[string]struct {
		faults          []sandbox.Fault
		what, arguments string
		want            string // in the state
		said            []string
	}{
		"identities, groups refused": {[]sandbox.Fault{refusedGroups}, identitiesType, `{}`, `"groups":null`, []string{notGroups, "400 Bad Request"}},
		"group, refused":             {[]sandbox.Fault{singleGroup, noMembers}, group, `{"display_name":"A\u202e\n"}`, `"members":null`, []string{notMembers, unknownGroup}},
		"users that differ":          {[]sandbox.Fault{someone, emptyGroup}, users, `{}`, `"display_name":"A"`, []string{differ, differing}},
		"user that differs":          {[]sandbox.Fault{someone, emptyGroup}, user, `{"user_name":"ann"}`, `"display_name":"A"`, nil},
		"groups that differ":         {[]sandbox.Fault{someone, emptyGroup}, groups, `{}`, `"user_name":"ann"`, []string{differ, differing}},
		"group that differs":         {[]sandbox.Fault{someone, emptyGroup}, group, `{"display_name":"A"}`, `"user_name":"ann"`, []string{differ, differing}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			for _, fault := range test.faults {
				c.Inject(fault)
			}
			state, said := open(t, c.settings()).read(t, test.what, test.arguments)
			if test.said == nil && said != "" || strings.Contains(said, "ERROR") || !strings.Contains(state, test.want) {
				t.Errorf("got %s with the message %s, want %s", state, said, test.want)
			}
			if test.said != nil {
				expectSaid(t, said, append([]string{"WARNING"}, test.said...)...)
			}
		})
	}
}

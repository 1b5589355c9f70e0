// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// What the oddities are read with.
const (
	dbtUsersType      = "datastack_dbtcloud_users"
	dbtGroupsType     = "datastack_dbtcloud_groups"
	scimUsersType     = "datastack_rudderstack_scim_users"
	scimUserType      = "datastack_rudderstack_scim_user"
	scimGroupsType    = "datastack_rudderstack_scim_groups"
	fivetranUsersType = "datastack_fivetran_users"
)

// Arguments that choose the row that most oddities change.
const (
	amaraListed  = `{"user_names":["amara.okafor@northwind.example"]}`
	amaraAlone   = `{"user_name":"amara.okafor@northwind.example"}`
	amaraByID    = `{"id":"2BLsP9a9NE1Yqn2RQX0ydDubv6b"}`
	dataPlatform = `{"display_names":["Data Platform"]}`
)

// oddityCase is what a data source makes of an oddity.
type oddityCase struct {
	oddities string // with commas between them
	people   int
	what     string
	// arguments are those of the data source, {} if "".
	arguments string
	// rows is how many the list has. An error has none.
	rows int
	// state is part of the result.
	state string
	// said are parts of the messages, the first being the severity, or none.
	said []string
}

// oddityCases have at least one case for each oddity.
var oddityCases = []oddityCase{
	// One side of memberships is refused or broken.
	{oddities: "scim-groups-400", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "400 Bad Request"}},
	{oddities: "scim-groups-403", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "403 Forbidden"}},
	{oddities: "scim-groups-404", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "404 Not Found"}},
	{oddities: "scim-groups-405", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "405 Method Not Allowed"}},
	{oddities: "scim-groups-500", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "500 Internal Server Error", "The service failed"}},
	{oddities: "scim-groups-501", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "501 Not Implemented"}},
	{oddities: "scim-groups-500", what: scimUsersType, arguments: `{"include_groups":false}`, rows: 32, state: `"groups":null`},
	{oddities: "scim-groups-405", what: scimGroupsType, said: []string{"ERROR", "Unable to List RudderStack SCIM Groups", "405 Method Not Allowed"}},
	{oddities: "scim-users-500", what: scimGroupsType, rows: 6, state: `"user_name":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Users", "500 Internal Server Error"}},
	{oddities: "scim-users-500", what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users", "500 Internal Server Error"}},
	{oddities: "scim-one-group-500", what: scimUsersType, rows: 32, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", `members of 1 RudderStack SCIM groups are not available ("Data Platform"`, "500 Internal"}},
	{oddities: "scim-one-group-500", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"members":null`, said: []string{"WARNING", "Unable to Read Members of RudderStack SCIM Groups", `"Data Platform"`, "500 Internal"}},
	{oddities: "scim-filter-400", what: scimUserType, arguments: amaraAlone, rows: 1, state: `"display_name":"Amara Okafor"`},
	{oddities: "scim-filter-500", what: scimUserType, arguments: amaraAlone, rows: 1, state: `"display_name":"Amara Okafor"`},
	{oddities: "scim-filter-ignored", what: scimUserType, arguments: amaraAlone, rows: 1, state: `"display_name":"Amara Okafor"`},
	{oddities: "scim-filter-finds-nothing", what: scimUserType, arguments: amaraAlone, rows: 1, state: `"display_name":"Amara Okafor"`},

	// One odd value.
	{oddities: "scim-group-without-id", what: scimUsersType, arguments: amaraListed, rows: 1, state: `{"display_name":"Application/local","id":null}`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Users", `groups: an entry (display "Application/local") has neither value nor $ref`}},
	{oddities: "scim-member-empty", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"user_name":"tomasz.nowak@northwind.example"`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Groups", "members: an entry has neither value nor $ref"}},
	{oddities: "scim-members-null", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"user_name":"tomasz.nowak@northwind.example"`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Groups", "members/0: it is null", "members: an entry has neither value nor $ref"}},
	{oddities: "scim-members-object", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"members":[{"display":"Amara Okafor","id":"2BLsP9a9NE1Yqn2RQX0ydDubv6b","type":"User","user_name":"amara.okafor@northwind.example"}]`},
	{oddities: "scim-emails-string", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"emails":["odd@northwind.example"]`},
	{oddities: "scim-emails-object", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"emails":["amara.okafor@northwind.example"]`},
	{oddities: "scim-emails-null", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"emails":["amara.okafor@northwind.example"]`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Users", "emails/0: it is null"}},
	{oddities: "scim-name-string", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"display_name":"Amara Okafor"`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Users", "name: got string, want object"}},
	{oddities: "scim-name-array", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"display_name":"Amara Okafor"`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Users", "name: got array, want object"}},
	{oddities: "scim-display-number", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"display_name":"7"`},
	{oddities: "scim-display-object", what: scimUsersType, arguments: amaraListed, rows: 1, state: `"display_name":null`, said: []string{"WARNING", "Unable to Read Values of RudderStack SCIM Users", "displayName: got object, want string"}},
	{oddities: "dbt-email-object", what: dbtUsersType, rows: 40, state: `"email":null`, said: []string{"WARNING", "Unable to Read Values of dbt Cloud Users", "- id 4101: email: got object, want string"}},
	{oddities: "dbt-name-number", what: dbtUsersType, rows: 40, state: `"first_name":"7"`},
	{oddities: "dbt-login-number", what: dbtUsersType, rows: 40, state: `"last_login":"1767225600"`},
	{oddities: "dbt-zero-date", what: dbtUsersType, arguments: `{"emails":["amara.okafor@northwind.example"]}`, rows: 1, state: `"last_login":null`},
	{oddities: "dbt-groups-odd", what: dbtUsersType, rows: 40, state: `{"id":null,"name":"No id"},{"id":201,"name":"Owner"}`, said: []string{"WARNING", "Unable to Read Values of dbt Cloud Users", "permissions/0/groups/1: it is null", `a group (name "No id") has no id`}},
	{oddities: "fivetran-email-object", what: fivetranUsersType, rows: 26, state: `"email":null`, said: []string{"WARNING", "Unable to Read Values of Fivetran Users", "email: got object, want string"}},
	{oddities: "fivetran-name-number", what: fivetranUsersType, rows: 26, state: `"given_name":"7"`},
	{oddities: "fivetran-role-array", what: fivetranUsersType, rows: 26, state: `"role":null`, said: []string{"WARNING", "Unable to Read Values of Fivetran Users", "role: got array, want string"}},

	// Members.
	{oddities: "scim-members-short", people: 130, what: scimGroupsType, rows: 6, said: []string{"WARNING", "RudderStack SCIM Memberships Differ", `"Data Platform"`, "the group has 3 users, and 130 users name the group"}},
	{oddities: "scim-members-omitted", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"user_name":"tomasz.nowak@northwind.example"`},
	{oddities: "scim-members-omitted-some", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"user_name":"tomasz.nowak@northwind.example"`},
	{oddities: "scim-members-omitted-some", what: scimUsersType, arguments: `{"user_names":["tomasz.nowak@northwind.example"]}`, rows: 1, state: `"groups":[{"display_name":"Data Platform"`},
	{oddities: "scim-members-empty-omitted", what: scimGroupsType, arguments: `{"display_names":["Contractors"]}`, rows: 1, state: `"members":[]`},
	{oddities: "scim-members-never", what: scimGroupsType, arguments: dataPlatform, rows: 1, state: `"members":null`},
	{oddities: "scim-members-never", what: scimUsersType, arguments: `{"user_names":["tomasz.nowak@northwind.example"]}`, rows: 1, state: `"groups":null`},
	{oddities: "dbt-member-count", what: dbtGroupsType, rows: 12, said: []string{"WARNING", "dbt Cloud Group Member Counts Differ", `"Owner" (id 201): dbt Cloud counts 12, found 3`}},

	// Ends of lists.
	{oddities: "scim-start-ignored", what: scimUsersType, rows: 32},
	{oddities: "scim-start-ignored", people: 130, what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users", "only 100 of 130 RudderStack SCIM users could be read"}},
	{oddities: "scim-first-page-only", what: scimUsersType, rows: 20, said: []string{"WARNING", "RudderStack SCIM List May Be Incomplete", "20 RudderStack SCIM users were read"}},
	{oddities: "scim-first-page-always", what: scimUsersType, rows: 20, said: []string{"WARNING", "RudderStack SCIM List May Be Incomplete", "20 RudderStack SCIM users were read"}},
	{oddities: "scim-first-page-sorted", what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users", "RudderStack SCIM users were read, which may not be all: the service ignores the requested position"}},
	{oddities: "scim-no-paging", what: scimUsersType, rows: 32},
	{oddities: "scim-no-paging", people: 60, what: scimUsersType, rows: 60},
	{oddities: "scim-no-paging", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-no-paging", what: scimGroupsType, rows: 6},
	{oddities: "scim-no-paging,scim-sort-refused", what: scimUsersType, rows: 32},
	{oddities: "scim-no-paging,scim-sort-refused", people: 60, what: scimUsersType, rows: 60, said: []string{"WARNING", "RudderStack SCIM List May Be Incomplete", "60 RudderStack SCIM users were read"}},
	{oddities: "scim-short-pages", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-no-order", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-no-order,scim-sort-refused", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-page-total", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-total-low", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-total-high", what: scimUsersType, arguments: `{"include_groups":false}`, said: []string{"ERROR", "only 32 of 33 RudderStack SCIM users could be read"}},
	{oddities: "scim-no-total", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-rows-repeated", what: scimUsersType, rows: 32},
	{oddities: "scim-rows-repeated", people: 130, what: scimUsersType, arguments: `{"include_groups":false}`, said: []string{"ERROR", "only 129 of 131 RudderStack SCIM users could be read"}},
	{oddities: "scim-end-400", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-end-404", people: 130, what: scimUsersType, rows: 130},
	{oddities: "scim-end-500", people: 130, what: scimUsersType, rows: 130},
	{oddities: "dbt-offset-ignored", people: 130, what: dbtUsersType, said: []string{"ERROR", "Unable to List dbt Cloud Users", "only 100 of 130 dbt Cloud users could be read"}},
	{oddities: "dbt-short-pages", people: 130, what: dbtUsersType, rows: 130},
	{oddities: "dbt-total-high", what: dbtUsersType, said: []string{"ERROR", "only 40 of 41 dbt Cloud users could be read"}},
	{oddities: "dbt-rows-repeated", what: dbtUsersType, rows: 40},
	{oddities: "fivetran-cursor-ignored", what: fivetranUsersType, said: []string{"ERROR", "only 20 Fivetran users could be read", "the service named the same next page twice"}},
	{oddities: "fivetran-cursor-endless", what: fivetranUsersType, said: []string{"ERROR", "only 26 Fivetran users could be read", "10 pages in a row brought nothing new"}},
	{oddities: "fivetran-rows-repeated", what: fivetranUsersType, rows: 26},

	// Failures with the status 200, and rows that are no longer there.
	{oddities: "dbt-failure-at-200", what: dbtUsersType, said: []string{"ERROR", "Unable to List dbt Cloud Users", "200 OK: the service reports a failure: status 403: Forbidden"}},
	{oddities: "dbt-deleted-groups", what: dbtGroupsType, rows: 12, state: `"name":"Owner"`},
	{oddities: "scim-failure-at-200", what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users", "200 OK: the service reports a failure: status 403: SCIM is not enabled"}},
	{oddities: "scim-empty-at-200", what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users", "the reply is not a SCIM ListResponse"}},
	{oddities: "scim-user-failure-at-200", what: scimUserType, arguments: amaraByID, rows: 1, state: `"user_name":null`, said: []string{"ERROR", "Unable to Read RudderStack SCIM User", "200 OK: the service reports a failure: status 403: SCIM is not enabled"}},
	{oddities: "scim-user-empty-at-200", what: scimUserType, arguments: amaraByID, rows: 1, state: `"user_name":null`, said: []string{"ERROR", "Unable to Read RudderStack SCIM User", "the reply is not a SCIM resource: it has no id: {}"}},
	{oddities: "scim-user-as-list", what: scimUserType, arguments: amaraByID, rows: 1, state: `"user_name":"amara.okafor@northwind.example"`},
	{oddities: "fivetran-failure-at-200", what: fivetranUsersType, said: []string{"ERROR", "Unable to List Fivetran Users", "200 OK (AuthFailed): the service reports a failure: Invalid authorization"}},

	// Text.
	{oddities: "dbt-hostile-error", what: dbtUsersType, said: []string{"ERROR", "Unable to List dbt Cloud Users: 400 Bad Request", "[31mRed ::error::gnp long long"}},
	{oddities: "dbt-retry-after", what: dbtUsersType, said: []string{"ERROR", "429 Too Many Requests", "the service asks to wait 8760h0m0s, which is longer than the time that was left"}},
	{oddities: "dbt-bom", what: dbtUsersType, rows: 40, state: `"email":"amara.okafor@northwind.example"`},
	{oddities: "dbt-invalid-utf8", what: dbtUsersType, said: []string{"ERROR", "the reply is not the expected JSON: it contains text that is not valid UTF-8"}},
	{oddities: "scim-hostile-error", what: scimUsersType, said: []string{"ERROR", "Unable to List RudderStack SCIM Users: 400 Bad Request", "[31mRed ::error::gnp long long"}},
	{oddities: "scim-retry-after", what: scimUsersType, said: []string{"ERROR", "429 Too Many Requests", "the service asks to wait 8760h0m0s, which is longer than the time that was left"}},
	{oddities: "scim-bom", what: scimUsersType, rows: 32, state: `"email":"amara.okafor@northwind.example"`},
	{oddities: "scim-invalid-utf8", what: scimUsersType, said: []string{"ERROR", "the reply is not the expected JSON: it contains text that is not valid UTF-8"}},
	{oddities: "fivetran-hostile-error", what: fivetranUsersType, said: []string{"ERROR", "Unable to List Fivetran Users: 400 Bad Request", "[31mRed ::error::gnp long long"}},
	{oddities: "fivetran-retry-after", what: fivetranUsersType, said: []string{"ERROR", "429 Too Many Requests", "the service asks to wait 8760h0m0s, which is longer than the time that was left"}},
	{oddities: "fivetran-bom", what: fivetranUsersType, rows: 26, state: `"email":"amara.okafor@northwind.example"`},
	{oddities: "fivetran-invalid-utf8", what: fivetranUsersType, said: []string{"ERROR", "the reply is not the expected JSON: it contains text that is not valid UTF-8"}},
	{oddities: "dbt-other-case", what: dbtUsersType, rows: 40, state: `"email":"amara.okafor@northwind.example"`},
	{oddities: "fivetran-other-case", what: fivetranUsersType, rows: 26, state: `"email":"amara.okafor@northwind.example"`},

	// Several at once.
	{oddities: "scim-groups-500,scim-name-string,scim-bom,dbt-bom", what: scimUsersType, rows: 32, state: `"groups":null`, said: []string{"WARNING", "Unable to Read RudderStack SCIM Groups", "Unable to Read Values of RudderStack SCIM Users", "name: got string, want object"}},
}

func TestOddities(t *testing.T) {
	t.Parallel()
	for _, test := range oddityCases {
		t.Run(test.oddities+" "+test.what, func(t *testing.T) {
			t.Parallel()
			oddities, err := sandbox.ChooseOddities(strings.Split(test.oddities, ",")...)
			if err != nil {
				t.Fatal(err)
			}
			c := newCompany(t, sandbox.Options{People: test.people, Oddities: oddities})
			if test.arguments == "" {
				test.arguments = "{}"
			}
			state, said := open(t, c.settings()).read(t, test.what, test.arguments)
			if got := listLength(t, state); got != test.rows || !strings.Contains(state, test.state) {
				t.Errorf("got %d rows in %.3000s, want %d and %s", got, state, test.rows, test.state)
			}
			expectSaid(t, said, test.said...)
			for severity, of := range map[string]string{"ERROR": "ERROR at", "WARNING": "WARNING at"} {
				if wanted := len(test.said) > 0 && test.said[0] == severity; strings.Contains(said, of) != wanted {
					t.Errorf("got the message %s, want %s: %t", said, severity, wanted)
				}
			}
		})
	}
}

// TestEveryOddityIsExpected fails for an oddity that no case plays.
func TestEveryOddityIsExpected(t *testing.T) {
	t.Parallel()
	played := map[string]bool{}
	for _, test := range oddityCases {
		for name := range strings.SplitSeq(test.oddities, ",") {
			played[name] = true
		}
	}
	for _, oddity := range sandbox.Oddities {
		if !played[oddity.Name] {
			t.Errorf("nothing is expected of the oddity %s", oddity.Name)
		}
	}
}

// listLength returns the length of the list in a result, 1 for a single row, and
// 0 for a list that is null.
func listLength(t *testing.T, state string) int {
	t.Helper()
	var attributes map[string]json.RawMessage
	if err := json.Unmarshal([]byte(state), &attributes); err != nil {
		t.Fatal(err)
	}
	if id := attributes["id"]; id != nil && string(id) != "null" {
		return 1
	}
	for _, name := range []string{"users", "groups"} {
		var rows []json.RawMessage
		if json.Unmarshal(attributes[name], &rows) == nil && rows != nil {
			return len(rows)
		}
	}
	return 0
}

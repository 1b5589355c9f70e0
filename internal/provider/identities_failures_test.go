// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

const dbtcloudInvitesPath = "/api/v2/accounts/12345/invites/"

// TestIdentitiesWithoutPermission leaves out what the provider is not allowed to
// read, with a warning.
func TestIdentitiesWithoutPermission(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault sandbox.Fault
		want  string
		said  []string
	}{
		"invites": {
			sandbox.Fault{PathPrefix: dbtcloudInvitesPath, Status: http.StatusForbidden},
			`{"email":"ben.carter@northwind.example","dbtcloud":null,"rudderstack":{"groups":[]},"fivetran":{"teams":[]}}`,
			[]string{"WARNING", "Unable to Read dbt Cloud Invites", "does not include users who are invited to dbt Cloud", "403 Forbidden", "Account Viewer"},
		},
		"hidden invites": {
			sandbox.Fault{PathPrefix: dbtcloudInvitesPath, Status: http.StatusNotFound},
			`{"email":"ben.carter@northwind.example","dbtcloud":null,"rudderstack":{"groups":[]},"fivetran":{"teams":[]}}`,
			[]string{"WARNING", "Unable to Read dbt Cloud Invites", "404 Not Found", "Account Viewer"},
		},
		"SCIM groups": {
			sandbox.Fault{PathPrefix: "/scim/v2/Groups", Status: http.StatusForbidden},
			`{"email":"kwame.mensah@northwind.example","dbtcloud":{"groups":["Everyone","Analysts"]},"rudderstack":{"groups":null},"fivetran":{"teams":["Analysts"]}}`,
			[]string{"WARNING", "Unable to Read RudderStack SCIM Groups", "It is null for users that come without groups", "403 Forbidden"},
		},
		"teams": {
			sandbox.Fault{PathPrefix: "/v1/teams", Status: http.StatusForbidden},
			`{"email":"kwame.mensah@northwind.example","dbtcloud":{"groups":["Everyone","Analysts"]},"rudderstack":{"groups":["Analysts"]},"fivetran":{"teams":null}}`,
			[]string{"WARNING", "Unable to Read Fivetran Teams", "`teams`, `effective_roles` and `groups` are null", "403 Forbidden", "TEAM:READ"},
		},
		"members of teams": {
			sandbox.Fault{PathPrefix: "/v1/teams/calm_otter/users", Status: http.StatusForbidden},
			`{"email":"kwame.mensah@northwind.example","dbtcloud":{"groups":["Everyone","Analysts"]},"rudderstack":{"groups":["Analysts"]},"fivetran":{"teams":null}}`,
			[]string{"WARNING", "Unable to Read Fivetran Teams", "403 Forbidden", "TEAM:READ"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(test.fault)
			person := personMemberships{}
			want := resultOf[personMemberships](t, test.want)
			state, said := open(t, c.settings()).read(t, identitiesType, `{}`)
			for _, p := range resultOf[struct{ People []personMemberships }](t, state).People {
				if p.Email == want.Email {
					person = p
				}
			}
			if !reflect.DeepEqual(person, want) {
				t.Errorf("got %+v, want %s", person, test.want)
			}
			expectSaid(t, said, test.said...)
			if strings.Contains(said, "ERROR") {
				t.Errorf("got the message %s, want no error", said)
			}
		})
	}
}

// personMemberships are those of a person in each service.
type personMemberships struct {
	Email                 string
	DBTCloud, RudderStack *struct{ Groups []string }
	Fivetran              *struct{ Teams []string }
}

// TestIdentitiesFailures has all services fail, and an error of each.
func TestIdentitiesFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		faults []sandbox.Fault
		said   []string
	}{
		"people": {
			[]sandbox.Fault{{Status: http.StatusForbidden}},
			[]string{
				"ERROR at : Unable to List dbt Cloud Users", "403 Forbidden", "(GET ", dbtcloudUsersPath, "Account Viewer",
				"ERROR at : Unable to List Fivetran Users", "403 Forbidden", "/v1/users)", "USER:READ",
				"ERROR at : Unable to List RudderStack SCIM Users", "403 Forbidden", "/scim/v2/Users)", "organization-level",
			},
		},
		"the rest": {
			[]sandbox.Fault{
				{PathPrefix: dbtcloudInvitesPath, Status: http.StatusInternalServerError},
				{PathPrefix: "/v1/teams", Status: http.StatusNotFound},
				{PathPrefix: "/scim/v2/Users", Status: http.StatusInternalServerError},
			},
			[]string{
				"ERROR at : Unable to List dbt Cloud Invites", "500 Internal Server Error",
				"ERROR at : Unable to List Fivetran Teams", "404 Not Found",
				"ERROR at : Unable to List RudderStack SCIM Users", "500", "/scim/v2/Users",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			for _, fault := range test.faults {
				c.Inject(fault)
			}
			_, said := open(t, c.settings()).read(t, identitiesType, `{}`)
			expectSaid(t, said, test.said...)
		})
	}
}

// TestIdentitiesOfOddPeople has one person in three spellings, two users with
// one address, and a member of a team who is not in the account.
func TestIdentitiesOfOddPeople(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	for path, body := range map[string]string{
		dbtcloudUsersPath: `{"data":[
			{"id":1,"email":"ADA@northwind.example","first_name":"Ada","last_name":"L.","is_active":false,"licenses":{"12345":{"license_type":"it","state":1}}},
			{"id":2,"email":"Ada@Northwind.example","is_active":true,"licenses":{"12345":{"license_type":"developer","state":1}}}
		],"extra":{"pagination":{"total_count":2}}}`,
		dbtcloudInvitesPath:     `{"data":[],"extra":{"pagination":{"total_count":0}}}`,
		"/scim/v2/Users":        `{"totalResults":1,"Resources":[{"id":"r","userName":" ada@northwind.EXAMPLE ","active":true}]}`,
		"/scim/v2/Groups":       `{"totalResults":0,"Resources":[]}`,
		"/v1/users":             `{"data":{"items":[{"id":"f","email":"ada@northwind.example","active":true,"invited":false}]}}`,
		"/v1/teams/t/users":     `{"data":{"items":[{"user_id":"gone_away"},{"user_id":"f"}]}}`,
		"/v1/teams/other/users": `{"data":{"items":[{"user_id":"f"}]}}`,
	} {
		c.Inject(sandbox.Fault{PathPrefix: path, Status: http.StatusOK, Body: body})
	}
	c.Inject(sandbox.Fault{PathPrefix: "/v1/teams", Status: http.StatusOK, Body: `{"data":{"items":[{"id":"t","name":"Team"},{"id":"other"}]}}`})
	open(t, c.settings()).reads(t, identitiesType, `{}`, `{"systems":null,"emails":null,"email_aliases":null,"include_fivetran_groups":null,
		"people":[{
			"email":"ada@northwind.example","name":null,"systems":["dbtcloud","fivetran","rudderstack"],
			"dbtcloud":{"id":2,"status":"active","status_detail":null,"created_at":null,"license_type":"developer","last_login":null,"apitoken_last_used":null,"groups":[]},
			"rudderstack":{"id":"r","status":"active","external_id":null,"created_at":null,"groups":[],"all_groups":[]},
			"fivetran":{"id":"f","status":"active","status_detail":null,"created_at":null,"last_login":null,"role":null,"effective_roles":[],"teams":["Team","other"],"groups":null}
		}],
		"unmatched":[
			{"system":"dbtcloud","id":"1","name":"Ada L.","email":"ADA@northwind.example","type":"user"},
			{"system":"fivetran","id":"gone_away","name":null,"email":null,"type":"team_member"}
		]}`)
}

func TestIdentitiesOfEmptyAccounts(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	for path, body := range map[string]string{
		"/api/":  `{"data":[],"extra":{"pagination":{"total_count":0}}}`,
		"/scim/": `{"totalResults":0,"Resources":[]}`,
		"/v1/":   `{"data":{"items":[]}}`,
	} {
		c.Inject(sandbox.Fault{PathPrefix: path, Status: http.StatusOK, Body: body})
	}
	open(t, c.settings()).reads(t, identitiesType, `{}`, `{"systems":null,"emails":null,"email_aliases":null,"include_fivetran_groups":null,"people":[],"unmatched":[]}`)
}

func TestIdentitiesAliasErrors(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	p := open(t, c.settings())
	for aliases, want := range map[string]string{
		`{"a@x.example":"B@x.example","B@x.example":"a@x.example"}`: `"a@x.example" is an alias of "b@x.example", which is an alias of "a@x.example".`,
		`{"B@x.example":"c@x.example","a@x.example":"b@x.example"}`: `"a@x.example" is an alias of "b@x.example", which is an alias of "c@x.example".`,
		`{"a@x.example":"Ada"}`: `"a@x.example" is an alias of "Ada", which is not an email address.`,
	} {
		_, said := p.read(t, identitiesType, `{"email_aliases":`+aliases+`}`)
		expectSaid(t, said, `ERROR at AttributeName("email_aliases").ElementKeyString("`, `Invalid Email Alias: `+want, "do not map the first one")
	}
	if got := c.Count("", ""); got != 0 {
		t.Errorf("got %d requests, want none", got)
	}
}

// resultOf reads parts of a state.
func resultOf[T any](t *testing.T, state string) (parts T) {
	t.Helper()
	if err := json.Unmarshal([]byte(state), &parts); err != nil {
		t.Fatal(err)
	}
	return parts
}

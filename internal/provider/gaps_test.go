// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestOddValuesAreWarnedOf reads services that send one value in a form of which
// nothing is known. Nothing fails, and every data source that shows the row
// warns.
func TestOddValuesAreWarnedOf(t *testing.T) {
	t.Parallel()
	const (
		dbtUser     = `{"status":{"code":200},"data":[{"id":5,"email":"ann@x.example"},{"id":7,"email":{"at":"x"}}],"extra":{"pagination":{"total_count":2}}}`
		dbtGroup    = `{"status":{"code":200},"data":[{"id":3,"name":["A"]}],"extra":{"pagination":{"total_count":1}}}`
		scimUser    = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{"id":"u1","userName":"ann","name":"Ann","groups":[]}]}`
		scimGroup   = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{"id":"g1","displayName":"A","members":[{}]}]}`
		fivUser     = `{"code":"Success","data":{"items":[{"id":"u1","email":"ann@x.example","role":[]}]}}`
		fivTeam     = `{"code":"Success","data":{"items":[{"id":"t1","name":"A"}]}}`
		fivMember   = `{"code":"Success","data":{"items":[{"user_id":"u1","role":{}}]}}`
		dbtLicenses = `{"status":{"code":200},"data":{"it":{"total":"many"}}}`
	)
	for name, test := range map[string]struct {
		path, body string
		arguments  string
		said       []string
	}{
		"datastack_dbtcloud_groups":       {"/api/v3/accounts/12345/users", dbtUser, `{}`, []string{"dbt Cloud Users", "- id 7: email: got object, want string"}},
		"datastack_dbtcloud_group":        {"/api/v3/accounts/12345/groups", dbtGroup, `{"id":3}`, []string{"dbt Cloud Groups", "- id 3: name: got array, want string"}},
		"datastack_dbtcloud_licenses":     {"/api/v2/accounts/12345/licenses", dbtLicenses, `{}`, []string{"dbt Cloud Licenses", "it/total: got string, want whole number"}},
		"datastack_rudderstack_scim_user": {"/scim/v2/Users", scimUser, `{"user_name":"ann"}`, []string{"RudderStack SCIM Users", `- id "u1": name: got string, want object`}},
		"datastack_fivetran_user":         {"/v1/users", fivUser, `{"email":"ann@x.example"}`, []string{"Fivetran Users", `- id "u1": role: got array, want string`}},
		"datastack_fivetran_teams":        {"/v1/teams", fivTeam, `{}`, []string{"Fivetran Teams", `- id "t1": member "u1" role: got object, want string`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/v1/teams/t1/users", Status: http.StatusOK, Body: fivMember})
			c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: test.path, Status: http.StatusOK, Body: test.body})
			_, said := open(t, c.settings()).read(t, name, test.arguments)
			expectSaid(t, said, append([]string{"WARNING", "Unable to Read Values of "}, test.said...)...)
			if strings.Contains(said, "ERROR") {
				t.Errorf("got the message %s, want no error", said)
			}
		})
	}
	for path, test := range map[string][2]string{ // identities
		"/api/v3/accounts/12345/users": {dbtUser, "dbt Cloud Users"}, "/scim/v2/Users": {scimUser, "RudderStack SCIM Users"}, "/v1/users": {fivUser, "Fivetran Users"},
	} {
		t.Run("identities "+test[1], func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: path, Status: http.StatusOK, Body: test[0]})
			_, said := open(t, c.settings()).read(t, identitiesType, `{}`)
			expectSaid(t, said, "WARNING", "Unable to Read Values of "+test[1])
			if strings.Contains(said, "ERROR") {
				t.Errorf("got the message %s, want no error", said)
			}
		})
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// hostile is text that turns colors on, moves to another line, turns the
// direction of text, and is very long.
var hostile = "\x1b[31m\x9bRed\r\n::error::\u202egnp\u2066\x00\u200b " + strings.Repeat("long ", 2<<20)

// TestHostileText meets it in every place of a reply from which it could reach a
// terminal.
func TestHostileText(t *testing.T) {
	t.Parallel()
	quoted, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	text := string(quoted)
	const scimList = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[`
	for name, test := range map[string]struct {
		path            string
		status          int
		body            string
		what, arguments string
	}{
		"dbt Cloud refuses":     {"/api/v3/", 400, `{"status":{"user_message":` + text + `,"developer_message":` + text + `}}`, "datastack_dbtcloud_users", `{}`},
		"RudderStack refuses":   {"/scim/v2/Users", 400, `{"scimType":` + text + `,"detail":` + text + `}`, "datastack_rudderstack_scim_users", `{}`},
		"Fivetran refuses":      {"/v1/users", 400, `{"code":` + text + `,"message":` + text + `}`, "datastack_fivetran_users", `{}`},
		"Fivetran fails at 200": {"/v1/users", 200, `{"code":` + text + `,"message":` + text + `,"data":{"items":[]}}`, "datastack_fivetran_users", `{}`},
		"dbt Cloud, no JSON":    {"/api/v3/", 200, hostile, "datastack_dbtcloud_users", `{}`},
		"RudderStack, no JSON":  {"/scim/v2/Users", 200, hostile, "datastack_rudderstack_scim_users", `{}`},
		"Fivetran, no JSON":     {"/v1/users", 200, hostile, "datastack_fivetran_users", `{}`},
		"names of members":      {"/api/v3/", 200, `{"data":{` + text + `:1}}`, "datastack_dbtcloud_users", `{}`},
		"several groups": {
			"/scim/v2/Groups", 200, scimList + `{"id":` + text + `,"displayName":"A"},{"id":"2","displayName":"A"}]}`,
			"datastack_rudderstack_scim_group", `{"display_name":"A","include_members":false}`,
		},
		"a gap in a hostile row": {
			"/scim/v2/Users", 200, scimList + `{"id":` + text + `,"userName":[]},{"id":"2","groups":[{"display":` + text + `}]}]}`, "datastack_rudderstack_scim_users", `{}`,
		},
		"a license type that is no text": {"/api/v2/accounts/12345/licenses", 200, `{"data":{` + text + `:{"total":[]}}}`, "datastack_dbtcloud_licenses", `{}`},
		"a redirect":                     {"/api/v3/", 302, "", "datastack_dbtcloud_users", `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCompany(t, sandbox.Options{})
			c.Inject(sandbox.Fault{
				Method: http.MethodGet, PathPrefix: test.path, Status: test.status, Body: test.body,
				Header: map[string]string{"Location": "https://evil.example/%1b[31m%e2%80%ae"},
			})
			_, said := open(t, c.settings()).read(t, test.what, test.arguments)
			if said == "" {
				t.Error("nothing was said")
			}
			if strings.ContainsFunc(said, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) || strings.Contains(said, "\n::error") {
				t.Errorf("got characters that cannot be printed in %.2000q", said)
			}
			if len(said) > 8_000 {
				t.Errorf("got %d bytes, want few: %.4000q", len(said), said)
			}
		})
	}
}

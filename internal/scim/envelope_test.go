// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"net/http"
	"strings"
	"testing"
)

// TestNotAList reads answers of status 200 that are no lists.
func TestNotAList(t *testing.T) {
	for _, test := range []struct{ name, body, err string }{
		{"nothing in it", `{}`, "200 OK: the reply is not a SCIM ListResponse: schemas, totalResults and Resources are missing: {} (GET http"},
		{"null", `null`, "the reply is not a SCIM ListResponse"},
		{"no body", ``, "it is empty"},
		{"log-in page", `<!DOCTYPE html><title>Log in</title>`, "<!DOCTYPE html><title>Log in</title>"},
		{"an array", `[]`, "the reply is not the expected JSON"},
		{"a refusal", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"no"}`, "200 OK: the service reports a failure: no (GET http"},
		{"a refusal with a status", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"403"}`, "200 OK: the service reports a failure: status 403"},
		{"a status alone", `{"status":500,"Resources":[]}`, "200 OK: the service reports a failure: status 500"},
		{"a user", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1"}`, "the reply is not a SCIM ListResponse"},
		{"dbt Cloud", `{"status":{"code":200},"data":[],"extra":{}}`, "the reply is dbt Cloud's envelope {status, data, extra}, not a SCIM ListResponse"},
		{"long", `{"x":"` + strings.Repeat("é", 500) + `"}`, "é …"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, _ *http.Request) { send(w, test.body) })
			groups, err := reader.Groups(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got groups %s and error %v, want error %q", show(groups), err, test.err)
			}
			received.want(t, "/Groups?count=100&excludedAttributes=members&startIndex=1")
		})
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranHint says what to do about a failed call to Fivetran.
func fivetranHint(client *fivetran.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	switch {
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Check `fivetran.api_key` and `fivetran.api_secret`: they must belong together, and are easily swapped. `fivetran.base_url` is %s.", client.Base())
	case failure.Status == http.StatusForbidden:
		collection, inside, _ := strings.Cut(strings.TrimPrefix(failure.URL, client.Base()+"/"), "/")
		level, more := ":READ", ""
		if failure.Method != http.MethodGet {
			level, more = ":MANAGE", " If SCIM is enabled in Fivetran, only the identity provider can manage users and teams."
		}
		scope := "that Fivetran names"
		if resource, ok := fivetranScopes[collection]; ok {
			scope = resource + level
		}
		if strings.Contains(inside+"/", "/groups/") {
			scope += " and " + fivetranScopes["groups"] + level
		}
		return fmt.Sprintf("Give a system key the scope %s. A user's key has the permissions of that user. "+
			"If the key has them, check that `fivetran.api_key` and `fivetran.api_secret` are not swapped.%s", scope, more)
	case failure.Status == http.StatusTooManyRequests:
		return "Run again later to continue: what was done so far is kept. Fivetran allows 20,000 requests and 500 new users an hour (500 and 10 on a trial)."
	case failure.Method == http.MethodGet && fivetran.NotFound(err):
		return "Run again: it was deleted after it was listed."
	}
	return commonHint("fivetran.base_url", client.Base(), failure)
}

// fivetranScopes are what the scopes of a system key are for, by the first
// element of the path.
var fivetranScopes = map[string]string{
	"account": "ACCOUNT",
	"groups":  "DESTINATION",
	"roles":   "ROLES",
	"teams":   "TEAM",
	"users":   "USER",
}

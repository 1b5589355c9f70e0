// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
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
		scope, more := cmp.Or(fivetranScopes[collection], "that Fivetran names"), ""
		if strings.HasSuffix(inside, "/groups") {
			scope += " and " + fivetranScopes["groups"]
		}
		if failure.Method != http.MethodGet {
			scope, more = "USER:MANAGE", " If SCIM is enabled in Fivetran, only the identity provider can manage users."
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

// fivetranScopes are the scopes that a system key needs to read, by the first
// element of the path. To change anything, it needs USER:MANAGE.
var fivetranScopes = map[string]string{
	"account": "ACCOUNT:READ",
	"groups":  "DESTINATION:READ",
	"roles":   "ROLES:READ",
	"teams":   "TEAM:READ",
	"users":   "USER:READ",
}

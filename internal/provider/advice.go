// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rudderstack"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

func dbtcloudAdvice(client *dbtcloud.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	switch {
	case failure.Status == http.StatusUnauthorized && strings.Contains(failure.Message, "unpaid"):
		return "dbt Cloud opens its API to paid plans only."
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Either `dbtcloud.token` is wrong or revoked, or the account lives on another host: dbt Cloud answers the same to both. "+
			"`dbtcloud.base_url` is %s. The account's own host is shown in dbt Cloud under Account settings, Access URL (such as https://ab123.us1.dbt.com). "+
			"Hosts under getdbt.com stop serving integrations in November 2026.", client.Base())
	case dbtcloud.AccessDenied(failure):
		return "The account restricts access by IP address, service tokens included: add the address that Terraform runs from to the allow-list under Account settings, IP restrictions."
	case failure.Status == http.StatusForbidden:
		return "The token may not do this: give it the permission set Account Viewer."
	case dbtcloud.NotFound(failure):
		return fmt.Sprintf("dbt Cloud answers 404 also where the token may not look. Check that `dbtcloud.account_id` (%d) is the number in the account's URL "+
			"and that the token has the permission set Account Viewer.", client.AccountID())
	case failure.Status == http.StatusTooManyRequests:
		return "After too many requests dbt Cloud refuses all of the account's requests for five minutes. Run again later, or raise `retry_timeout`."
	}
	return addressAdvice("dbtcloud.base_url", client.Base(), failure)
}

func rudderstackAdvice(client *rudderstack.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	_, groups := errors.AsType[*scim.GroupsUnavailableError](err)
	switch {
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Either `rudderstack.scim_token` is wrong or revoked, or it belongs to another region: `rudderstack.scim_base_url` is %s. "+
			"SCIM needs an organization-level Service Access Token; a workspace-level token or a personal one does not do.", client.Base())
	case failure.Status == http.StatusForbidden:
		advice := "Either SCIM is not enabled for the organization (RudderStack's support does that, on the Enterprise plan with SSO), " +
			"or `rudderstack.scim_token` is a workspace-level token: SCIM needs an organization-level Service Access Token."
		if groups {
			advice += " If the users can be read, it is neither: then the organization's SCIM API has no groups yet."
		}
		return advice
	case groups:
		return "Not every organization's SCIM API knows groups yet. If the users can be read, ask RudderStack's support whether SCIM groups are enabled; otherwise check `rudderstack.scim_base_url`, which is " + client.Base() + "."
	case failure.Status == http.StatusNotFound:
		return "Check `rudderstack.scim_base_url`, which is " + client.Base() + "."
	}
	return addressAdvice("rudderstack.scim_base_url", client.Base(), failure)
}

func fivetranAdvice(client *fivetran.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	switch {
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Check `fivetran.api_key` and `fivetran.api_secret`: they are one pair, and easily swapped. `fivetran.base_url` is %s.", client.Base())
	case failure.Status == http.StatusForbidden:
		collection, _, _ := strings.Cut(strings.TrimPrefix(failure.URL, client.Base()+"/"), "/")
		advice := fmt.Sprintf("The key may not do this. A user's key has the permissions of that user; a system key needs %s. "+
			"The same answer comes when key and secret are swapped.", cmp.Or(fivetranScopes[collection], "the scope that the service names"))
		if failure.Method != http.MethodGet {
			advice += " Where SCIM is on, people may be managed only in the identity provider."
		}
		return advice
	case failure.Status == http.StatusTooManyRequests:
		return "Fivetran allows 20,000 requests and 500 new users an hour (500 and 10 on a trial). What was done before this is kept; run again later to go on."
	case failure.Method == http.MethodGet && fivetran.NotFound(err):
		return "It has been removed since it was listed. Run again."
	}
	return addressAdvice("fivetran.base_url", client.Base(), failure)
}

// fivetranScopes are the scopes that a system key needs, by the first element
// of the path.
var fivetranScopes = map[string]string{
	"account": "ACCOUNT:READ",
	"groups":  "DESTINATION:READ",
	"roles":   "ROLES:READ",
	"teams":   "TEAM:READ",
	"users":   "USER:READ to read people, USER:MANAGE to invite, change and delete them",
}

// addressAdvice is for failures that the address may be the cause of,
// whatever the service.
func addressAdvice(setting, base string, failure *rest.Error) string {
	switch {
	case errors.Is(failure, context.Canceled):
		return ""
	case failure.Status == 0:
		return noAnswer(failure) + fmt.Sprintf(" `%s` is %s.", setting, base)
	case errors.Is(failure, rest.ErrFailed):
		return "The fault is the service's. Its status page may say more; run again later."
	case failure.Status < 300 || failure.Status == http.StatusNotFound || failure.Status == http.StatusMethodNotAllowed:
		return fmt.Sprintf("Something answered, but not this service's API. Check `%s`, which is %s.", setting, base)
	case failure.Status == http.StatusTooManyRequests:
		return "Run again later, or raise `retry_timeout`."
	case failure.Status >= 500:
		return "The fault is the service's. Its status page may say more; run again later."
	}
	return ""
}

// noAnswer says what the lack of an answer may come from.
func noAnswer(failure *rest.Error) string {
	if dns, ok := errors.AsType[*net.DNSError](failure); ok {
		return fmt.Sprintf("The host %s is not known here: check its spelling, and the name server.", dns.Name)
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](failure); ok {
		return "The certificate was not accepted. Where a proxy opens TLS connections, name its authority in SSL_CERT_FILE."
	}
	if _, ok := errors.AsType[*rest.GaveUpError](failure); ok {
		return "If the service is that slow, raise `retry_timeout`."
	}
	if timeout, ok := errors.AsType[net.Error](failure); ok && timeout.Timeout() {
		return "If the service is that slow, raise `request_timeout`."
	}
	return "Check that the host is the right one and can be reached from here; a proxy is taken from HTTPS_PROXY."
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// dbtcloudHint says what to do about a failed call to dbt Cloud.
func dbtcloudHint(client *dbtcloud.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok {
		return ""
	}
	switch {
	case unpaidAccount(failure):
		return "Upgrade the account to a paid plan: dbt Cloud's API needs one."
	case failure.Status == http.StatusUnauthorized && client.Base() == dbtcloud.DefaultBaseURL:
		return fmt.Sprintf("If the Access URL is %s, check that `dbtcloud.token` is right and not revoked.", client.Base())
	case failure.Status == http.StatusUnauthorized:
		return fmt.Sprintf("Check that `dbtcloud.token` is right and not revoked. Then check that `dbtcloud.base_url`, which is %s, is the access URL of the account: "+
			"dbt Cloud gives the same answer for an account on another host. Find the access URL in dbt Cloud under Account settings. It looks like https://ab123.us1.dbt.com. "+
			"Hosts under getdbt.com stop serving integrations in November 2026.", client.Base())
	case dbtcloud.AccessDenied(failure):
		return "In dbt Cloud, under Account settings, IP restrictions, allow the IP address that Terraform runs from. The restrictions apply to service tokens too."
	case failure.Status == http.StatusForbidden:
		return "Give the token the permission set Account Viewer."
	case dbtcloud.NotFound(failure):
		return fmt.Sprintf("Check that `dbtcloud.account_id`, which is %d, is the number after `/accounts/` in dbt Cloud's URLs, and give the token the permission set Account Viewer. "+
			"dbt Cloud also answers 404 for what the token is not allowed to read.", client.AccountID())
	case failure.Status == http.StatusTooManyRequests:
		return "Run again in five minutes, or raise `retry_timeout`. After too many requests, dbt Cloud refuses all requests of the account for five minutes."
	}
	return commonHint("dbtcloud.base_url", client.Base(), failure)
}

func unpaidAccount(failure *rest.Error) bool {
	return failure.Status == http.StatusUnauthorized && strings.Contains(failure.Message, "unpaid")
}

// dbtcloudDefaultHostHint is the first thing to do about a failed call to the
// default host that a wrong host explains: most accounts are elsewhere, and dbt
// Cloud gives no other sign of it.
func dbtcloudDefaultHostHint(client *dbtcloud.Client, err error) string {
	failure, ok := errors.AsType[*rest.Error](err)
	if !ok || client.Base() != dbtcloud.DefaultBaseURL || unpaidAccount(failure) {
		return ""
	}
	_, unresolved := errors.AsType[*net.DNSError](failure)
	_, proxied := rest.ProxyFailure(failure)
	if failure.Status == http.StatusUnauthorized || failure.Status == http.StatusNotFound || rest.Redirected(failure) || unresolved && !proxied {
		return fmt.Sprintf("Set `dbtcloud.base_url` to the account's Access URL. Find it in dbt Cloud under Account settings. It looks like https://ab123.us1.dbt.com. "+
			"The provider sent the request to the default host, %s, which is right for few accounts, and stops serving integrations in November 2026.", dbtcloud.DefaultBaseURL)
	}
	return ""
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/scim"
)

// hinters are the hints of each service, by the setting that holds its address.
func hinters(t *testing.T) map[string]func(error) string {
	t.Helper()
	all, diags := configure(t, "{"+dbtcloudBlock+","+rudderstackBlock+","+fivetranBlock+"}")
	if diags.HasError() {
		t.Fatal(messagesOf(diags))
	}
	return map[string]func(error) string{
		"dbtcloud.base_url":         func(err error) string { return dbtcloudHint(all.dbtcloud.client, err) },
		"rudderstack.scim_base_url": func(err error) string { return rudderstackHint(all.rudderstack.client, err) },
		"fivetran.base_url":         func(err error) string { return fivetranHint(all.fivetran.client, err) },
	}
}

var defaultAddress = map[string]string{
	"dbtcloud.base_url":         "https://cloud.getdbt.com",
	"rudderstack.scim_base_url": "https://api.rudderstack.com/scim/v2",
	"fivetran.base_url":         "https://api.fivetran.com/v1",
}

func TestHintsOfOneService(t *testing.T) {
	t.Parallel()
	hints := hinters(t)
	users := "https://api.fivetran.com/v1/users"
	for _, test := range []struct {
		setting string
		err     error
		want    []string
	}{
		{"dbtcloud.base_url", &rest.Error{Status: 401, Message: "Invalid token."}, []string{"If the Access URL is https://cloud.getdbt.com,", "`dbtcloud.token`"}},
		{"dbtcloud.base_url", &rest.Error{Status: 401, Message: "Account is unpaid"}, []string{"paid plan"}},
		{"dbtcloud.base_url", &rest.Error{Status: 403, Code: "account_access_denied"}, []string{"IP restrictions", "allow the IP address"}},
		{"dbtcloud.base_url", &rest.Error{Status: 403}, []string{"Account Viewer"}},
		{"dbtcloud.base_url", &rest.Error{Status: 404}, []string{"`dbtcloud.account_id`, which is 7,", "Account Viewer"}},
		{"dbtcloud.base_url", &rest.Error{Status: 429}, []string{"five minutes", "`retry_timeout`"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 401}, []string{"`rudderstack.scim_token`", "the region of `rudderstack.scim_base_url`, which is https://api.rudderstack.com/scim/v2.", "organization-level"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 403}, []string{"enable SCIM for the organization", "workspace-level token"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 429}, []string{"Run again later, or raise `retry_timeout`."}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 404}, []string{"Check `rudderstack.scim_base_url`, which is https://api.rudderstack.com/scim/v2."}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 404}}, []string{"has groups yet"}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 501}}, []string{"has groups yet"}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 403}}, []string{"enable SCIM for the organization", "workspace-level token", "has no groups yet"}},
		{"fivetran.base_url", &rest.Error{Status: 401}, []string{"`fivetran.api_key`", "`fivetran.api_secret`", "swapped"}},
		{"fivetran.base_url", &rest.Error{Status: 403, Method: http.MethodGet, URL: users}, []string{"the scope USER:READ.", "swapped"}},
		{"fivetran.base_url", &rest.Error{Status: 403, Method: http.MethodPost, URL: users}, []string{"the scope USER:MANAGE.", "swapped", "identity provider"}},
		{"fivetran.base_url", &rest.Error{Status: 429}, []string{"Run again later to continue", "500 new users an hour"}},
		{"fivetran.base_url", &rest.Error{Status: 404}, []string{"`fivetran.base_url`", "not the API of this service"}},
	} {
		expectSaid(t, hints[test.setting](fmt.Errorf("listing: %w", test.err)), test.want...)
	}
}

func TestHintsOfEveryService(t *testing.T) {
	t.Parallel()
	for baseSetting, hint := range hinters(t) {
		where := "`" + baseSetting + "`"
		for name, test := range map[string]struct {
			err  error
			want []string
		}{
			"another page":      {&rest.Error{Status: 200, Err: errors.New("not JSON")}, []string{where, defaultAddress[baseSetting], "not the API of this service"}},
			"method":            {&rest.Error{Status: 405}, []string{where, "not the API of this service"}},
			"fault":             {&rest.Error{Status: 500}, []string{"Run again later. The service failed"}},
			"failure with 200":  {&rest.Error{Status: 200, Err: rest.ErrFailed}, []string{"Run again later. The service failed"}},
			"no such host":      {&rest.Error{Err: &net.DNSError{Name: "api.example.com", IsNotFound: true}}, []string{"Can't resolve host api.example.com. Check " + where + " for a typo, and your DNS.", defaultAddress[baseSetting]}},
			"DNS failed":        {&rest.Error{Err: &net.DNSError{Name: "api.example.com", IsTemporary: true}}, []string{"Your DNS did not resolve host api.example.com", "then run again"}},
			"DNS too slow":      {&rest.Error{Err: &net.DNSError{Name: "api.example.com", IsTimeout: true}}, []string{"Your DNS did not resolve host api.example.com", "did not reply in time"}},
			"host of the proxy": {&rest.Error{Err: &net.OpError{Op: "proxyconnect", Err: &net.DNSError{Name: "proxy", IsNotFound: true}}}, []string{"Can't reach your proxy. Check the environment variable HTTPS_PROXY.", "NO_PROXY"}},
			"SOCKS proxy":       {&rest.Error{Err: &net.OpError{Op: "socks connect", Err: errors.New("no route")}}, []string{"Can't reach your proxy."}},
			"certificate":       {&rest.Error{Err: &tls.CertificateVerificationError{Err: errors.New("too many names")}}, []string{"certificate is not valid", where}},
			"no answer in time": {&rest.Error{Err: os.ErrDeadlineExceeded}, []string{"`request_timeout`", where}},
			"no end in time":    {&rest.Error{Err: &rest.GaveUpError{After: time.Minute}}, []string{"`retry_timeout`", where}},
			"refused":           {&rest.Error{Err: errors.New("connection refused")}, []string{where, "HTTPS_PROXY", defaultAddress[baseSetting]}},
		} {
			t.Run(baseSetting+" "+name, func(t *testing.T) {
				t.Parallel()
				expectSaid(t, hint(test.err), test.want...)
			})
		}
		for _, silent := range []error{&rest.Error{Err: context.Canceled}, errors.New("of another kind"), &rest.Error{Status: 400}} {
			if got := hint(silent); got != "" {
				t.Errorf("%s: got the hint %q about %v, want none", baseSetting, got, silent)
			}
		}
	}
}

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

// advisers are what each service has to say about a failure, with the setting
// that holds its address and that address.
func advisers(t *testing.T) map[string]func(error) string {
	t.Helper()
	all, diags := configure(t, "{"+dbtcloudBlock+","+rudderstackBlock+","+fivetranBlock+"}")
	if diags.HasError() {
		t.Fatal(complaints(diags))
	}
	return map[string]func(error) string{
		"dbtcloud.base_url":         func(err error) string { return dbtcloudAdvice(all.dbtcloud.client, err) },
		"rudderstack.scim_base_url": func(err error) string { return rudderstackAdvice(all.rudderstack.client, err) },
		"fivetran.base_url":         func(err error) string { return fivetranAdvice(all.fivetran.client, err) },
	}
}

var defaultAddress = map[string]string{
	"dbtcloud.base_url":         "https://cloud.getdbt.com",
	"rudderstack.scim_base_url": "https://api.rudderstack.com/scim/v2",
	"fivetran.base_url":         "https://api.fivetran.com/v1",
}

func TestAdviceOfOneService(t *testing.T) {
	t.Parallel()
	advise := advisers(t)
	users := "https://api.fivetran.com/v1/users"
	for _, test := range []struct {
		setting string
		err     error
		want    []string
	}{
		{"dbtcloud.base_url", &rest.Error{Status: 401, Message: "Invalid token."}, []string{"`dbtcloud.token`", "another host", "`dbtcloud.base_url` is https://cloud.getdbt.com.", "November 2026"}},
		{"dbtcloud.base_url", &rest.Error{Status: 401, Message: "Account is unpaid"}, []string{"paid plans"}},
		{"dbtcloud.base_url", &rest.Error{Status: 403, Code: "account_access_denied"}, []string{"IP address", "allow-list"}},
		{"dbtcloud.base_url", &rest.Error{Status: 403}, []string{"Account Viewer"}},
		{"dbtcloud.base_url", &rest.Error{Status: 404}, []string{"`dbtcloud.account_id` (7)", "Account Viewer"}},
		{"dbtcloud.base_url", &rest.Error{Status: 429}, []string{"five minutes", "`retry_timeout`"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 401}, []string{"`rudderstack.scim_token`", "another region", "organization-level"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 403}, []string{"SCIM is not enabled", "workspace-level token"}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 429}, []string{"Run again later, or raise `retry_timeout`."}},
		{"rudderstack.scim_base_url", &rest.Error{Status: 404}, []string{"Check `rudderstack.scim_base_url`, which is https://api.rudderstack.com/scim/v2."}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 404}}, []string{"knows groups yet"}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 501}}, []string{"knows groups yet"}},
		{"rudderstack.scim_base_url", &scim.GroupsUnavailableError{Err: &rest.Error{Status: 403}}, []string{"SCIM is not enabled", "workspace-level token", "has no groups yet"}},
		{"fivetran.base_url", &rest.Error{Status: 401}, []string{"`fivetran.api_key`", "`fivetran.api_secret`", "swapped"}},
		{"fivetran.base_url", &rest.Error{Status: 403, Method: http.MethodGet, URL: users}, []string{"USER:READ", "swapped"}},
		{"fivetran.base_url", &rest.Error{Status: 403, Method: http.MethodPost, URL: users}, []string{"USER:MANAGE", "identity provider"}},
		{"fivetran.base_url", &rest.Error{Status: 429}, []string{"500 new users an hour", "run again later"}},
		{"fivetran.base_url", &rest.Error{Status: 404}, []string{"not this service's API", "`fivetran.base_url`"}},
	} {
		expectSaid(t, advise[test.setting](fmt.Errorf("listing: %w", test.err)), test.want...)
	}
}

func TestAdviceOfEveryService(t *testing.T) {
	t.Parallel()
	for setting, advise := range advisers(t) {
		where := "`" + setting + "`"
		for name, test := range map[string]struct {
			err  error
			want []string
		}{
			"another page":      {&rest.Error{Status: 200, Err: errors.New("not JSON")}, []string{"not this service's API", where, defaultAddress[setting]}},
			"failure with 200":  {&rest.Error{Status: 200, Err: rest.ErrFailed}, []string{"The fault is the service's"}},
			"method":            {&rest.Error{Status: 405}, []string{"not this service's API", where}},
			"fault":             {&rest.Error{Status: 500}, []string{"The fault is the service's"}},
			"no such host":      {&rest.Error{Err: &net.DNSError{Name: "api.example.com", IsNotFound: true}}, []string{"api.example.com is not known", where, defaultAddress[setting]}},
			"certificate":       {&rest.Error{Err: &tls.CertificateVerificationError{Err: errors.New("unknown authority")}}, []string{"SSL_CERT_FILE", where}},
			"no answer in time": {&rest.Error{Err: os.ErrDeadlineExceeded}, []string{"`request_timeout`", where}},
			"no end in time":    {&rest.Error{Err: &rest.GaveUpError{After: time.Minute}}, []string{"`retry_timeout`", where}},
			"refused":           {&rest.Error{Err: errors.New("connection refused")}, []string{"HTTPS_PROXY", where, defaultAddress[setting]}},
		} {
			t.Run(setting+" "+name, func(t *testing.T) {
				t.Parallel()
				expectSaid(t, advise(test.err), test.want...)
			})
		}
		for _, silent := range []error{&rest.Error{Err: context.Canceled}, errors.New("of another kind"), &rest.Error{Status: 400}} {
			if got := advise(silent); got != "" {
				t.Errorf("%s: got the advice %q about %v, want none", setting, got, silent)
			}
		}
	}
}

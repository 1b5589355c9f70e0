// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud_test

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestSCIMConfig(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]dbtcloud.SCIMConfig{
		`{"enabled":true,"manual_updates_allowed":false,"scim_controlled_license_type":true}`: {Enabled: new(true), ManualUpdatesAllowed: new(false), SCIMControlledLicenseType: new(true)},
		`{"enabled":"False","manual_updates_allowed":null,"other":1}`:                         {Enabled: new(false)},
	} {
		client, received := serve(t, always(http.StatusOK, `{"data":`+data+`,"error_code":null}`))
		for range 2 {
			got, err := client.SCIMConfig(t.Context())
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %s and error %v, want %s", data, text(got), err, text(want))
			}
		}
		expectRequests(t, received, []string{"/api/v3/accounts/1000/scim-config/"})
	}
}

// TestRecordsThatFail is for what an account has one of.
func TestRecordsThatFail(t *testing.T) {
	t.Parallel()
	records := map[string]func(*dbtcloud.Client, context.Context) error{
		"licenses":    func(c *dbtcloud.Client, ctx context.Context) error { _, err := c.Licenses(ctx); return err },
		"scim-config": func(c *dbtcloud.Client, ctx context.Context) error { _, err := c.SCIMConfig(ctx); return err },
	}
	for name, test := range map[string]struct {
		status int
		body   string
	}{
		"wrong token":      {http.StatusUnauthorized, file(t, "unauthorized.json")},
		"IP restrictions":  {http.StatusForbidden, file(t, "ip_restricted.json")},
		"not found":        {http.StatusNotFound, file(t, "not_found.json")},
		"HTML":             {http.StatusOK, file(t, "sign_in.html")},
		"refusal with 200": {http.StatusOK, file(t, "unauthorized.json")},
		"empty object":     {http.StatusOK, `{}`},
		"null":             {http.StatusOK, `null`},
	} {
		for noun, read := range records {
			t.Run(name+" "+noun, func(t *testing.T) {
				t.Parallel()
				client, _ := serve(t, always(test.status, test.body))
				err := read(client, t.Context())
				failure, ok := errors.AsType[*rest.Error](err)
				if !ok || failure.Status != test.status || (failure.Err != nil) != (test.status == http.StatusOK) {
					t.Errorf("got %v, want an *rest.Error with the status %d", err, test.status)
				}
			})
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// TestDefaultHostOfDBTCloud reads errors of the default host, and the same of
// another one.
func TestDefaultHostOfDBTCloud(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.RedirectHandler("https://ab123.us1.dbt.com/", http.StatusMovedPermanently))
	t.Cleanup(server.Close)
	base, err := dbtcloud.ParseBaseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, redirect := dbtcloud.New(rest.Config{Base: base, RequestTimeout: time.Second, RetryTimeout: time.Second}, "t", 7).Groups(t.Context())
	all, diags := configure(t, "{"+dbtcloudBlock+"}")
	elsewhere, more := configure(t, `{"dbtcloud":{"token":"t","account_id":7,"base_url":"ab123.us1.dbt.com"}}`)
	if diags.HasError() || more.HasError() {
		t.Fatal(messagesOf(diags), messagesOf(more))
	}
	const first = "Set `dbtcloud.base_url` to the account's Access URL."
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"401":             {&rest.Error{Status: 401}, true},
		"404":             {&rest.Error{Status: 404}, true},
		"redirect":        {redirect, true},
		"no such host":    {&rest.Error{Err: &net.DNSError{Name: "cloud.getdbt.com", IsNotFound: true}}, true},
		"DNS too slow":    {fmt.Errorf("listing: %w", &rest.Error{Err: &net.DNSError{IsTimeout: true}}), true},
		"401 of no plan":  {&rest.Error{Status: 401, Message: "Account is unpaid"}, false},
		"403":             {&rest.Error{Status: 403}, false},
		"500":             {&rest.Error{Status: 500}, false},
		"no proxy":        {&rest.Error{Err: &net.OpError{Op: "proxyconnect", Err: &net.DNSError{IsNotFound: true}}}, false},
		"no connection":   {&rest.Error{Err: errors.New("connection refused")}, false},
		"of another kind": {errors.New("of another kind"), false},
	} {
		if got := strings.HasPrefix(dbtcloudService.explain(all.dbtcloud.client, test.err), first); got != test.want {
			t.Errorf("%s: got %t for an error that says first to set the Access URL, want %t", name, got, test.want)
		}
		if got := dbtcloudService.explain(elsewhere.dbtcloud.client, test.err); strings.Contains(got, first) {
			t.Errorf("%s: got\n%s\nwant no word of the default host", name, got)
		}
	}
	expectSaid(t, dbtcloudHint(elsewhere.dbtcloud.client, &rest.Error{Status: 401}), "`dbtcloud.token`", "`dbtcloud.base_url`, which is https://ab123.us1.dbt.com,", "another host", "November 2026")
}

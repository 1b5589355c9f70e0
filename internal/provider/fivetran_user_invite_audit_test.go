// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"net/http"
	"testing"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

// TestFivetranActor names who changes something, at the cost of one request for
// the name, whatever comes of it.
func TestFivetranActor(t *testing.T) {
	t.Parallel()
	const info = "/v1/account/info"
	named := audit.Actor{
		Kind: audit.User, ID: "nozzle_eat", Name: "Amara Okafor", Email: "amara.okafor@northwind.example",
		AccountID: "northwind_analytics", AccountName: "Northwind Analytics",
	}
	nameless := named
	nameless.Name, nameless.Email = "", ""
	for name, test := range map[string]struct {
		fault sandbox.Fault
		want  audit.Actor
		reads int
	}{
		"a user's key":                      {sandbox.Fault{PathPrefix: "/v1/none"}, named, 1},
		"a user's key without USER:READ":    {sandbox.Fault{PathPrefix: "/v1/users", Status: http.StatusForbidden}, nameless, 1},
		"a service that is down":            {sandbox.Fault{PathPrefix: "/v1/users", Status: http.StatusBadGateway}, nameless, 1},
		"a system key without ACCOUNT:READ": {sandbox.Fault{PathPrefix: info, Status: http.StatusForbidden}, audit.Actor{}, 0},
		"a system key": {
			sandbox.Fault{PathPrefix: info, Status: http.StatusOK, Body: `{"code":"Success","data":{"account_id":"northwind_analytics","system_key_id":"sys"}}`},
			audit.Actor{Kind: audit.SystemKey, ID: "sys", AccountID: "northwind_analytics"}, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAuditedAccount(t, time.Second, 20*time.Second)
			a.box.Inject(test.fault)
			clients := &providerData{}
			clients.fivetran.client = a.client
			for range 3 {
				if got := clients.fivetranActor(t.Context()); got != test.want {
					t.Errorf("got %+v, want %+v", got, test.want)
				}
			}
			if got := a.box.Count(http.MethodGet, "/v1/users"); got != test.reads {
				t.Errorf("got %d reads of users, want %d", got, test.reads)
			}
		})
	}
}

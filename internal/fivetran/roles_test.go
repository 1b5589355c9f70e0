// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran_test

import (
	"net/http"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func TestRoles(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{"GET /v1/roles?limit=1000": always(http.StatusOK, file(t, "roles.json"))})
	for range 2 {
		got, err := client.Roles(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "roles", got, []fivetran.Role{
			{Name: "Account Reviewer", Scopes: []fivetran.RoleScope{fivetran.AccountScope, fivetran.DestinationScope}, IsCustom: new(false), IsDeprecated: new(false)},
			{Name: "ReadOnly", Scopes: []fivetran.RoleScope{"ACCOUNT"}, IsCustom: new(false), IsDeprecated: new(true), Replacement: new("Account Reviewer")},
			{Name: "View Connection", Description: new("See a connection"), Scopes: []fivetran.RoleScope{"CONNECTOR"}, IsCustom: new(false)},
		})
	}
	received.expect(t, "GET /v1/roles?limit=1000")
}

func TestAccount(t *testing.T) {
	t.Parallel()
	client, received := serve(t, answers{"GET /v1/account/info": always(http.StatusOK, file(t, "account.json"))})
	for range 2 {
		got, err := client.Account(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "account", got, fivetran.Account{ID: "gu_purse", Name: new("Acme"), SystemKeyID: new("key_1")})
	}
	received.expect(t, "GET /v1/account/info")
}

func TestAccountWithoutID(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, answers{"GET /v1/account/info": always(http.StatusOK, `{"code":"Success","data":{}}`)})
	if got, err := client.Account(t.Context()); err == nil {
		t.Errorf("got the account %v, want an error", got)
	}
}

func TestRolesAndAccountRefused(t *testing.T) {
	t.Parallel()
	refused := always(http.StatusForbidden, file(t, "forbidden.json"))
	client, _ := serve(t, answers{"GET /v1/roles?limit=1000": refused, "GET /v1/account/info": refused})
	if _, err := client.Roles(t.Context()); rest.Status(err) != http.StatusForbidden {
		t.Errorf("roles: got %v, want a 403", err)
	}
	if _, err := client.Account(t.Context()); rest.Status(err) != http.StatusForbidden {
		t.Errorf("account: got %v, want a 403", err)
	}
}

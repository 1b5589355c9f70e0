// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox"
)

func TestFivetranAccount(t *testing.T) {
	t.Parallel()
	c := newCompany(t, sandbox.Options{})
	runSteps(t,
		resource.TestStep{Config: `data "datastack_fivetran_account" "this" {}`, ExpectError: saying(`Fivetran Is Not Configured`, `FIVETRAN_APIKEY`)},
		c.reading(`
data "datastack_fivetran_account" "this" {}

data "datastack_fivetran_user" "owner" {
  id = data.datastack_fivetran_account.this.user_id
}`, expressions{
			`data.datastack_fivetran_account.this`:     `{"id": "northwind_analytics", "name": "Northwind Analytics", "user_id": "nozzle_eat", "system_key_id": null}`,
			`data.datastack_fivetran_user.owner.email`: `"amara.okafor@northwind.example"`,
		}),
	)
}

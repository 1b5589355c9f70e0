// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

var fivetranAccountFields = table.Fields[fivetran.Account]{
	table.String("id", "Id of the account.", func(a fivetran.Account) *string { return &a.ID }),
	table.String("name", "Name of the account.", func(a fivetran.Account) *string { return a.Name }),
	table.String("user_id", "Id of the user whose API key the provider uses. Null for a system key.", func(a fivetran.Account) *string { return a.UserID }),
	table.String("system_key_id", "Id of the system key that the provider uses. Null for a user's API key.", func(a fivetran.Account) *string { return a.SystemKeyID }),
}

func newFivetranAccount() datasource.DataSource {
	return fivetranService.dataSource("fivetran_account", table.Singleton[*fivetran.Client, fivetran.Account]{
		Noun:   "Fivetran Account",
		Doc:    "Reads the Fivetran account that the API key belongs to, and whose key it is. A system key needs the scope `ACCOUNT:READ`.",
		Fields: fivetranAccountFields,
		Read: func(ctx context.Context, c *fivetran.Client) (fivetran.Account, error) {
			return c.Account(ctx)
		},
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

var fivetranAccountFields = fields[fivetran.Account]{
	text("id", "Id of the account.", func(a fivetran.Account) *string { return &a.ID }),
	text("name", "Name of the account.", func(a fivetran.Account) *string { return a.Name }),
	text("user_id", "Id of the user whose API key is in use; null for a system key.", func(a fivetran.Account) *string { return a.UserID }),
	text("system_key_id", "Id of the system key in use; null for a user's key.", func(a fivetran.Account) *string { return a.SystemKeyID }),
}

func newFivetranAccount() datasource.DataSource {
	return &recordDataSource[*fivetran.Client, fivetran.Account]{
		service: fivetranService,
		name:    "fivetran_account",
		noun:    "Fivetran Account",
		doc:     "The Fivetran account that the API key belongs to, and whose key it is. A system key needs the scope `ACCOUNT:READ`.",
		fields:  fivetranAccountFields,
		read: func(ctx context.Context, c *fivetran.Client) (fivetran.Account, error) {
			return c.Account(ctx)
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudSCIMTokens() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_scim_tokens", table.List[*dbtcloud.Client, dbtcloud.SCIMToken]{
		Nouns:  "dbt Cloud SCIM Tokens",
		Doc:    "Lists the tokens with which identity providers manage users and groups of the dbt Cloud account over SCIM, sorted by id. The provider never reads their secrets. The token needs the permission set Account Viewer.",
		Result: "scim_tokens",
		Fields: table.Fields[dbtcloud.SCIMToken]{
			table.Int64("id", "Id of the SCIM token.", func(t dbtcloud.SCIMToken) *int64 { return &t.ID }),
			table.String("name", "Name of the SCIM token.", func(t dbtcloud.SCIMToken) *string { return t.Name }),
			table.String("created_at", "When the token was created.", func(t dbtcloud.SCIMToken) *string { return t.CreatedAt }),
			table.String("last_used", "When the token was last used. Null if never.", func(t dbtcloud.SCIMToken) *string { return t.LastUsed }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.SCIMToken, error) {
			return c.SCIMTokens(ctx)
		},
	})
}

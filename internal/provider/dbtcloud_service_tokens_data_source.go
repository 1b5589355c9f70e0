// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudServiceTokens() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_service_tokens", table.List[*dbtcloud.Client, dbtcloud.ServiceToken]{
		Nouns:  "dbt Cloud Service Tokens",
		Doc:    "Lists the service tokens of the dbt Cloud account with their permissions, sorted by id. The provider never reads their secrets. The token needs the permission set Account Viewer.",
		Result: "service_tokens",
		Fields: table.Fields[dbtcloud.ServiceToken]{
			table.Int64("id", "Id of the service token.", func(t dbtcloud.ServiceToken) *int64 { return &t.ID }),
			table.String("uid", "Unique identifier that dbt Cloud shows. It is not the secret.", func(t dbtcloud.ServiceToken) *string { return t.UID }),
			table.String("name", "Name of the service token.", func(t dbtcloud.ServiceToken) *string { return t.Name }),
			table.String("created_at", "When the token was created.", func(t dbtcloud.ServiceToken) *string { return t.CreatedAt }),
			table.String("last_used", "When the token was last used. Null if never.", func(t dbtcloud.ServiceToken) *string { return t.LastUsed }),
			table.Objects("grants", "Permissions of the token. Null if dbt Cloud does not say.", table.Fields[dbtcloud.Grant]{
				table.String("permission_set", "Permission set, such as `account_admin` or `job_runner`.", func(g dbtcloud.Grant) *string { return g.PermissionSet }),
				table.Int64("project_id", "Id of the only project that the permission applies to. Null for all projects.", func(g dbtcloud.Grant) *int64 { return g.ProjectID }),
				table.Bool("all_projects", "Whether the permission applies to all projects.", func(g dbtcloud.Grant) *bool { return &g.AllProjects }),
			}, func(t dbtcloud.ServiceToken) []dbtcloud.Grant { return t.Grants }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.ServiceToken, error) {
			return c.ServiceTokens(ctx)
		},
	})
}

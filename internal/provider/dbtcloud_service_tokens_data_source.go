// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudServiceTokens() datasource.DataSource {
	return &listDataSource[*dbtcloud.Client, dbtcloud.ServiceToken]{
		service: dbtcloudService,
		name:    "dbtcloud_service_tokens",
		nouns:   "dbt Cloud Service Tokens",
		doc:     "Service tokens of the dbt Cloud account with what they may do, sorted by id. Their secrets are never read.",
		result:  "service_tokens",
		fields: fields[dbtcloud.ServiceToken]{
			number("id", "Id of the service token.", func(t dbtcloud.ServiceToken) *int64 { return &t.ID }),
			text("uid", "Unique identifier that dbt Cloud shows; not the secret.", func(t dbtcloud.ServiceToken) *string { return t.UID }),
			text("name", "Name of the service token.", func(t dbtcloud.ServiceToken) *string { return t.Name }),
			text("created_at", "When it was created.", func(t dbtcloud.ServiceToken) *string { return t.CreatedAt }),
			text("last_used", "When it was last used; null for never.", func(t dbtcloud.ServiceToken) *string { return t.LastUsed }),
			objects("grants", "What it may do; null where dbt Cloud does not say.", fields[dbtcloud.Grant]{
				text("permission_set", "Permission set, such as `account_admin` or `job_runner`.", func(g dbtcloud.Grant) *string { return g.PermissionSet }),
				number("project_id", "Id of the only project it holds for; null for all.", func(g dbtcloud.Grant) *int64 { return g.ProjectID }),
				flag("all_projects", "Whether it holds for all projects.", func(g dbtcloud.Grant) *bool { return &g.AllProjects }),
			}, func(t dbtcloud.ServiceToken) []dbtcloud.Grant { return t.Grants }),
		},
		read: func(ctx context.Context, c *dbtcloud.Client, _ bool, _ warnFunc) ([]dbtcloud.ServiceToken, error) {
			return c.ServiceTokens(ctx)
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudSCIMConfig() datasource.DataSource {
	return &recordDataSource[*dbtcloud.Client, dbtcloud.SCIMConfig]{
		service: dbtcloudService,
		name:    "dbtcloud_scim_config",
		noun:    "dbt Cloud SCIM Configuration",
		doc:     "Who manages the users of the dbt Cloud account: people, or an identity provider over SCIM.",
		fields: fields[dbtcloud.SCIMConfig]{
			flag("enabled", "Whether an identity provider may manage users and groups over SCIM.", func(s dbtcloud.SCIMConfig) *bool { return s.Enabled }),
			flag("manual_updates_allowed", "Whether people may still invite and edit users by hand while SCIM is enabled.", func(s dbtcloud.SCIMConfig) *bool { return s.ManualUpdatesAllowed }),
			flag("scim_controlled_license_type", "Whether the identity provider sets licences. License maps do not apply then.", func(s dbtcloud.SCIMConfig) *bool { return s.SCIMControlledLicenseType }),
		},
		read: func(ctx context.Context, c *dbtcloud.Client) (dbtcloud.SCIMConfig, error) { return c.SCIMConfig(ctx) },
	}
}

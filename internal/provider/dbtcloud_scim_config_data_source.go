// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudSCIMConfig() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_scim_config", table.Singleton[*dbtcloud.Client, dbtcloud.SCIMConfig]{
		Noun: "dbt Cloud SCIM Configuration",
		Doc:  "Reads the SCIM configuration of the dbt Cloud account: whether an identity provider manages its users. The token needs the permission set Account Viewer.",
		Fields: table.Fields[dbtcloud.SCIMConfig]{
			table.Bool("enabled", "Whether an identity provider can manage users and groups over SCIM.", func(s dbtcloud.SCIMConfig) *bool { return s.Enabled }),
			table.Bool("manual_updates_allowed", "Whether administrators can still invite and change users while SCIM is enabled.", func(s dbtcloud.SCIMConfig) *bool { return s.ManualUpdatesAllowed }),
			table.Bool("scim_controlled_license_type", "Whether the identity provider sets licenses. If so, license maps do not apply.", func(s dbtcloud.SCIMConfig) *bool { return s.SCIMControlledLicenseType }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client) (dbtcloud.SCIMConfig, error) { return c.SCIMConfig(ctx) },
	})
}

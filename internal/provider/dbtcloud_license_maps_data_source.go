// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudLicenseMaps() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_license_maps", table.List[*dbtcloud.Client, dbtcloud.LicenseMap]{
		Nouns:  "dbt Cloud License Maps",
		Doc:    "Lists the license maps of the dbt Cloud account, sorted by id: which license members of which identity provider groups get when they log in. If SCIM controls licenses, license maps do not apply. The token needs the permission set Account Viewer.",
		Result: "license_maps",
		Fields: table.Fields[dbtcloud.LicenseMap]{
			table.Int64("id", "Id of the license map.", func(m dbtcloud.LicenseMap) *int64 { return &m.ID }),
			table.String("license_type", "License that users get, such as `developer`, `read_only`, `it` or `analyst`.", func(m dbtcloud.LicenseMap) *dbtcloud.LicenseType { return m.LicenseType }),
			table.Strings("sso_license_mapping_groups", "Groups of the identity provider whose members get the license.", func(m dbtcloud.LicenseMap) []string { return m.SSOLicenseMappingGroups }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.LicenseMap, error) {
			return c.LicenseMaps(ctx)
		},
	})
}

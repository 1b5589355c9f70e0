// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudLicenseMaps() datasource.DataSource {
	return &listDataSource[*dbtcloud.Client, dbtcloud.LicenseMap]{
		service: dbtcloudService,
		name:    "dbtcloud_license_maps",
		nouns:   "dbt Cloud License Maps",
		doc:     "License maps of the dbt Cloud account, sorted by id: which groups of the identity provider give which licence at login. They do not apply where SCIM controls licences.",
		result:  "license_maps",
		fields: fields[dbtcloud.LicenseMap]{
			number("id", "Id of the license map.", func(m dbtcloud.LicenseMap) *int64 { return &m.ID }),
			text("license_type", "Licence that is given, such as `developer`, `read_only`, `it` or `analyst`.", func(m dbtcloud.LicenseMap) *string { return (*string)(m.LicenseType) }),
			texts("sso_license_mapping_groups", "Groups of the identity provider whose members get it.", func(m dbtcloud.LicenseMap) []string { return m.SSOLicenseMappingGroups }),
		},
		read: func(ctx context.Context, c *dbtcloud.Client, _ bool, _ warnFunc) ([]dbtcloud.LicenseMap, error) {
			return c.LicenseMaps(ctx)
		},
	}
}

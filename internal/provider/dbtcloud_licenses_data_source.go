// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudLicenses() datasource.DataSource {
	return &recordDataSource[*dbtcloud.Client, map[dbtcloud.LicenseType]dbtcloud.Seats]{
		service: dbtcloudService,
		name:    "dbtcloud_licenses",
		noun:    "dbt Cloud Licenses",
		doc:     "Seats of the dbt Cloud account by licence type: how many there are, and how many are used.",
		fields: fields[map[dbtcloud.LicenseType]dbtcloud.Seats]{
			objectsByKey("licenses", "Seats by licence type, such as `developer`, `read_only`, `it`, `analyst` and `explorer`.", fields[dbtcloud.Seats]{
				number("total", "Number of seats.", func(s dbtcloud.Seats) *int64 { return s.Total }),
				number("in_use", "Seats in use.", func(s dbtcloud.Seats) *int64 { return s.InUse }),
				number("available", "Seats that are left.", func(s dbtcloud.Seats) *int64 { return s.Available }),
				number("assigned", "Licences that are assigned.", func(s dbtcloud.Seats) *int64 { return s.Assigned }),
				flag("limited", "Whether the number of seats is a limit.", func(s dbtcloud.Seats) *bool { return s.Limited }),
				flag("over_limit", "Whether more are used than there are.", func(s dbtcloud.Seats) *bool { return s.OverLimit }),
			}, func(seats map[dbtcloud.LicenseType]dbtcloud.Seats) map[string]dbtcloud.Seats {
				byName := make(map[string]dbtcloud.Seats, len(seats))
				for licenseType, s := range seats {
					byName[string(licenseType)] = s
				}
				return byName
			}),
		},
		read: func(ctx context.Context, c *dbtcloud.Client) (map[dbtcloud.LicenseType]dbtcloud.Seats, error) {
			return c.Licenses(ctx)
		},
	}
}

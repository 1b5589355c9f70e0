// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudLicenses() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_licenses", table.Singleton[*dbtcloud.Client, map[dbtcloud.LicenseType]dbtcloud.Seats]{
		Noun: "dbt Cloud Licenses",
		Doc:  "Seats of the dbt Cloud account by licence type: how many there are, and how many are used.",
		Fields: table.Fields[map[dbtcloud.LicenseType]dbtcloud.Seats]{
			table.ObjectMap("licenses", "Seats by licence type, such as `developer`, `read_only`, `it`, `analyst` and `explorer`.", table.Fields[dbtcloud.Seats]{
				table.Int64("total", "Number of seats.", func(s dbtcloud.Seats) *int64 { return s.Total }),
				table.Int64("in_use", "Seats in use.", func(s dbtcloud.Seats) *int64 { return s.InUse }),
				table.Int64("available", "Seats that are left.", func(s dbtcloud.Seats) *int64 { return s.Available }),
				table.Int64("assigned", "Licences that are assigned.", func(s dbtcloud.Seats) *int64 { return s.Assigned }),
				table.Bool("limited", "Whether the number of seats is a limit.", func(s dbtcloud.Seats) *bool { return s.Limited }),
				table.Bool("over_limit", "Whether more are used than there are.", func(s dbtcloud.Seats) *bool { return s.OverLimit }),
			}, func(seats map[dbtcloud.LicenseType]dbtcloud.Seats) map[dbtcloud.LicenseType]dbtcloud.Seats {
				return seats
			}),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client) (map[dbtcloud.LicenseType]dbtcloud.Seats, error) {
			return c.Licenses(ctx)
		},
	})
}

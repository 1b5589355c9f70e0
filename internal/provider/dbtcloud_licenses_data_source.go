// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

// dbtcloudLicenses are licenses by type.
type dbtcloudLicenses map[dbtcloud.LicenseType]dbtcloud.Seats

// Unread is for table.WarnOfGaps.
func (l dbtcloudLicenses) Unread() []string {
	var unread []string
	for _, licenseType := range slices.Sorted(maps.Keys(l)) {
		for _, gap := range l[licenseType].Unread() {
			unread = append(unread, string(licenseType)+"/"+gap)
		}
	}
	return unread
}

func newDBTCloudLicenses() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_licenses", table.Singleton[*dbtcloud.Client, dbtcloudLicenses]{
		Noun: "dbt Cloud Licenses",
		Doc:  "Reads how many licenses of each type the dbt Cloud account has, and how many are in use. The token needs the permission set Account Viewer.",
		Fields: table.Fields[dbtcloudLicenses]{
			table.ObjectMap("licenses", "Licenses by type, such as `developer`, `read_only`, `it`, `analyst` or `explorer`.", table.Fields[dbtcloud.Seats]{
				table.Int64("total", "Number of licenses.", func(s dbtcloud.Seats) *int64 { return s.Total }),
				table.Int64("in_use", "Number of licenses in use.", func(s dbtcloud.Seats) *int64 { return s.InUse }),
				table.Int64("available", "Number of licenses that are left.", func(s dbtcloud.Seats) *int64 { return s.Available }),
				table.Int64("assigned", "Number of licenses that are assigned.", func(s dbtcloud.Seats) *int64 { return s.Assigned }),
				table.Bool("limited", "Whether the number of licenses is limited.", func(s dbtcloud.Seats) *bool { return s.Limited }),
				table.Bool("over_limit", "Whether more licenses are in use than there are.", func(s dbtcloud.Seats) *bool { return s.OverLimit }),
			}, func(seats dbtcloudLicenses) map[dbtcloud.LicenseType]dbtcloud.Seats {
				return seats
			}),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client) (dbtcloudLicenses, error) {
			return c.Licenses(ctx)
		},
	})
}

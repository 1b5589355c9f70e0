// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// LicenseMap gives a license to the members of groups of the identity provider
// when they log in.
type LicenseMap struct {
	rest.Gapped
	ID int64
	// LicenseType is nil where the service returns null, "" or nothing.
	LicenseType *LicenseType
	// SSOLicenseMappingGroups are names of groups of the identity provider,
	// sorted. It is never nil.
	SSOLicenseMappingGroups []string
}

// wireLicenseMap is an item of List License Maps.
type wireLicenseMap struct {
	identified
	LicenseType             rest.Text    `json:"license_type"`
	State                   rest.Int     `json:"state"`
	SSOLicenseMappingGroups rest.Strings `json:"sso_license_mapping_groups"`
}

// LicenseMaps returns the license maps of the account, sorted by id, without
// those that were deleted. The slice is shared by all callers and must not be
// changed. The error is a *rest.Error, or a *rest.IncompleteError when rows
// were missing.
//
// Operation List License Maps, version 3.
func (c *Client) LicenseMaps(ctx context.Context) ([]LicenseMap, error) {
	return c.licenseMaps.Get(ctx, func(ctx context.Context) ([]LicenseMap, error) {
		rows, err := listAll(ctx, c, "dbt Cloud license maps", c.path("v3", "license-maps"), url.Values{"order_by": {"id"}}, rest.AsSent[wireLicenseMap])
		if err != nil {
			return nil, err
		}
		licenseMaps := []LicenseMap{}
		for _, row := range rows {
			if isDeleted(row.State) {
				continue
			}
			groups := append([]string{}, row.SSOLicenseMappingGroups...)
			slices.Sort(groups)
			licenseMaps = append(licenseMaps, LicenseMap{
				Gapped:                  row.Gapped,
				ID:                      *row.ID.Value,
				LicenseType:             (*LicenseType)(row.LicenseType.Value),
				SSOLicenseMappingGroups: groups,
			})
		}
		slices.SortFunc(licenseMaps, func(a, b LicenseMap) int { return cmp.Compare(a.ID, b.ID) })
		return licenseMaps, nil
	})
}

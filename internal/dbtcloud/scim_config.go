// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// SCIMConfig says whether an identity provider manages the users of the account:
// https://docs.getdbt.com/docs/platform/manage-access/scim
// A pointer is nil where the service returns null or nothing.
type SCIMConfig struct {
	rest.Gapped
	Enabled *bool
	// ManualUpdatesAllowed says that users can also be invited and edited in
	// dbt Cloud.
	ManualUpdatesAllowed *bool
	// SCIMControlledLicenseType says that the identity provider sets licenses,
	// and that license maps do not.
	SCIMControlledLicenseType *bool
}

type wireSCIMConfig struct {
	rest.Gapped
	Enabled                   rest.Bool `json:"enabled"`
	ManualUpdatesAllowed      rest.Bool `json:"manual_updates_allowed"`
	SCIMControlledLicenseType rest.Bool `json:"scim_controlled_license_type"`
}

// SCIMConfig returns the configuration of the account's own SCIM service. The
// error is a *rest.Error.
//
// Operation Retrieve SCIM configuration, version 3.
func (c *Client) SCIMConfig(ctx context.Context) (SCIMConfig, error) {
	return c.scimConfig.Get(ctx, func(ctx context.Context) (SCIMConfig, error) {
		config, err := readSingle[wireSCIMConfig](ctx, c, c.path("v3", "scim-config"))
		return SCIMConfig{
			Gapped:                    config.Gapped,
			Enabled:                   config.Enabled.Value,
			ManualUpdatesAllowed:      config.ManualUpdatesAllowed.Value,
			SCIMControlledLicenseType: config.SCIMControlledLicenseType.Value,
		}, err
	})
}

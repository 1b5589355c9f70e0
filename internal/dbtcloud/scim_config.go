// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package dbtcloud

import (
	"context"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// SCIMConfig says who manages the users of the account: people, or an identity
// provider. A pointer is nil where the service said null or nothing.
type SCIMConfig struct {
	Enabled *bool
	// ManualUpdatesAllowed says that people may invite and edit users as well.
	ManualUpdatesAllowed *bool
	// SCIMControlledLicenseType says that the identity provider sets licences,
	// and that license maps do not.
	SCIMControlledLicenseType *bool
}

type wireSCIMConfig struct {
	Enabled                   rest.Bool `json:"enabled"`
	ManualUpdatesAllowed      rest.Bool `json:"manual_updates_allowed"`
	SCIMControlledLicenseType rest.Bool `json:"scim_controlled_license_type"`
}

// SCIMConfig returns the configuration of the account's own SCIM service. The
// error is a *rest.Error.
func (c *Client) SCIMConfig(ctx context.Context) (SCIMConfig, error) {
	return c.scimConfig.Get(ctx, func(ctx context.Context) (SCIMConfig, error) {
		config, err := record[wireSCIMConfig](ctx, c, c.path("v3", "scim-config"))
		return SCIMConfig{config.Enabled.Value, config.ManualUpdatesAllowed.Value, config.SCIMControlledLicenseType.Value}, err
	})
}

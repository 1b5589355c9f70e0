// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Base is what data sources embed. P is what the provider hands to them.
type Base[P any] struct {
	// Provider is what the provider handed over. It is the zero value while
	// Terraform only validates, as the provider is not configured then.
	Provider P
}

// Configure keeps what the provider handed over.
func (b *Base[P]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	b.Provider = ProviderData[P]("Data Source", req.ProviderData, &resp.Diagnostics)
}

// ProviderData returns what the provider handed to a data source or a resource,
// whose kind the error names. Nothing is handed over while Terraform only
// validates.
func ProviderData[P any](kind string, data any, diags *diag.Diagnostics) (provider P) {
	if data == nil {
		return provider
	}
	provider, ok := data.(P)
	if !ok {
		diags.AddError("Unexpected "+kind+" Configure Type",
			fmt.Sprintf("Expected %T, got: %T. This is a bug: please report it to the developers of the provider.", provider, data))
	}
	return provider
}

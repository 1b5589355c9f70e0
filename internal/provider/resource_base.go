// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

// resourceBase is what resources and list resources embed.
type resourceBase struct {
	// clients is nil while Terraform only validates.
	clients *providerData
}

// Configure keeps what the provider handed over.
func (b *resourceBase) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	b.clients = table.ProviderData[*providerData]("Resource", req.ProviderData, &resp.Diagnostics)
}

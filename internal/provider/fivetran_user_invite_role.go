// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// roleManaged is the key in private state that says whether the configuration
// set the role when it was last applied. A role that only Fivetran's
// administrators set is none of Terraform's business.
const roleManaged = "role_managed"

// privateState is what create and update may write to.
type privateState interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func rememberRole(ctx context.Context, config tfsdk.Config, private privateState) (diags diag.Diagnostics) {
	var configured types.String
	diags.Append(config.GetAttribute(ctx, path.Root("role"), &configured)...)
	diags.Append(private.SetKey(ctx, roleManaged, fmt.Appendf(nil, "%t", !configured.IsNull()))...)
	return diags
}

// planRole plans what becomes of the role of a person when the configuration
// says nothing of it: one that Terraform set is taken away, any other is left.
func planRole(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("role"), &configured)...)
	managed, diags := req.Private.GetKey(ctx, roleManaged)
	resp.Diagnostics.Append(diags...)
	if configured.IsNull() && string(managed) == "true" && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("role"), types.StringNull())...)
	}
}

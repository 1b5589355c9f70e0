// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// includeMembers is the argument of data sources whose rows have members.
var includeMembers = schema.BoolAttribute{
	Optional:            true,
	MarkdownDescription: "Whether to read the members too. `false` saves the requests for them and leaves `members` null. Default `true`.",
}

func membersWanted(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) bool {
	var wanted *bool
	diags.Append(config.GetAttribute(ctx, path.Root("include_members"), &wanted)...)
	return wanted == nil || *wanted
}

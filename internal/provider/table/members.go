// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

const includeMembers = "include_members"

// addMembersSwitch adds the argument of data sources whose rows have members.
func addMembersSwitch(attributes map[string]schema.Attribute) {
	attributes[includeMembers] = schema.BoolAttribute{
		Optional:            true,
		MarkdownDescription: "Whether to read members too. With `false`, the provider saves the requests for them, and `members` is null. Default: `true`.",
	}
}

// membersWanted reads that argument.
func membersWanted(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) bool {
	var wanted *bool
	diags.Append(config.GetAttribute(ctx, path.Root(includeMembers), &wanted)...)
	return wanted == nil || *wanted
}

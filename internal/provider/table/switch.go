// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package table

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// The arguments with which users leave out what costs requests.
const (
	includeMembers = "include_members"
	includeGroups  = "include_groups"
)

// addSwitch adds such an argument: what is left out is null then.
func addSwitch(attributes map[string]schema.Attribute, name string) {
	what := strings.TrimPrefix(name, "include_")
	attributes[name] = schema.BoolAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf("Whether to read %s too. With `false`, the provider saves the requests for them, and `%s` is null. Default: `true`.", what, what),
	}
}

// switchedOn reads such an argument.
func switchedOn(ctx context.Context, config tfsdk.Config, name string, diags *diag.Diagnostics) bool {
	on := switchOf(ctx, config, name, diags)
	return on == nil || *on
}

// IncludeOnRequest is an argument with which users ask for what costs many
// requests. The doc says what they get, and at which price.
func IncludeOnRequest(doc string) schema.BoolAttribute {
	return schema.BoolAttribute{Optional: true, MarkdownDescription: doc + " Default: `false`."}
}

// Requested reads such an argument.
func Requested(ctx context.Context, config tfsdk.Config, name string, diags *diag.Diagnostics) bool {
	on := switchOf(ctx, config, name, diags)
	return on != nil && *on
}

// switchOf returns nil if the argument was left out.
func switchOf(ctx context.Context, config tfsdk.Config, name string, diags *diag.Diagnostics) *bool {
	var on *bool
	diags.Append(config.GetAttribute(ctx, path.Root(name), &on)...)
	return on
}

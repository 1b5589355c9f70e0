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
	var on *bool
	diags.Append(config.GetAttribute(ctx, path.Root(name), &on)...)
	return on == nil || *on
}

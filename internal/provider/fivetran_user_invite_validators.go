// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// trimmed refuses a value that is empty or has space around it, which Fivetran
// would cut off: each plan would then show it as a change.
type trimmed struct{}

func (trimmed) Description(context.Context) string {
	return "must not be empty, and must not start or end with a space"
}

func (v trimmed) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (trimmed) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue
	if value.IsNull() || value.IsUnknown() {
		return
	}
	switch given := value.ValueString(); {
	case strings.TrimSpace(given) == "":
		resp.Diagnostics.AddAttributeError(req.Path, "Empty Value", fmt.Sprintf("Set `%s` to a value, or leave it out.", req.Path))
	case strings.TrimSpace(given) != given:
		resp.Diagnostics.AddAttributeError(req.Path, "Space Around Value", fmt.Sprintf("The value %q starts or ends with a space. Write %q.", given, strings.TrimSpace(given)))
	}
}

// roleName is trimmed for roles, where "" means none.
type roleName struct{ trimmed }

func (roleName) Description(context.Context) string {
	return "must not start or end with a space"
}

func (v roleName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v roleName) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.ValueString() != "" {
		v.trimmed.ValidateString(ctx, req, resp)
	}
}

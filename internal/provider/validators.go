// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// notEmpty refuses "": to leave a value out, write null.
var notEmpty = stringvalidator.LengthAtLeast(1)

// notBlank refuses a setting of nothing but space: to leave it out, write null.
type notBlank struct{}

func (notBlank) Description(context.Context) string { return "must not be blank" }

func (v notBlank) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (notBlank) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if strings.TrimSpace(req.ConfigValue.ValueString()) == "" {
		resp.Diagnostics.AddAttributeError(req.Path, invalidSetting, blank("`"+req.Path.String()+"`"))
	}
}

// blank says what to do about a blank value.
func blank(source string) string { return fmt.Sprintf("Set %s to a value, or leave it out.", source) }

// emailAddress refuses what cannot be an email address.
type emailAddress struct{}

func (emailAddress) Description(context.Context) string { return "must be an email address" }

func (v emailAddress) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (emailAddress) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	given := strings.TrimSpace(req.ConfigValue.ValueString())
	parsed, err := mail.ParseAddress(given)
	if err != nil || parsed.Address != given {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Email Address",
			fmt.Sprintf("%q is not an email address. Write one such as ada@example.com.", req.ConfigValue.ValueString()))
	}
}

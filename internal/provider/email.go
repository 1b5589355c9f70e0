// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
)

// emailType is an email address: compared ignoring case and surrounding space.
// State keeps a spelling that differs only in these.
type emailType struct{ basetypes.StringType }

func (t emailType) Equal(other attr.Type) bool {
	_, ok := other.(emailType)
	return ok
}

func (t emailType) String() string { return "emailType" }

func (t emailType) ValueType(context.Context) attr.Value { return emailValue{} }

func (t emailType) ValueFromString(_ context.Context, value basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return emailValue{value}, nil
}

func (t emailType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	address, ok := value.(basetypes.StringValue)
	if err == nil && !ok {
		err = fmt.Errorf("an email address cannot be of type %T", value)
	}
	return emailValue{address}, err
}

type emailValue struct{ basetypes.StringValue }

func (v emailValue) Type(context.Context) attr.Type { return emailType{} }

func (v emailValue) Equal(other attr.Value) bool {
	o, ok := other.(emailValue)
	return ok && v.StringValue.Equal(o.StringValue)
}

// StringSemanticEquals is called when a result comes back from the service,
// but not while planning: keepSameAddress is for that.
func (v emailValue) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(emailValue)
	return ok && casefold.Same(v.ValueString(), o.ValueString()), nil
}

// keepSameAddress plans no change where only the spelling of an address
// changed. It comes before RequiresReplace, which would delete the user and
// invite them again.
type keepSameAddress struct{}

func (keepSameAddress) Description(context.Context) string {
	return "Keeps the address if only case or surrounding space differ."
}

func (m keepSameAddress) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepSameAddress) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.StateValue.IsNull() || req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if casefold.Same(req.StateValue.ValueString(), req.ConfigValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
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

// planRole plans the role: what becomes of it when the configuration says
// nothing, and whether a new one exists.
func planRole(ctx context.Context, client *fivetran.Client, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var configured, current types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("role"), &configured)...)
	creating := req.State.Raw.IsNull()
	if !creating {
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("role"), &current)...)
	}
	switch {
	case resp.Diagnostics.HasError() || configured.IsUnknown():
	case configured.IsNull() && creating:
		// A new person has no role. Saying so, instead of leaving it unknown, lets a policy tell it from a role that is not known yet.
		var adopting types.Bool
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("adopt_existing"), &adopting)...)
		if adopting.Equal(types.BoolValue(false)) {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("role"), types.StringNull())...)
		}
	case configured.IsNull():
		managed, diags := req.Private.GetKey(ctx, roleManaged)
		resp.Diagnostics.Append(diags...)
		if string(managed) == "true" {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("role"), types.StringNull())...)
		}
	case !configured.IsNull() && !configured.Equal(current):
		if renamed(ctx, client, configured.ValueString(), current.ValueString()) {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("role"), current)...)
			return
		}
		checkRole(ctx, client, configured.ValueString(), &resp.Diagnostics)
	}
}

// renamed tells whether Fivetran shows a deprecated role under the name of its
// replacement: that is no difference.
func renamed(ctx context.Context, client *fivetran.Client, configured, told string) bool {
	if configured == told || told == "" {
		return false
	}
	// Without the list of roles the names are what they are.
	roles, _ := client.Roles(ctx)
	return slices.ContainsFunc(roles, func(role fivetran.Role) bool {
		return role.Name == configured && orEmpty(role.Replacement) == told
	})
}

// checkRole warns of a role that gives much or is on its way out, and refuses
// one that does not exist. A key that may not read roles leaves that to
// Fivetran.
func checkRole(ctx context.Context, client *fivetran.Client, name string, diags *diag.Diagnostics) {
	at := path.Root("role")
	if fivetran.Administers(name) {
		diags.AddAttributeWarning(at, "Somebody Becomes Account Administrator", "An Account Administrator may do everything in the Fivetran account, inviting and deleting people included.")
	}
	roles, err := client.Roles(ctx)
	if rest.Status(err) == http.StatusForbidden {
		return
	}
	if err != nil {
		diags.AddAttributeWarning(at, "Role Could Not Be Checked", fmt.Sprintf("Whether there is a role %q in the Fivetran account shows only on apply. %s", name, fivetranService.explain(client, err)))
		return
	}
	roles = table.Matching(roles, func(role fivetran.Role) bool { return slices.Contains(role.Scopes, fivetran.AccountScope) })
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = role.Name
		if role.Name != name {
			continue
		}
		if role.IsDeprecated != nil && *role.IsDeprecated {
			advice := "Fivetran names no replacement."
			if role.Replacement != nil {
				advice = fmt.Sprintf("Fivetran's replacement for it is %q.", *role.Replacement)
			}
			diags.AddAttributeWarning(at, "Role Is Deprecated", fmt.Sprintf("%q is on its way out. %s", name, advice))
		}
		return
	}
	if question := suggestion.DidYouMean(name, names); question != "" {
		diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no account role %q. %s", name, question))
		return
	}
	diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no account role %q. There are: %s.", name, strings.Join(names, ", ")))
}

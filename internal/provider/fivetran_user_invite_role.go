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
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// keptRole plans the role of a user who stays: what becomes of it when the
// configuration leaves it out, and whether a new one can be given.
func (p *invitePlan) keptRole(ctx context.Context, applied appliedInvite) {
	configured, current := p.config.Role, p.state.Role
	none := current.ValueString() == ""
	switch {
	case configured.IsUnknown():
		return
	case !configured.IsNull():
		if configured.ValueString() != "" && !none && p.users.SameRole(ctx, configured.ValueString(), current.ValueString()) {
			p.set("role", current)
			return
		}
		p.newRole(ctx, current)
	case none:
		if !current.IsNull() { // "", which the configuration had
			p.set("role", types.StringNull())
		}
		return
	case applied.Role == nil:
		p.resp.Diagnostics.AddAttributeWarning(path.Root("role"), "Fivetran Role Is Not Managed", unmanagedRole(p.state))
		return
	case !*applied.Role:
		return
	default:
		p.set("role", types.StringNull())
	}
	if configured.ValueString() != current.ValueString() {
		p.protect(ctx, p.state.ID.ValueString(), changeRole, path.Root("role"))
	}
}

// newRole checks a configured role that is not the one that the user has.
func (p *invitePlan) newRole(ctx context.Context, current types.String) {
	configured := p.config.Role
	if configured.IsUnknown() || configured.ValueString() == "" || configured.ValueString() == current.ValueString() {
		return
	}
	checkRole(ctx, p.client, configured.ValueString(), &p.resp.Diagnostics)
}

// checkRole warns of a role that gives much or is deprecated, and refuses one
// that does not exist. A key that may not read roles leaves that to Fivetran.
func checkRole(ctx context.Context, client *fivetran.Client, name string, diags *diag.Diagnostics) {
	at := path.Root("role")
	if fivetran.Administers(name) {
		diags.AddAttributeWarning(at, "Grants Account Administrator", "An Account Administrator can do everything in the Fivetran account, including inviting and deleting users.")
	}
	roles, err := client.Roles(ctx)
	if rest.Status(err) == http.StatusForbidden {
		return
	}
	if err != nil {
		diags.AddAttributeWarning(at, "Unable to Check Fivetran Role", fmt.Sprintf("Only apply will show whether the Fivetran account has a role %q. %s", name, fivetranService.explain(client, err)))
		return
	}
	roles = table.Matching(roles, func(role fivetran.Role) bool { return slices.Contains(role.Scopes, fivetran.AccountScope) })
	if len(roles) == 0 {
		diags.AddAttributeWarning(at, "Unable to Check Fivetran Role", fmt.Sprintf("Only apply will show whether the Fivetran account has a role %q: Fivetran's list of roles (GET /roles) names no account role.", name))
		return
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = role.Name
		if role.Name != name {
			continue
		}
		if role.IsDeprecated != nil && *role.IsDeprecated {
			advice := "Fivetran names no replacement."
			if role.Replacement != nil {
				advice = fmt.Sprintf("Use its replacement %q.", *role.Replacement)
			}
			diags.AddAttributeWarning(at, "Deprecated Fivetran Role", fmt.Sprintf("The role %q is deprecated. %s", name, advice))
		}
		return
	}
	if question := suggestion.DidYouMean(name, names); question != "" {
		diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no account role %q. %s", name, question))
		return
	}
	diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no account role %q. Account roles: %s.", name, strings.Join(names, ", ")))
}

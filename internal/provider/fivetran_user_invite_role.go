// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
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
	if fivetran.Administers(configured.ValueString()) {
		p.resp.Diagnostics.AddAttributeWarning(path.Root("role"), "Grants Account Administrator", "An Account Administrator can do everything in the Fivetran account, including inviting and deleting users.")
	}
	checkRole(ctx, p.client, fivetran.AccountScope, configured.ValueString(), &p.resp.Diagnostics)
}

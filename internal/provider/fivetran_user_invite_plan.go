// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ModifyPlan shows in the plan what applying will do to users, and stops a plan
// that would fail, lock users out, or delete a user by mistake. Terraform calls
// it again while applying, for what is created or changed.
func (r *fivetranUserInvite) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.clients == nil || r.clients.fivetran.missing != nil && r.clients.fivetran.missing.later {
		return
	}
	client, ok := r.client(&resp.Diagnostics)
	if !ok {
		return
	}
	p := &invitePlan{clients: r.clients, users: r.clients.fivetranUsers, client: client, req: req, resp: resp}
	if err := errors.Join(p.state.decode(req.State.Raw), p.plan.decode(req.Plan.Raw), p.config.decode(req.Config.Raw)); err != nil {
		resp.Diagnostics.AddError("Unable to Read Plan", err.Error())
		return
	}
	switch {
	case req.Plan.Raw.IsNull():
		p.deletion(ctx)
	case req.State.Raw.IsNull():
		p.creation(ctx)
	default:
		p.change(ctx)
	}
}

// invitePlan is the plan for one resource.
type invitePlan struct {
	clients             *providerData
	users               *provisioning.Fivetran
	client              *fivetran.Client
	state, plan, config inviteModel
	req                 resource.ModifyPlanRequest
	resp                *resource.ModifyPlanResponse
}

func (p *invitePlan) refuse(at path.Path, problem *diagnosis) {
	p.resp.Diagnostics.Append(problem.at(at))
}

// set plans the value of a string. The framework's own way copies and searches
// the whole plan for each.
func (p *invitePlan) set(attribute string, value types.String) {
	var attributes map[string]tftypes.Value
	if err := p.resp.Plan.Raw.As(&attributes); err != nil {
		p.refuse(path.Root(attribute), &diagnosis{summary: "Unable to Read Plan", detail: err.Error()})
		return
	}
	attributes[attribute] = tftypes.NewValue(tftypes.String, value.ValueStringPointer())
	p.resp.Plan.Raw = tftypes.NewValue(p.resp.Plan.Raw.Type(), attributes)
}

// deletion plans that a user is deleted.
func (p *invitePlan) deletion(ctx context.Context) {
	p.leaves(ctx, provisioning.Delete)
}

// leaves plans that a user is deleted, with or without another one in place.
func (p *invitePlan) leaves(ctx context.Context, fate provisioning.Fate) {
	id := p.state.ID.ValueString()
	if conflict := p.users.PlanUser(provisioning.Planned{ID: id, Address: p.state.Email.ValueString(), Fate: fate}); conflict != nil {
		p.refuse(path.Empty(), conflictError(*conflict))
		return
	}
	p.protect(ctx, id, "delete", path.Empty())
}

// protect stops a plan that Fivetran's account could not recover from.
func (p *invitePlan) protect(ctx context.Context, id, what string, at path.Path) {
	if err := p.users.Protected(ctx, id); err != nil {
		p.refuse(at, protectionError(p.client, err, p.email(), what))
	}
}

func (p *invitePlan) email() string {
	if p.state.Email.IsNull() {
		return p.plan.Email.ValueString()
	}
	return p.state.Email.ValueString()
}

// change plans what becomes of a user who is in the state.
func (p *invitePlan) change(ctx context.Context) {
	id := p.state.ID.ValueString()
	p.resp.Diagnostics.Append(writePrivate(ctx, p.resp.Private, replacesKey, id)...)
	if !p.plan.Email.Equal(p.state.Email) {
		var former string
		p.resp.Diagnostics.Append(readPrivate(ctx, p.req.Private, formerEmailKey, &former)...)
		if former != "" && casefold.Same(former, p.plan.Email.ValueString()) {
			p.refuse(path.Root("email"), emailChangedInFivetran(p.state, former))
			return
		}
		p.leaves(ctx, provisioning.Replace)
		p.newRole(ctx, types.StringNull())
		return
	}
	if conflict := p.users.PlanUser(provisioning.Planned{ID: id, Address: p.state.Email.ValueString(), Fate: provisioning.Keep}); conflict != nil {
		p.refuse(path.Empty(), conflictError(*conflict))
		return
	}
	var applied appliedInvite
	p.resp.Diagnostics.Append(readPrivate(ctx, p.req.Private, appliedKey, &applied)...)
	state := p.state.details()
	for field, configured := range p.config.details() {
		if !configured.Equal(state[field]) && applied.same(field, configured, state[field]) {
			p.set(field, state[field])
		}
	}
	p.keptRole(ctx, applied)
}

// creation plans that a user is invited or adopted.
func (p *invitePlan) creation(ctx context.Context) {
	adopts := p.plan.AdoptExisting.ValueBool()
	var user fivetran.User
	var exists bool
	if !p.plan.Email.IsUnknown() {
		var ok bool
		if user, exists, ok = p.find(ctx); !ok {
			return
		}
	}
	if exists && adopts {
		p.adoption(ctx, user)
		return
	}
	if !adopts && p.plan.Role.IsUnknown() && p.config.Role.IsNull() {
		// A new user has no role. Saying so, instead of leaving it unknown, lets a
		// policy tell it from a role that is not known yet.
		p.set("role", types.StringNull())
	}
	p.newRole(ctx, types.StringNull())
	if !adopts || !p.plan.Email.IsUnknown() {
		p.needsNames()
	}
}

// needsNames refuses an invite without the names that Fivetran asks for.
func (p *invitePlan) needsNames() {
	for _, name := range []struct {
		attribute string
		value     types.String
	}{{provisioning.GivenName, p.config.GivenName}, {provisioning.FamilyName, p.config.FamilyName}} {
		if name.value.IsNull() {
			p.refuse(path.Root(name.attribute), missingName(name.attribute, p.plan.Email.ValueString()))
		}
	}
}

// find looks up the user who has the address of a creation, and that the plan
// may adopt. It returns not ok where the plan ends here.
func (p *invitePlan) find(ctx context.Context) (user fivetran.User, exists, ok bool) {
	address := p.plan.Email.ValueString()
	creation := provisioning.Creation{Address: address}
	p.resp.Diagnostics.Append(readPrivate(ctx, p.req.Private, replacesKey, &creation.Replaces)...)
	user, exists, err := p.users.Find(ctx, address)
	switch {
	case rest.Status(err) == http.StatusForbidden:
		// A key without USER:READ: Fivetran says so when the invite is sent.
	case err != nil:
		p.refuse(path.Root("email"), &diagnosis{summary: "Unable to List Fivetran Users", detail: "To plan an invite, the provider looks up the email address. " + fivetranService.explain(p.client, err)})
		return user, false, false
	}
	creation.UserID = user.ID
	if conflict := p.users.PlanCreation(creation); conflict != nil {
		p.refuse(path.Root("email"), conflictError(*conflict))
		return user, false, false
	}
	switch {
	case !exists, user.ID == creation.Replaces:
		return user, false, true
	case p.users.InState(user.ID):
		// Terraform plans a tainted resource like a new one. Were the user in the
		// state of another resource, that one's plan would be a conflict.
		p.resp.Diagnostics.AddAttributeWarning(path.Root("email"), "Fivetran User Will Be Invited Again", willBeInvitedAgain(user))
		return user, false, true
	case !p.plan.AdoptExisting.ValueBool():
		p.refuse(path.Root("email"), userExists(user, p.clients.explains()))
		return user, false, false
	}
	return user, true, true
}

// adoption plans that a user who is in the account is adopted: the plan shows
// who it is, and a warning what will change.
func (p *invitePlan) adoption(ctx context.Context, user fivetran.User) {
	p.set("id", types.StringValue(user.ID))
	p.set("status", types.StringPointerValue((*string)(user.Status())))
	if p.plan.Role.IsUnknown() && p.config.Role.IsNull() {
		p.set("role", types.StringPointerValue(user.Role))
	}
	changes := p.users.Missing(ctx, user, p.config.wanted())
	summary, detail := adoptionWarning(user, changes)
	p.resp.Diagnostics.AddAttributeWarning(path.Root("adopt_existing"), summary, detail)
	if changes.Role != nil || changes.ClearRole {
		p.protect(ctx, user.ID, changeRole, path.Root("role"))
	}
	p.newRole(ctx, types.StringPointerValue(user.Role))
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

func newFivetranUserInvite() resource.Resource { return &fivetranUserInvite{} }

// fivetranUserInvite is a person in the Fivetran account, from the invite to
// the deletion.
type fivetranUserInvite struct{ resourceBase }

var (
	_ resource.ResourceWithConfigure   = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithIdentity    = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithImportState = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithModifyPlan  = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithMoveState   = (*fivetranUserInvite)(nil)
)

// defaultOperationTimeout limits an operation whose timeouts are not set. It
// leaves room for one call with all its repetitions, and for settling it.
const defaultOperationTimeout = 10 * time.Minute

func (r *fivetranUserInvite) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_fivetran_user_invite"
}

func (r *fivetranUserInvite) client(diags *diag.Diagnostics) (*fivetran.Client, bool) {
	return fivetranService.client(r.clients, "resource datastack_fivetran_user_invite", diags)
}

func (r *fivetranUserInvite) changes(client *fivetran.Client, diags *diag.Diagnostics) fivetranChanges {
	return fivetranChanges{client: client, all: r.clients, warn: diags.AddWarning}
}

// ModifyPlan stops a plan that could not be applied: for want of a key, with a
// role that does not exist, or because it would lock somebody out.
func (r *fivetranUserInvite) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.clients == nil || r.clients.fivetran.missing != nil && r.clients.fivetran.missing.later {
		return
	}
	client, ok := r.client(&resp.Diagnostics)
	if !ok {
		return
	}
	var plan, state inviteModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		planRole(ctx, client, req, resp)
		resp.Diagnostics.Append(resp.Plan.Get(ctx, &plan)...)
	}
	if resp.Diagnostics.HasError() || req.State.Raw.IsNull() {
		return
	}
	var problem *diagnosis
	switch {
	case req.Plan.Raw.IsNull(), !plan.Email.Equal(state.Email): // another address is another person
		problem = lockout(ctx, client, state, "delete")
	case !plan.Role.Equal(state.Role):
		problem = lockout(ctx, client, state, changeRole)
	}
	if problem != nil {
		resp.Diagnostics.Append(problem.at(path.Empty()))
	}
}

func (r *fivetranUserInvite) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan inviteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Create, &resp.Diagnostics)
	defer cancel()

	changes := r.changes(client, &resp.Diagnostics)
	user, existing, problem := changes.invite(ctx, plan)
	if existing && !plan.AdoptExisting.ValueBool() {
		problem = alreadyThere(user)
	}
	if problem != nil {
		resp.Diagnostics.Append(problem.at(path.Root("email")))
		return
	}
	shown := plan
	shown.refresh(user)
	if renamed(ctx, client, plan.Role.ValueString(), shown.Role.ValueString()) {
		shown.Role = plan.Role
	}
	plan.take(user)
	change := plan.change(shown)
	if existing {
		if problem := changes.adopt(ctx, shown, change); problem != nil {
			resp.Diagnostics.Append(problem.at(path.Root("adopt_existing")))
			return
		}
	}
	// The person is in the account: from here on the state says so, whatever fails.
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), user.ID)...)
	resp.Diagnostics.Append(rememberRole(ctx, req.Config, resp.Private)...)
	if !existing {
		// Somebody whom Fivetran knows from another account keeps the name they have there.
		if problem := changes.update(ctx, shown, change); problem != nil {
			resp.Diagnostics.AddWarning("Invited With Other Details", "Fivetran invited the person, but with other details than configured, and did not change them when asked to. "+
				"The next plan shows the difference.\n\n"+problem.detail)
		}
	}
}

func (r *fivetranUserInvite) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state inviteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Read, &resp.Diagnostics)
	defer cancel()

	// Also where there is no such person: the framework wants an identity of whatever was read.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	user, err := client.SharedUser(ctx, state.ID.ValueString())
	switch {
	case fivetran.NotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("Unable to Read Fivetran User", "The state is left as it is. "+fivetranService.explain(client, err))
	case user.Email == nil && state.Email.IsNull():
		resp.Diagnostics.AddError("Fivetran User Has No Address", "The user "+user.ID+" is a service account. Only people, who have an address, are managed by this resource.")
	default:
		state.refresh(user)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

func (r *fivetranUserInvite) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state inviteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, plan.Timeouts.Update, &resp.Diagnostics)
	defer cancel()

	changes := r.changes(client, &resp.Diagnostics)
	if problem := changes.update(ctx, state, plan.change(state)); problem != nil {
		resp.Diagnostics.Append(problem.at(path.Empty()))
		return
	}
	if plan.Role.IsNull() && !state.Role.IsNull() {
		if problem := changes.clearRole(ctx, state); problem != nil {
			resp.Diagnostics.Append(problem.at(path.Root("role")))
			// What was changed before this is true and stays in state.
			plan.Role = state.Role
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(rememberRole(ctx, req.Config, resp.Private)...)
	}
}

func (r *fivetranUserInvite) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state inviteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limited(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	if problem := r.changes(client, &resp.Diagnostics).remove(ctx, state); problem != nil {
		resp.Diagnostics.Append(problem.at(path.Empty()))
	}
}

// limited gives an operation the time that its timeout allows.
func limited(ctx context.Context, timeout func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit, problems := timeout(ctx, defaultOperationTimeout)
	diags.Append(problems...)
	return context.WithTimeout(ctx, limit)
}

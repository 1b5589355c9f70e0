// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

func newFivetranUserInvite() resource.Resource { return &fivetranUserInvite{} }

// fivetranUserInvite is a person in the Fivetran account, from the invite to
// the deletion.
type fivetranUserInvite struct{ clients *clients }

var (
	_ resource.ResourceWithConfigure   = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithImportState = (*fivetranUserInvite)(nil)
	_ resource.ResourceWithModifyPlan  = (*fivetranUserInvite)(nil)
)

func (r *fivetranUserInvite) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_fivetran_user_invite"
}

func (r *fivetranUserInvite) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.clients, _ = req.ProviderData.(*clients)
}

func (r *fivetranUserInvite) client(diags *diag.Diagnostics) (*fivetran.Client, bool) {
	return fiveTran.client(r.clients, "resource datastack_fivetran_user_invite", diags)
}

// ModifyPlan stops a plan that could not be applied for want of a key, and
// plans the role.
func (r *fivetranUserInvite) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.clients != nil {
		if problem := r.clients.fivetran.problem; problem == nil || !problem.later {
			r.client(&resp.Diagnostics)
		}
	}
	planRole(ctx, req, resp)
}

func (r *fivetranUserInvite) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan inviteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	user, problem := invite(ctx, client, plan.invitation())
	if problem != nil {
		resp.Diagnostics.AddAttributeError(path.Root("email"), problem.summary, problem.detail)
		return
	}
	// From here on the person is in the account, so the state is written first.
	shown := plan
	shown.refresh(user)
	plan.take(user)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(rememberRole(ctx, req.Config, resp.Private)...)

	// Somebody whom Fivetran knows from another account keeps the name they have there.
	if change := plan.change(shown); change != (fivetran.Change{}) {
		if _, err := client.UpdateUser(ctx, user.ID, change); err != nil {
			resp.Diagnostics.AddWarning("Invited With Other Details", "Fivetran invited the person, but with other details than configured, and did not change them when asked to. "+
				"The next plan shows the difference.\n\n"+fiveTran.explain(client, err))
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
	user, err := client.User(ctx, state.ID.ValueString())
	switch {
	case fivetran.NotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("Unable to Read Fivetran User", "The state is left as it is. "+fiveTran.explain(client, err))
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
	id := state.ID.ValueString()
	if change := plan.change(state); change != (fivetran.Change{}) {
		if _, err := client.UpdateUser(ctx, id, change); err != nil {
			resp.Diagnostics.AddError("Unable to Change Fivetran User", fiveTran.explain(client, err))
			return
		}
	}
	if plan.Role.IsNull() && !state.Role.IsNull() {
		if err := client.ClearRole(ctx, id); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("role"), "Unable to Clear Role of Fivetran User", fiveTran.explain(client, err))
			// What was changed before this is true and stays in state.
			plan.Role = state.Role
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
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
	id := state.ID.ValueString()
	err := client.DeleteUser(ctx, id)
	if err == nil || fivetran.NotFound(err) {
		return
	}
	if rest.Lost(err) {
		settling, cancel := settlingContext(ctx)
		defer cancel()
		if _, after := client.User(settling, id); fivetran.NotFound(after) {
			return
		}
	}
	resp.Diagnostics.AddError("Unable to Delete Fivetran User", fiveTran.explain(client, err))
}

// ImportState takes the id of a user or their e-mail address.
func (r *fivetranUserInvite) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := strings.TrimSpace(req.ID)
	if strings.Contains(id, "@") {
		client, ok := r.client(&resp.Diagnostics)
		if !ok {
			return
		}
		user, err := client.UserByEmail(ctx, id)
		switch {
		case err != nil:
			resp.Diagnostics.AddError("Unable to List Fivetran Users", fiveTran.explain(client, err))
			return
		case user == nil:
			resp.Diagnostics.AddError("Fivetran User Not Found", inviteMissing(ctx, client, id))
			return
		}
		id = user.ID
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
)

func newFivetranUserInvite() resource.Resource { return &fivetranUserInvite{} }

// fivetranUserInvite is a user in the Fivetran account, from the invite to the
// deletion.
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

func (r *fivetranUserInvite) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan inviteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withTimeout(ctx, plan.Timeouts.Create, &resp.Diagnostics)
	defer cancel()
	defer r.clients.warnUnwritten(&resp.Diagnostics)

	result, problem := r.inviteOrAdopt(ctx, client, plan)
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	user := result.User
	// The user is in the account: from here on the state says so, whatever fails.
	state := plan
	state.complete(user)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), user.ID)...)
	resp.Diagnostics.Append(writePrivate(ctx, resp.Private, appliedKey, r.configured(ctx, req.Config, &resp.Diagnostics).applied(user, result.Differences))...)
	if result.Case == provisioning.Invited {
		// A user that Fivetran knows from another account keeps the details they have there.
		result = r.correct(ctx, client, user, plan, &resp.Diagnostics)
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, appliedKey, r.configured(ctx, req.Config, &resp.Diagnostics).applied(result.User, result.Differences))...)
	}
	if result.Case == provisioning.Adopted && plan.ID.IsUnknown() {
		resp.Diagnostics.AddAttributeWarning(path.Root("adopt_existing"), "Fivetran User Was Adopted", adoptedWarning(user))
	}
	if lines := contradictionLines(result.Differences); lines != "" {
		resp.Diagnostics.AddWarning("Fivetran User Details Differ", fmt.Sprintf("Fivetran accepted the details of %s, and did not take all of them:\n\n%s\n\nThe next plan shows the difference.", plan.Email.ValueString(), lines))
	}
}

// inviteOrAdopt brings a user into the account and the state.
func (r *fivetranUserInvite) inviteOrAdopt(ctx context.Context, client *fivetran.Client, plan inviteModel) (provisioning.Result, diag.Diagnostic) {
	users := r.clients.fivetranUsers
	email := strings.TrimSpace(plan.Email.ValueString())
	if id := plannedValue(plan.ID); id != nil {
		return r.adopt(ctx, client, *id, plan)
	}
	if plan.GivenName.ValueString() == "" || plan.FamilyName.ValueString() == "" {
		// Only with adopt_existing, where the address could not be looked up in the plan.
		user, found, err := users.Find(ctx, email)
		switch {
		case err != nil:
			return provisioning.Result{}, unableTo("Adopt", client, err).at(path.Root("email"))
		case found:
			return r.adopt(ctx, client, user.ID, plan)
		default:
			return provisioning.Result{}, missingName("given_name` and `family_name", email).at(path.Root("given_name"))
		}
	}
	result, err := users.Invite(ctx, provisioning.Invitation{Invitation: plan.invitation(), Adopts: plan.AdoptExisting.ValueBool()})
	switch {
	case result.Case == provisioning.Invited:
		return result, nil
	case result.Case != provisioning.AlreadyThere:
		return result, failedInvite(client, result, err, email, users.Invited()).at(path.Root("email"))
	case plan.AdoptExisting.ValueBool():
		return r.adopt(ctx, client, result.User.ID, plan)
	default:
		return result, userExists(result.User, r.clients.explains()).at(path.Root("email"))
	}
}

func (r *fivetranUserInvite) adopt(ctx context.Context, client *fivetran.Client, id string, plan inviteModel) (provisioning.Result, diag.Diagnostic) {
	email := strings.TrimSpace(plan.Email.ValueString())
	result, err := r.clients.fivetranUsers.Adopt(ctx, id, email, plan.wanted())
	switch {
	case err != nil:
		return result, failedChange(client, result, err, email, "adopt").at(path.Root("adopt_existing"))
	case result.Case == provisioning.Gone:
		return result, (&diagnosis{summary: "Fivetran User Not Found", detail: fmt.Sprintf("The plan adopts the user %s with the id %s, who is not in the account any more, or has another email address. Plan again.", email, id)}).at(path.Root("email"))
	case result.Case == provisioning.Taken:
		return result, conflictError(provisioning.Conflict{Kind: provisioning.TwoResources, Address: email, UserID: id}).at(path.Root("email"))
	}
	return result, nil
}

// correct changes, once, what Fivetran took otherwise when it invited the user.
// The user is invited, so that a failure is a warning: an error would have
// Terraform delete them with the next apply.
func (r *fivetranUserInvite) correct(ctx context.Context, client *fivetran.Client, user fivetran.User, plan inviteModel, diags *diag.Diagnostics) provisioning.Result {
	users := r.clients.fivetranUsers
	change := users.Corrections(ctx, user, plan.wanted())
	if change.Empty() {
		return provisioning.Result{User: user}
	}
	result, err := users.Update(ctx, user, change)
	if err != nil {
		diags.AddWarning("Fivetran User Details Differ", fmt.Sprintf("Fivetran invited %s, but with other details than configured, and did not change them when asked to. The next plan shows the difference.\n\n%s",
			plan.Email.ValueString(), failedChange(client, result, err, plan.Email.ValueString(), "change").detail))
	}
	return result
}

// configured is the configuration of the resource.
func (r *fivetranUserInvite) configured(ctx context.Context, from tfsdk.Config, diags *diag.Diagnostics) *inviteModel {
	var config inviteModel
	diags.Append(from.Get(ctx, &config)...)
	return &config
}

func (r *fivetranUserInvite) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state inviteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withTimeout(ctx, state.Timeouts.Read, &resp.Diagnostics)
	defer cancel()

	// Also where there is no such person: the framework wants an identity of whatever was read.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	r.clients.fivetranUsers.Read(state.ID.ValueString())
	user, err := client.SharedUser(ctx, state.ID.ValueString())
	switch {
	case fivetran.NotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("Unable to Read Fivetran User", "The state is left as it is. "+fivetranService.explain(client, err))
	case user.Email == nil && state.Email.IsNull():
		resp.Diagnostics.AddError("Fivetran User Has No Email Address", "The user "+user.ID+" is a service account. This resource manages only users with an email address.")
	default:
		var applied appliedInvite
		resp.Diagnostics.Append(readPrivate(ctx, req.Private, appliedKey, &applied)...)
		if former := state.Email.ValueString(); former != "" && !casefold.Same(former, orEmpty(user.Email)) {
			resp.Diagnostics.Append(writePrivate(ctx, resp.Private, formerEmailKey, former)...)
		}
		state.refresh(user, applied)
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
	ctx, cancel := withTimeout(ctx, plan.Timeouts.Update, &resp.Diagnostics)
	defer cancel()

	defer r.clients.warnUnwritten(&resp.Diagnostics)

	var applied appliedInvite
	resp.Diagnostics.Append(readPrivate(ctx, req.Private, appliedKey, &applied)...)
	result := provisioning.Result{User: state.user()}
	if change := plan.change(state, applied); !change.Empty() {
		var err error
		if result, err = r.clients.fivetranUsers.Update(ctx, state.user(), change); err != nil {
			what := "change"
			if change.Role != nil || change.ClearRole {
				what = changeRole
			}
			resp.Diagnostics.Append(failedChange(client, result, err, state.Email.ValueString(), what).at(path.Empty()))
			// What was changed before the failure is true and stays in the state.
			plan = state
			plan.refresh(result.User, applied)
		}
	}
	if lines := contradictionLines(result.Differences); lines != "" {
		// An error, as Terraform lets no state but the planned one pass without: it would say that the change was made.
		resp.Diagnostics.AddError("Fivetran User Details Differ", fmt.Sprintf("Fivetran accepted a change of %s, and did not make all of it:\n\n%s\n\nThe state has what Fivetran has.", state.Email.ValueString(), lines))
		plan = state
		plan.refresh(result.User, applied)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), state.ID)...)
	if !resp.Diagnostics.HasError() {
		remembered := r.configured(ctx, req.Config, &resp.Diagnostics).applied(result.User, result.Differences)
		if result.Case != provisioning.Changed {
			remembered.Stored = applied.Stored // nothing was sent, so nothing came back
		}
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, appliedKey, remembered)...)
	}
}

func (r *fivetranUserInvite) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state inviteModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withTimeout(ctx, state.Timeouts.Delete, &resp.Diagnostics)
	defer cancel()

	defer r.clients.warnUnwritten(&resp.Diagnostics)

	result, err := r.clients.fivetranUsers.Remove(ctx, state.ID.ValueString())
	switch {
	case err != nil:
		resp.Diagnostics.Append(failedChange(client, result, err, state.Email.ValueString(), "delete").at(path.Empty()))
	case result.Case == provisioning.Kept:
		resp.Diagnostics.AddWarning("Fivetran User Was Not Deleted", fmt.Sprintf("This run invited or adopted the user %s for the resource that replaces this one, so it did not delete the user. "+
			"To delete the user and invite them again, remove `create_before_destroy` from the resource.", state.Email.ValueString()))
	}
}

// withTimeout gives an operation the time that its timeout allows.
func withTimeout(ctx context.Context, timeout func(context.Context, time.Duration) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit, problems := timeout(ctx, defaultOperationTimeout)
	diags.Append(problems...)
	return context.WithTimeout(ctx, limit)
}

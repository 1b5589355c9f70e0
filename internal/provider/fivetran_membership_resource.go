// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
)

// fivetranMembership is one user in one team or group.
type fivetranMembership struct {
	resourceBase

	kind membershipKind
}

var (
	_ resource.ResourceWithConfigure   = (*fivetranMembership)(nil)
	_ resource.ResourceWithIdentity    = (*fivetranMembership)(nil)
	_ resource.ResourceWithImportState = (*fivetranMembership)(nil)
	_ resource.ResourceWithModifyPlan  = (*fivetranMembership)(nil)
)

func (r *fivetranMembership) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.kind.typeName()
}

func (r *fivetranMembership) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.kind.schema()
}

func (r *fivetranMembership) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = r.kind.identitySchema()
}

func (r *fivetranMembership) client(diags *diag.Diagnostics) (*fivetran.Client, bool) {
	return fivetranService.client(r.clients, "resource datastack_"+r.kind.typeName(), diags)
}

func (r *fivetranMembership) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := r.kind.read(ctx, req.Plan, &resp.Diagnostics)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultOperationTimeout)
	defer cancel()
	defer r.clients.warnUnwritten(&resp.Diagnostics)

	key, role := r.kind.key(plan), plan.role.ValueString()
	result, err := r.clients.fivetranMemberships.Add(ctx, key, role)
	if err != nil {
		resp.Diagnostics.Append(r.kind.failed(client, "Create", result, err).at(path.Empty()))
		return
	}
	resp.State.Raw = req.Plan.Raw
	r.kind.write(ctx, resp.Identity, key, &resp.Diagnostics)
	if shown := orEmpty(result.Membership.Role); !r.clients.fivetranUsers.SameRole(ctx, role, shown) {
		resp.Diagnostics.AddAttributeWarning(path.Root("role"), r.kind.roleDiffers(), r.kind.otherRole(key, role, shown)+" The next plan shows the difference.")
	}
}

func (r *fivetranMembership) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := r.kind.read(ctx, req.State, &resp.Diagnostics)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultOperationTimeout)
	defer cancel()

	key, known := r.kind.key(state), state.role.ValueString()
	// Also where there is no such membership: the framework wants an identity of whatever was read.
	r.kind.write(ctx, resp.Identity, key, &resp.Diagnostics)
	membership, err := r.clients.fivetranMemberships.Membership(ctx, key, known)
	switch {
	case fivetran.NotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("Unable to Read Fivetran "+r.kind.title+" Membership", "The state is left as it is. "+fivetranService.explain(client, err))
	case !r.clients.fivetranUsers.SameRole(ctx, known, orEmpty(membership.Role)):
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("role"), membership.Role)...)
	}
}

func (r *fivetranMembership) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := r.kind.read(ctx, req.Plan, &resp.Diagnostics), r.kind.read(ctx, req.State, &resp.Diagnostics)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultOperationTimeout)
	defer cancel()
	defer r.clients.warnUnwritten(&resp.Diagnostics)

	r.kind.write(ctx, resp.Identity, r.kind.key(state), &resp.Diagnostics)
	role := plan.role.ValueString()
	result, err := r.clients.fivetranMemberships.ChangeRole(ctx, r.kind.membership(state), role)
	if err != nil {
		resp.Diagnostics.Append(r.kind.failed(client, "Change", result, err).at(path.Root("role")))
		return
	}
	if shown := orEmpty(result.Membership.Role); !r.clients.fivetranUsers.SameRole(ctx, role, shown) {
		// An error, as Terraform lets no state but the planned one pass without: it would say that the change was made.
		resp.Diagnostics.AddAttributeError(path.Root("role"), r.kind.roleDiffers(), r.kind.otherRole(r.kind.key(state), role, shown)+" The state has what Fivetran has.")
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("role"), shown)...)
		return
	}
	resp.State.Raw = req.Plan.Raw
}

func (r *fivetranMembership) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := r.kind.read(ctx, req.State, &resp.Diagnostics)
	client, ok := r.client(&resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultOperationTimeout)
	defer cancel()
	defer r.clients.warnUnwritten(&resp.Diagnostics)

	result, err := r.clients.fivetranMemberships.Remove(ctx, r.kind.membership(state))
	switch {
	case err != nil:
		resp.Diagnostics.Append(r.kind.failed(client, "Delete", result, err).at(path.Empty()))
	case result.Case == provisioning.Kept:
		resp.Diagnostics.AddWarning("Fivetran "+r.kind.title+" Membership Was Not Deleted", fmt.Sprintf("This run created or adopted the membership of %s for the resource that replaces this one, so it did not delete it.", r.kind.describe(r.kind.key(state))))
	}
}

// ImportState takes the two ids, with a slash between them, or from Terraform
// 1.12 on the identity.
func (r *fivetranMembership) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client, ok := r.client(&resp.Diagnostics)
	if !ok {
		return
	}
	parent, user, _ := strings.Cut(strings.TrimSpace(req.ID), "/")
	if req.ID == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.kind.parent), &parent)...)
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("user_id"), &user)...)
	}
	if !fivetranID.MatchString(parent) || !fivetranID.MatchString(user) {
		resp.Diagnostics.AddError("Invalid Import ID", fmt.Sprintf("Import a membership by the id of the %[1]s and the id of the user, such as `cheery_owl/nozzle_eat`. Find them with the data source datastack_fivetran_%[1]ss.", r.kind.noun))
		return
	}
	key := fivetran.MembershipKey{In: r.kind.in, ID: parent, UserID: user}
	_, err := r.clients.fivetranMemberships.Membership(ctx, key, "")
	switch {
	case fivetran.NotFound(err):
		resp.Diagnostics.AddError("Fivetran "+r.kind.title+" Membership Not Found", fmt.Sprintf("There is no membership of %s. Find the members of a %[2]s with the data source datastack_fivetran_%[2]ss.", r.kind.describe(key), r.kind.noun))
	case err != nil:
		resp.Diagnostics.AddError("Unable to Read Fivetran "+r.kind.title+" Membership", fivetranService.explain(client, err))
	default:
		r.kind.write(ctx, &resp.State, key, &resp.Diagnostics)
		r.kind.write(ctx, resp.Identity, key, &resp.Diagnostics)
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ModifyPlan shows in the plan what applying will do to memberships, and stops a
// plan that would fail. Terraform calls it again while applying, for what is
// created or changed.
func (r *fivetranMembership) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.clients == nil || r.clients.fivetran.missing != nil && r.clients.fivetran.missing.later {
		return
	}
	client, ok := r.client(&resp.Diagnostics)
	if !ok {
		return
	}
	p := &membershipPlan{
		kind: r.kind, memberships: r.clients.fivetranMemberships, users: r.clients.fivetranUsers, client: client, req: req, resp: resp,
		state: r.kind.read(ctx, req.State, &resp.Diagnostics), plan: r.kind.read(ctx, req.Plan, &resp.Diagnostics),
	}
	switch {
	case resp.Diagnostics.HasError():
	case req.Plan.Raw.IsNull():
		p.leaves(ctx, provisioning.Delete)
	case req.State.Raw.IsNull():
		p.creation(ctx)
	default:
		p.change(ctx)
	}
}

// membershipPlan is the plan for one resource.
type membershipPlan struct {
	kind        membershipKind
	memberships *provisioning.Memberships
	users       *provisioning.Fivetran
	client      *fivetran.Client
	state, plan membershipModel
	req         resource.ModifyPlanRequest
	resp        *resource.ModifyPlanResponse
}

func (p *membershipPlan) refuse(at path.Path, problem *diagnosis) {
	p.resp.Diagnostics.Append(problem.at(at))
}

func (p *membershipPlan) warn(at path.Path, summary, detail string) {
	p.resp.Diagnostics.AddAttributeWarning(at, summary, detail)
}

// notes notes what becomes of the membership in the state. It returns false where
// the plan ends here.
func (p *membershipPlan) notes(fate provisioning.Fate) bool {
	key := p.kind.key(p.state)
	id := provisioning.MembershipID(key)
	if conflict := p.memberships.PlanUser(provisioning.Planned{ID: id, Address: id, Fate: fate}); conflict != nil {
		p.refuse(path.Empty(), p.kind.conflictError(conflict.Kind, key))
		return false
	}
	return true
}

// leaves plans that a membership ends, with or without another one in place.
func (p *membershipPlan) leaves(ctx context.Context, fate provisioning.Fate) {
	if p.notes(fate) && p.state.role.ValueString() == fivetran.TeamManager {
		p.warnOfLastManager(ctx)
	}
}

// change plans what becomes of a membership that is in the state.
func (p *membershipPlan) change(ctx context.Context) {
	p.resp.Diagnostics.Append(writePrivate(ctx, p.resp.Private, replacesKey, provisioning.MembershipID(p.kind.key(p.state)))...)
	if !p.plan.parent.Equal(p.state.parent) || !p.plan.user.Equal(p.state.user) {
		p.leaves(ctx, provisioning.Replace)
		return
	}
	role := p.plan.role
	switch {
	case !p.notes(provisioning.Keep), role.Equal(p.state.role), role.IsUnknown():
	case p.state.role.ValueString() != "" && p.users.SameRole(ctx, role.ValueString(), p.state.role.ValueString()):
		p.resp.Diagnostics.Append(p.resp.Plan.SetAttribute(ctx, path.Root("role"), p.state.role)...)
	default:
		p.checkRole(ctx)
		if p.state.role.ValueString() == fivetran.TeamManager {
			p.warnOfLastManager(ctx)
		}
	}
}

// creation plans that a user becomes a member.
func (p *membershipPlan) creation(ctx context.Context) {
	p.checkRole(ctx)
	if p.plan.parent.IsUnknown() || p.plan.user.IsUnknown() {
		p.parentExists(ctx)
		return
	}
	key := p.kind.key(p.plan)
	id := provisioning.MembershipID(key)
	creation := provisioning.Creation{Address: id, UserID: id}
	p.resp.Diagnostics.Append(readPrivate(ctx, p.req.Private, replacesKey, &creation.Replaces)...)
	if conflict := p.memberships.PlanCreation(creation); conflict != nil {
		p.refuse(path.Empty(), p.kind.conflictError(conflict.Kind, key))
		return
	}
	if p.memberships.Applying() || !p.parentExists(ctx) || !p.userExists(ctx) {
		return
	}
	membership, found, err := p.memberships.Find(ctx, key)
	switch {
	case err != nil:
		p.doubt(p.kind.parent, "Unable to Read Fivetran "+p.kind.title+" Membership", err)
	case found && creation.Replaces != id && !p.users.SameRole(ctx, p.plan.role.ValueString(), orEmpty(membership.Role)):
		p.warn(path.Root("role"), "Fivetran "+p.kind.title+" Membership Will Be Adopted", fmt.Sprintf("The user is in the %s already: applying adopts the membership of %s, and changes the role:\n\n  role: %s → %s\n\n"+
			"From then on, destroying this resource ends the membership.", p.kind.noun, p.kind.describe(key), quoteOrNone(membership.Role), quoteOrNone(p.plan.role.ValueStringPointer())))
	}
}

// doubt is a lookup that failed: for a key that is not allowed to read, Fivetran
// says on apply what is wrong.
func (p *membershipPlan) doubt(attribute, summary string, err error) {
	if rest.Status(err) != http.StatusForbidden {
		p.refuse(path.Root(attribute), &diagnosis{summary: summary, detail: "To plan a membership, the provider looks it up. " + fivetranService.explain(p.client, err)})
	}
}

func (p *membershipPlan) checkRole(ctx context.Context) {
	if p.kind.roleScope != "" && !p.plan.role.IsUnknown() {
		checkRole(ctx, p.client, p.kind.roleScope, p.plan.role.ValueString(), &p.resp.Diagnostics)
	}
}

// parentExists refuses an id that no team or group has. It returns false where
// the plan ends here.
func (p *membershipPlan) parentExists(ctx context.Context) bool {
	if p.plan.parent.IsUnknown() {
		return true
	}
	given := p.plan.parent.ValueString()
	parents, err := p.kind.parents(ctx, p.client)
	switch {
	case err != nil:
		p.doubt(p.kind.parent, "Unable to List Fivetran "+p.kind.title+"s", err)
		return rest.Status(err) == http.StatusForbidden
	case slices.ContainsFunc(parents, func(parent membershipParent) bool { return parent.id == given }):
		return true
	}
	p.refuse(path.Root(p.kind.parent), p.kind.unknownParent(given, parents))
	return false
}

// userExists refuses an id that no user of the account has, and warns of a user
// who cannot use the membership. It returns false where the plan ends here.
func (p *membershipPlan) userExists(ctx context.Context) bool {
	at, given := path.Root("user_id"), p.plan.user.ValueString()
	user, err := p.client.SharedUser(ctx, given)
	switch {
	case fivetran.NotFound(err):
		detail := fmt.Sprintf("No user of the account has the id %q. Find ids with the data source datastack_fivetran_users.", given)
		if user, err := p.client.UserByEmail(ctx, given); err == nil {
			detail = fmt.Sprintf("%q is an email address. Write the id of the user:\n\n  user_id = %q", given, user.ID)
		}
		p.refuse(at, &diagnosis{summary: "Fivetran User Not Found", detail: detail})
		return false
	case err != nil:
		p.doubt("user_id", "Unable to Read Fivetran User", err)
		return rest.Status(err) == http.StatusForbidden
	case orEmpty(user.Status()) == string(rest.UserInactive):
		p.warn(at, "Fivetran User Is Suspended", fmt.Sprintf("The user %s is suspended and cannot log in. Applying creates the membership all the same. Only an administrator can lift the suspension, in Fivetran.", given))
	}
	return true
}

// warnOfLastManager warns of a team that has no manager afterwards. Where the
// members cannot be read, there is no warning.
func (p *membershipPlan) warnOfLastManager(ctx context.Context) {
	if last, err := p.memberships.LastManager(ctx, p.kind.key(p.state)); err != nil || !last {
		return
	}
	p.resp.Diagnostics.AddWarning("Fivetran Team Loses Its Last Manager", fmt.Sprintf("The user %q is the last Team Manager of the team %q. After applying, only users who can manage all teams of the account can manage it.",
		p.state.user.ValueString(), p.state.parent.ValueString()))
}

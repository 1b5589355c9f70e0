// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// membershipKind is what differs between memberships in teams and in groups.
type membershipKind struct {
	in fivetran.Collection
	// noun and title are "team" and "Team".
	noun, title string
	// parent is the attribute with the id of the team or group.
	parent         string
	doc, parentDoc string
	role           schema.StringAttribute
	// roleScope is the scope of the roles, "" for a closed set of them.
	roleScope fivetran.RoleScope
	// parents lists the teams or groups.
	parents func(context.Context, *fivetran.Client) ([]membershipParent, error)
}

// membershipParent is a team or group.
type membershipParent struct{ id, name string }

// typeName is the name of the resource, without the provider's prefix.
func (k membershipKind) typeName() string { return "fivetran_" + k.noun + "_membership" }

// schema is that of the resource.
func (k membershipKind) schema() schema.Schema {
	replaces := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	filled := []validator.String{trimmed{}}
	return schema.Schema{
		MarkdownDescription: k.doc,
		Attributes: map[string]schema.Attribute{
			k.parent:  schema.StringAttribute{Required: true, Validators: filled, PlanModifiers: replaces, MarkdownDescription: k.parentDoc},
			"user_id": schema.StringAttribute{Required: true, Validators: filled, PlanModifiers: replaces, MarkdownDescription: "Id of the user, such as the `id` of a `datastack_fivetran_user_invite`. Another user replaces the membership."},
			"role":    k.role,
		},
	}
}

// identitySchema is what names a membership in import blocks of Terraform 1.12
// and later, and in what terraform query finds.
func (k membershipKind) identitySchema() identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		k.parent:  identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the " + k.noun + "."},
		"user_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the user."},
	}}
}

// membershipModel is a state, plan or configuration.
type membershipModel struct{ parent, user, role types.String }

// attributeReader and attributeWriter are states, plans, configurations and
// identities.
type attributeReader interface {
	GetAttribute(ctx context.Context, at path.Path, into any) diag.Diagnostics
}

type attributeWriter interface {
	SetAttribute(ctx context.Context, at path.Path, value any) diag.Diagnostics
}

func (k membershipKind) read(ctx context.Context, from attributeReader, diags *diag.Diagnostics) (m membershipModel) {
	diags.Append(from.GetAttribute(ctx, path.Root(k.parent), &m.parent)...)
	diags.Append(from.GetAttribute(ctx, path.Root("user_id"), &m.user)...)
	diags.Append(from.GetAttribute(ctx, path.Root("role"), &m.role)...)
	return m
}

// write writes all but the role.
func (k membershipKind) write(ctx context.Context, to attributeWriter, key fivetran.MembershipKey, diags *diag.Diagnostics) {
	diags.Append(to.SetAttribute(ctx, path.Root(k.parent), key.ID)...)
	diags.Append(to.SetAttribute(ctx, path.Root("user_id"), key.UserID)...)
}

// key is the membership of a model, in which both ids are known.
func (k membershipKind) key(m membershipModel) fivetran.MembershipKey {
	return fivetran.MembershipKey{In: k.in, ID: m.parent.ValueString(), UserID: m.user.ValueString()}
}

// membership is the one of a model, with its role.
func (k membershipKind) membership(m membershipModel) fivetran.Membership {
	return fivetran.Membership{MembershipKey: k.key(m), Role: m.role.ValueStringPointer()}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

func (r *fivetranUserInvite) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	// What Fivetran alone decides is planned as it was: anything that depends
	// on the id of a person must not wait for a change of their name.
	keepText := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	keepFlag := []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()}
	filled := []validator.String{notBlank{}}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person in the Fivetran account: invited on create, deleted on destroy. " +
			"An address is invited once, whatever the network does; somebody who is in the account already is an error that says how to import them, or is taken over with `adopt_existing`. " +
			"Deleting removes the person from this account with all roles and team memberships; their connections keep running. " +
			"Refused, before anything is sent: deleting or demoting the owner of the API key in use, and the last active Account Administrator.",
		Attributes: map[string]schema.Attribute{
			"email": schema.StringAttribute{
				CustomType: emailType{}, Required: true, Validators: []validator.String{emailAddress{}},
				MarkdownDescription: "Address that the invite is sent to. Compared without case; another address is another person and replaces this one.",
				PlanModifiers:       []planmodifier.String{keepSameAddress{}, stringplanmodifier.RequiresReplace()},
			},
			"given_name":  schema.StringAttribute{Required: true, Validators: filled, MarkdownDescription: "Given name."},
			"family_name": schema.StringAttribute{Required: true, Validators: filled, MarkdownDescription: "Family name."},
			"role": schema.StringAttribute{
				Optional: true, Computed: true, Validators: filled, PlanModifiers: keepText,
				MarkdownDescription: "Name of an account role, such as `Account Reviewer`. It is checked while planning, where the key may read roles (ROLES:READ). " +
					"Left out, the role is not managed: the one that Fivetran tells is shown. Removed after Terraform set it, it is cleared.",
			},
			"phone":   schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Phone number. Left out, it is not managed; removed, it is cleared."},
			"picture": schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Picture, as a URL or a data URI. Left out, it is not managed; removed, it is cleared."},
			"adopt_existing": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Take over a person who is in the account already, and bring them to this configuration. They are deleted on destroy like all others. Default `false`: such a person is an error.",
			},
			"id":           schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "Id that Fivetran gave the user."},
			"status":       schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "`invited`: has not accepted yet. `active`: may log in. `inactive`: suspended."},
			"invited":      schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the invite has not been accepted yet."},
			"verified":     schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the person has activated the account."},
			"active":       schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the user is not suspended."},
			"created_at":   schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the user was invited."},
			"logged_in_at": schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the person last logged in; null for never."},
			"timeouts":     timeouts.Attributes(ctx, timeouts.Opts{Create: true, Read: true, Update: true, Delete: true}),
		},
	}
}

// IdentitySchema is what names a person in import blocks of Terraform 1.12 and
// later, and in what terraform query finds.
func (r *fivetranUserInvite) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"user_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id that Fivetran gave the user."},
	}}
}

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
	// on the id of a user must not wait for a change of their name.
	keepText := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	keepFlag := []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()}
	filled := []validator.String{trimmed{}}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A user of the Fivetran account: invited on create, deleted on destroy. " +
			"Each address is invited once, whatever the network does. If the user already exists, the plan fails and prints the import command; to adopt the user instead, set `adopt_existing`. " +
			"Deleting removes the user from this account with all roles and team memberships; their connections keep running. " +
			"The provider refuses to delete or demote the owner of the API key in use, and the last active Account Administrator. A system key needs the scopes `USER:READ` and `USER:MANAGE`, and `ROLES:READ` to check roles in the plan.",
		Attributes: map[string]schema.Attribute{
			"email": schema.StringAttribute{
				CustomType: emailType{}, Required: true, Validators: []validator.String{emailAddress{}},
				MarkdownDescription: "Email address that Fivetran sends the invite to, compared without case. Another address is another user, and replaces this one. If the address changes in Fivetran, the plan fails and prints what to write.",
				PlanModifiers:       []planmodifier.String{keepSameAddress{}, stringplanmodifier.RequiresReplace()},
			},
			"given_name": schema.StringAttribute{
				Optional: true, Computed: true, Validators: filled, PlanModifiers: keepText,
				MarkdownDescription: "Given name. Required for a new user. If you leave it out for a user who is in the account already, it is not managed.",
			},
			"family_name": schema.StringAttribute{
				Optional: true, Computed: true, Validators: filled, PlanModifiers: keepText,
				MarkdownDescription: "Family name. Required for a new user. If you leave it out for a user who is in the account already, it is not managed.",
			},
			"role": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{roleName{}}, PlanModifiers: keepText,
				MarkdownDescription: "Name of an account role, such as `Account Reviewer`. The plan checks it, if the key has the scope `ROLES:READ`. " +
					"If you leave it out, the role is not managed, and the state shows the one in Fivetran. `\"\"` means no account role, and clears one. " +
					"Removed from the configuration after Terraform set it, the role is cleared; where Terraform cannot know whether it did, after an import, the plan warns.",
			},
			"phone":   schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Phone number. Left out, it is not managed; removed after Terraform set it, it is cleared. Fivetran's documentation does not describe clearing: if Fivetran does not do it, apply fails and says so."},
			"picture": schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Picture, as a URL or a data URI. Left out, it is not managed; removed after Terraform set it, it is cleared, as the phone number is."},
			"adopt_existing": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Whether to adopt a user who is in the account already, and bring them to this configuration. The plan shows who it is and what will change. The user is deleted on destroy like all others. Default `false`: such a user is an error.",
			},
			"id":           schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "Id that Fivetran gave the user."},
			"status":       schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "`invited`: has not accepted yet. `active`: may log in. `inactive`: suspended."},
			"invited":      schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the invite has not been accepted yet."},
			"verified":     schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the user has activated the account."},
			"active":       schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the user is not suspended."},
			"created_at":   schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the user was invited."},
			"logged_in_at": schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the user last logged in; null for never."},
			"timeouts":     timeouts.Attributes(ctx, timeouts.Opts{Create: true, Read: true, Update: true, Delete: true}),
		},
	}
}

// IdentitySchema is what names a user in import blocks of Terraform 1.12 and
// later, and in what terraform query finds.
func (r *fivetranUserInvite) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"user_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id that Fivetran gave the user."},
	}}
}

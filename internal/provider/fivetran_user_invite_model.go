// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// inviteModel is the state of a fivetran_user_invite.
type inviteModel struct {
	ID         types.String `tfsdk:"id"`
	Email      emailValue   `tfsdk:"email"`
	GivenName  types.String `tfsdk:"given_name"`
	FamilyName types.String `tfsdk:"family_name"`
	Role       types.String `tfsdk:"role"`
	Phone      types.String `tfsdk:"phone"`
	Picture    types.String `tfsdk:"picture"`
	Status     types.String `tfsdk:"status"`
	Invited    types.Bool   `tfsdk:"invited"`
	Verified   types.Bool   `tfsdk:"verified"`
	Active     types.Bool   `tfsdk:"active"`
	CreatedAt  types.String `tfsdk:"created_at"`
	LoggedInAt types.String `tfsdk:"logged_in_at"`
}

func (r *fivetranUserInvite) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	// What Fivetran alone decides is planned as it was: anything that depends
	// on the id of a person must not wait for a change of their name.
	keepText := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	keepFlag := []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()}
	filled := []validator.String{notEmpty}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person in the Fivetran account: invited on create, deleted on destroy. " +
			"An address is invited once; somebody who is in the account already is an error that says how to import them. " +
			"Deleting removes the person from this account with all roles and team memberships; their connections keep running.",
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
				MarkdownDescription: "Name of an account role, such as `Account Reviewer`. Left out, the role is not managed: the one that Fivetran tells is shown. Removed after Terraform set it, it is cleared.",
			},
			"phone":        schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Phone number. Left out, it is not managed; removed, it is cleared."},
			"picture":      schema.StringAttribute{Optional: true, Validators: filled, MarkdownDescription: "Picture, as a URL or a data URI. Left out, it is not managed; removed, it is cleared."},
			"id":           schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "Id that Fivetran gave the user."},
			"status":       schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "`invited`: has not accepted yet. `active`: may log in. `inactive`: suspended."},
			"invited":      schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the invite has not been accepted yet."},
			"verified":     schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the person has activated the account."},
			"active":       schema.BoolAttribute{Computed: true, PlanModifiers: keepFlag, MarkdownDescription: "Whether the user is not suspended."},
			"created_at":   schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the user was invited."},
			"logged_in_at": schema.StringAttribute{Computed: true, PlanModifiers: keepText, MarkdownDescription: "When the person last logged in; null for never."},
		},
	}
}

// invitation is what Create sends.
func (m *inviteModel) invitation() fivetran.Invitation {
	invitation := fivetran.Invitation{
		Email:      strings.TrimSpace(m.Email.ValueString()),
		GivenName:  m.GivenName.ValueString(),
		FamilyName: m.FamilyName.ValueString(),
		Phone:      m.Phone.ValueStringPointer(),
		Picture:    m.Picture.ValueStringPointer(),
	}
	// A role that is not configured is unknown until Fivetran tells it.
	if !m.Role.IsUnknown() {
		invitation.Role = m.Role.ValueStringPointer()
	}
	return invitation
}

// take fills in what only Fivetran knows about a person just invited, and
// keeps what was planned: Terraform accepts no other result.
func (m *inviteModel) take(user fivetran.User) {
	if m.Role.IsUnknown() {
		m.Role = types.StringPointerValue(user.Role)
	}
	m.ID = types.StringValue(user.ID)
	m.Status = types.StringPointerValue(user.Status())
	m.Invited = types.BoolPointerValue(user.Invited)
	m.Verified = types.BoolPointerValue(user.Verified)
	m.Active = types.BoolPointerValue(user.Active)
	m.CreatedAt = types.StringPointerValue(user.CreatedAt)
	m.LoggedInAt = types.StringPointerValue(user.LoggedInAt)
}

// refresh takes what Fivetran says. A phone number or picture that people set
// themselves is theirs: it is shown only if Terraform set one, or on import.
func (m *inviteModel) refresh(user fivetran.User) {
	imported := m.Email.IsNull()
	m.take(user)
	m.Email = emailValue{types.StringPointerValue(user.Email)}
	m.GivenName = types.StringPointerValue(user.GivenName)
	m.FamilyName = types.StringPointerValue(user.FamilyName)
	m.Role = types.StringPointerValue(user.Role)
	if imported || !m.Phone.IsNull() {
		m.Phone = types.StringPointerValue(user.Phone)
	}
	if imported || !m.Picture.IsNull() {
		m.Picture = types.StringPointerValue(user.Picture)
	}
}

// change is what has to be sent to get from one state to this one. Taking a
// role away is not part of it: that is a request of its own.
func (m *inviteModel) change(before inviteModel) (change fivetran.Change) {
	if !m.GivenName.Equal(before.GivenName) {
		change.GivenName = m.GivenName.ValueStringPointer()
	}
	if !m.FamilyName.Equal(before.FamilyName) {
		change.FamilyName = m.FamilyName.ValueStringPointer()
	}
	if !m.Role.Equal(before.Role) {
		change.Role = m.Role.ValueStringPointer()
	}
	if !m.Phone.Equal(before.Phone) {
		change.Phone = fivetran.To(m.Phone.ValueStringPointer())
	}
	if !m.Picture.Equal(before.Picture) {
		change.Picture = fivetran.To(m.Picture.ValueStringPointer())
	}
	return change
}

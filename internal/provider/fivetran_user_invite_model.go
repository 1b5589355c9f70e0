// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// inviteModel is the state of a fivetran_user_invite.
type inviteModel struct {
	ID            types.String   `tfsdk:"id"`
	Email         emailValue     `tfsdk:"email"`
	GivenName     types.String   `tfsdk:"given_name"`
	FamilyName    types.String   `tfsdk:"family_name"`
	Role          types.String   `tfsdk:"role"`
	Phone         types.String   `tfsdk:"phone"`
	Picture       types.String   `tfsdk:"picture"`
	AdoptExisting types.Bool     `tfsdk:"adopt_existing"`
	Status        types.String   `tfsdk:"status"`
	Invited       types.Bool     `tfsdk:"invited"`
	Verified      types.Bool     `tfsdk:"verified"`
	Active        types.Bool     `tfsdk:"active"`
	CreatedAt     types.String   `tfsdk:"created_at"`
	LoggedInAt    types.String   `tfsdk:"logged_in_at"`
	Timeouts      timeouts.Value `tfsdk:"timeouts"`
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
	m.Status = types.StringPointerValue((*string)(user.Status()))
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
	if m.AdoptExisting.IsNull() {
		m.AdoptExisting = types.BoolValue(false)
	}
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

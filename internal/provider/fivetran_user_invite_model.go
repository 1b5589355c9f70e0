// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
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

// decode reads a state, plan or configuration, all but what only Fivetran
// decides and the timeouts. It is how plans are read: the framework's own way
// takes a fifth of the time of a plan.
func (m *inviteModel) decode(raw tftypes.Value) error {
	if raw.IsNull() {
		return nil
	}
	var attributes map[string]tftypes.Value
	err := raw.As(&attributes)
	for name, value := range map[string]*types.String{
		"id": &m.ID, "email": &m.Email.StringValue, "status": &m.Status, "role": &m.Role,
		"given_name": &m.GivenName, "family_name": &m.FamilyName, "phone": &m.Phone, "picture": &m.Picture,
	} {
		var text *string
		if *value = types.StringUnknown(); attributes[name].IsKnown() {
			err = errors.Join(err, attributes[name].As(&text))
			*value = types.StringPointerValue(text)
		}
	}
	var adopts *bool
	if m.AdoptExisting = types.BoolUnknown(); attributes["adopt_existing"].IsKnown() {
		err = errors.Join(err, attributes["adopt_existing"].As(&adopts))
		m.AdoptExisting = types.BoolPointerValue(adopts)
	}
	return err
}

// details are the values of a configuration that Fivetran may store in another
// form, by the name of the field.
func (m *inviteModel) details() map[string]types.String {
	return map[string]types.String{
		provisioning.GivenName:  m.GivenName,
		provisioning.FamilyName: m.FamilyName,
		provisioning.Phone:      m.Phone,
		provisioning.Picture:    m.Picture,
	}
}

// wanted are the details that the plan names.
func (m *inviteModel) wanted() provisioning.Details {
	return provisioning.Details{
		GivenName: plannedValue(m.GivenName), FamilyName: plannedValue(m.FamilyName),
		Role: plannedValue(m.Role), Phone: plannedValue(m.Phone), Picture: plannedValue(m.Picture),
	}
}

// plannedValue is a value that is planned, nil for one that is left out, or that only
// the service knows.
func plannedValue(value types.String) *string {
	if value.IsUnknown() {
		return nil
	}
	return value.ValueStringPointer()
}

// invitation is what Create sends.
func (m *inviteModel) invitation() fivetran.Invitation {
	invitation := fivetran.Invitation{
		Email:      strings.TrimSpace(m.Email.ValueString()),
		GivenName:  m.GivenName.ValueString(),
		FamilyName: m.FamilyName.ValueString(),
		Phone:      plannedValue(m.Phone),
		Picture:    plannedValue(m.Picture),
	}
	if role := plannedValue(m.Role); role != nil && *role != "" {
		invitation.Role = role
	}
	return invitation
}

// complete fills in what only Fivetran knows about a user just invited or
// adopted, and keeps what was planned: Terraform accepts no other result.
func (m *inviteModel) complete(user fivetran.User) {
	if m.GivenName.IsUnknown() {
		m.GivenName = types.StringPointerValue(user.GivenName)
	}
	if m.FamilyName.IsUnknown() {
		m.FamilyName = types.StringPointerValue(user.FamilyName)
	}
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

// refresh takes what Fivetran says, except for a value that it only stores in
// another form. A phone number or picture is shown only if the configuration
// set one: those that users set themselves are theirs.
func (m *inviteModel) refresh(user fivetran.User, applied appliedInvite) {
	if m.AdoptExisting.IsNull() {
		m.AdoptExisting = types.BoolValue(false)
	}
	m.complete(user)
	m.Email = emailValue{types.StringPointerValue(user.Email)}
	if m.Role.IsNull() || m.Role.ValueString() != orEmpty(user.Role) {
		m.Role = types.StringPointerValue(user.Role)
	}
	take := func(field string, value *types.String) {
		if shown := types.StringPointerValue(userField(user, field)); !applied.same(field, *value, shown) {
			*value = shown
		}
	}
	take(provisioning.GivenName, &m.GivenName)
	take(provisioning.FamilyName, &m.FamilyName)
	if !m.Phone.IsNull() {
		take(provisioning.Phone, &m.Phone)
	}
	if !m.Picture.IsNull() {
		take(provisioning.Picture, &m.Picture)
	}
}

// change is what has to be sent to get from the state to the plan. A phone
// number or picture is cleared only where the configuration had set it.
func (m *inviteModel) change(state inviteModel, applied appliedInvite) (change provisioning.Change) {
	if !m.GivenName.Equal(state.GivenName) {
		change.GivenName = plannedValue(m.GivenName)
	}
	if !m.FamilyName.Equal(state.FamilyName) {
		change.FamilyName = plannedValue(m.FamilyName)
	}
	if !m.Phone.Equal(state.Phone) && (!m.Phone.IsNull() || applied.Phone) {
		change.Phone = fivetran.To(plannedValue(m.Phone))
	}
	if !m.Picture.Equal(state.Picture) && (!m.Picture.IsNull() || applied.Picture) {
		change.Picture = fivetran.To(plannedValue(m.Picture))
	}
	switch {
	case m.Role.ValueString() == state.Role.ValueString():
	case m.Role.ValueString() == "":
		change.ClearRole = true
	default:
		change.Role = plannedValue(m.Role)
	}
	return change
}

// user is the user that the state describes.
func (m *inviteModel) user() fivetran.User {
	return fivetran.User{
		ID: m.ID.ValueString(), Email: m.Email.ValueStringPointer(),
		GivenName: m.GivenName.ValueStringPointer(), FamilyName: m.FamilyName.ValueStringPointer(),
		Role: m.Role.ValueStringPointer(), Phone: m.Phone.ValueStringPointer(), Picture: m.Picture.ValueStringPointer(),
	}
}

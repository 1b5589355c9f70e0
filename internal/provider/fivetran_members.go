// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"

// fivetranMemberFields are what teams and groups tell of their members.
var fivetranMemberFields = fields[fivetran.Member]{
	text("user_id", "Id of the user.", func(m fivetran.Member) *string { return &m.UserID }),
	text("email", "Address, as Fivetran spells it; null for service accounts.", func(m fivetran.Member) *string { return m.Email }),
	text("role", "Role in the team or group.", func(m fivetran.Member) *string { return m.Role }),
}

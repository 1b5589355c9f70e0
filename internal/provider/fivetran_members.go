// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

// withUnreadMembers adds what could not be read of members to what could not be
// read of their team or group.
func withUnreadMembers(unread []string, members []fivetran.Member) []string {
	for _, member := range members {
		for _, gap := range member.Unread() {
			unread = append(unread, "member "+printable.Quote(member.UserID)+" "+gap)
		}
	}
	return unread
}

// fivetranMemberFields are the fields of a member of a team or group.
var fivetranMemberFields = table.Fields[fivetran.Member]{
	table.String("user_id", "Id of the user.", func(m fivetran.Member) *string { return &m.UserID }),
	table.String("email", "Email address, as Fivetran spells it. Null for service accounts.", func(m fivetran.Member) *string { return m.Email }),
	table.String("role", "Role in the team or group.", func(m fivetran.Member) *string { return m.Role }),
}

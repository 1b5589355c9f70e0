// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

var dbtcloudInviteFields = table.Fields[dbtcloud.Invite]{
	table.Int64("id", "Id of the invite.", func(i dbtcloud.Invite) *int64 { return &i.ID }),
	table.String("email", "Email address that the invite was sent to, as dbt Cloud spells it.", func(i dbtcloud.Invite) *string { return i.Email }),
	table.String("license_type", "License that the user gets, such as `developer`, `read_only`, `it` or `analyst`.", func(i dbtcloud.Invite) *dbtcloud.LicenseType { return i.LicenseType }),
	table.String("status", "`pending`, `redeemed`, `expired`, `pending_verification` (the email address is not verified yet) or `verified_sso` (single sign-on verified the email address). A number for a status that is newer than this provider.", func(i dbtcloud.Invite) *dbtcloud.InviteStatus { return i.Status }),
	table.String("type", "`standard`, or `scim` if an identity provider sent the invite.", func(i dbtcloud.Invite) *string { return i.Type }),
	table.Int64s("group_ids", "Ids of the groups that the user joins.", func(i dbtcloud.Invite) []int64 { return i.GroupIDs }),
	table.String("created_at", "When the invite was sent.", func(i dbtcloud.Invite) *string { return i.CreatedAt }),
	table.String("redeemed_at", "When the invite was redeemed. Null if it was not.", func(i dbtcloud.Invite) *string { return i.RedeemedAt }),
}

func newDBTCloudInvites() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_invites", table.List[*dbtcloud.Client, dbtcloud.Invite]{
		Nouns:  "dbt Cloud Invites",
		Doc:    "Lists the invites to the dbt Cloud account, sorted by id: pending, redeemed and expired. Who is invited becomes a user when the invite is redeemed. The token needs the permission set Account Viewer.",
		Result: "invites",
		Fields: dbtcloudInviteFields,
		Filters: []table.Filter[dbtcloud.Invite]{
			table.OneOf("statuses", "Only invites with one of these statuses.", table.Closed(
				dbtcloud.InvitePending, dbtcloud.InviteRedeemed, dbtcloud.InviteExpired, dbtcloud.InvitePendingVerification, dbtcloud.InviteVerifiedSSO),
				func(i dbtcloud.Invite) *dbtcloud.InviteStatus { return i.Status }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.Invite, error) {
			return c.Invites(ctx)
		},
	})
}

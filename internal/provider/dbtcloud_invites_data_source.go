// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newDBTCloudInvites() datasource.DataSource {
	return dbtcloudService.dataSource("dbtcloud_invites", table.List[*dbtcloud.Client, dbtcloud.Invite]{
		Nouns:  "dbt Cloud Invites",
		Doc:    "Invites to the dbt Cloud account, sorted by id: those that wait for an answer, and those that were redeemed or expired. A person is a user only once the invite is redeemed.",
		Result: "invites",
		Fields: table.Fields[dbtcloud.Invite]{
			table.Int64("id", "Id of the invite.", func(i dbtcloud.Invite) *int64 { return &i.ID }),
			table.String("email", "Address that was invited, as dbt Cloud spells it.", func(i dbtcloud.Invite) *string { return i.Email }),
			table.String("license_type", "Licence that the person is going to have, such as `developer`, `read_only`, `it` or `analyst`.", func(i dbtcloud.Invite) *dbtcloud.LicenseType { return i.LicenseType }),
			table.String("status", "`pending`, `redeemed`, `expired`, `pending_verification` (of the address) or `verified_sso` (address verified by single sign-on); a number where dbt Cloud has a newer status.", func(i dbtcloud.Invite) *dbtcloud.InviteStatus { return i.Status }),
			table.String("type", "`standard`, or `scim` when an identity provider invited.", func(i dbtcloud.Invite) *string { return i.Type }),
			table.Int64s("group_ids", "Ids of the groups that the person is going to be in.", func(i dbtcloud.Invite) []int64 { return i.GroupIDs }),
			table.String("created_at", "When the invite was sent.", func(i dbtcloud.Invite) *string { return i.CreatedAt }),
			table.String("redeemed_at", "When it was redeemed; null for never.", func(i dbtcloud.Invite) *string { return i.RedeemedAt }),
		},
		Filters: []table.Filter[dbtcloud.Invite]{
			table.OneOf("statuses", "Only invites with one of these statuses, such as `pending` and `expired`.", table.Exactly, func(i dbtcloud.Invite) *dbtcloud.InviteStatus { return i.Status }),
		},
		Read: func(ctx context.Context, c *dbtcloud.Client, _ table.Request) ([]dbtcloud.Invite, error) {
			return c.Invites(ctx)
		},
	})
}

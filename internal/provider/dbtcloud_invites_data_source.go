// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
)

func newDBTCloudInvites() datasource.DataSource {
	return &listDataSource[*dbtcloud.Client, dbtcloud.Invite]{
		service: dbtcloudService,
		name:    "dbtcloud_invites",
		nouns:   "dbt Cloud Invites",
		doc:     "Invites to the dbt Cloud account, sorted by id: those that wait for an answer, and those that were redeemed or expired. A person is a user only once the invite is redeemed.",
		result:  "invites",
		fields: fields[dbtcloud.Invite]{
			number("id", "Id of the invite.", func(i dbtcloud.Invite) *int64 { return &i.ID }),
			text("email", "Address that was invited, as dbt Cloud spells it.", func(i dbtcloud.Invite) *string { return i.Email }),
			text("license_type", "Licence that the person is going to have, such as `developer`, `read_only`, `it` or `analyst`.", func(i dbtcloud.Invite) *string { return (*string)(i.LicenseType) }),
			text("status", "`pending`, `redeemed`, `expired`, `pending_verification` (of the address) or `verified_sso` (address verified by single sign-on); a number where dbt Cloud has a newer status.", func(i dbtcloud.Invite) *string { return (*string)(i.Status) }),
			text("type", "`standard`, or `scim` when an identity provider invited.", func(i dbtcloud.Invite) *string { return i.Type }),
			numbers("group_ids", "Ids of the groups that the person is going to be in.", func(i dbtcloud.Invite) []int64 { return i.GroupIDs }),
			text("created_at", "When the invite was sent.", func(i dbtcloud.Invite) *string { return i.CreatedAt }),
			text("redeemed_at", "When it was redeemed; null for never.", func(i dbtcloud.Invite) *string { return i.RedeemedAt }),
		},
		filters: []filter[dbtcloud.Invite]{
			oneOf("statuses", "Only invites with one of these statuses, such as `pending` and `expired`.", exactly, func(i dbtcloud.Invite) *string { return (*string)(i.Status) }),
		},
		read: func(ctx context.Context, c *dbtcloud.Client, _ bool, _ warnFunc) ([]dbtcloud.Invite, error) {
			return c.Invites(ctx)
		},
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

func newFivetranGroupMembership() resource.Resource {
	return &fivetranMembership{kind: groupMembership}
}

func newFivetranGroupMembershipList() list.ListResource {
	return &fivetranMembershipList{fivetranMembership{kind: groupMembership}}
}

var groupMembership = membershipKind{
	in: fivetran.InGroup, noun: "group", title: "Group", parent: "group_id",
	doc: "One user in one group of the Fivetran account, which is one destination with its connections. Other members of the group are not touched, whoever manages them. " +
		"If the user is in the group already, the membership is adopted, and the user gets the configured role. A membership that is gone, with its user or group or without, is no error on destroy. " +
		"A system key needs the scopes `USER:MANAGE` and `DESTINATION:MANAGE`; recommended: `ROLES:READ` to check roles in the plan.",
	parentDoc: "Id of the group, which is also the id of its destination. Another group replaces the membership.",
	role: schema.StringAttribute{
		Required: true, Validators: []validator.String{trimmed{}},
		MarkdownDescription: "Name of a destination role, such as `View Destination`. The plan checks it, if the key has the scope `ROLES:READ`.",
	},
	roleScope: fivetran.DestinationScope,
	parents: func(ctx context.Context, client *fivetran.Client) ([]membershipParent, error) {
		groups, err := client.Groups(ctx)
		parents := make([]membershipParent, len(groups))
		for i, group := range groups {
			parents[i] = membershipParent{group.ID, orEmpty(group.Name)}
		}
		return parents, err
	},
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

func newGrants() datasource.DataSource {
	return &grants{allServices{name: "grants", permissions: true, lacking: lackingParts{
		invites:       "Rows of users who are invited to dbt Cloud are missing.",
		permissions:   "Rows of dbt Cloud with the resource type `account` or `project` are missing.",
		scimGroups:    "Rows of RudderStack for groups that it does not return with each user are missing, and those through groups in groups.",
		teams:         "Rows of Fivetran with the resource type `team` are missing, and those of roles and destinations that a team gives.",
		userGroups:    "Rows of Fivetran with the resource type `destination` and the via `direct` are missing.",
		teamGroups:    "Rows of Fivetran with the resource type `destination` that a team gives are missing.",
		fivetranNames: "`resource` is the id in rows of Fivetran with the resource type `destination`.",
	}}}
}

// grants is the data source for what everyone may do in all services.
type grants struct{ allServices }

func (d *grants) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := d.arguments()
	for _, filter := range grantFilters(identity.Aliases{}) {
		attributes[filter.Name] = filter.Attribute
	}
	attributes["grants"] = grantFields.ListAttribute("The grants found, `[]` if there are none.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists what everyone can do in dbt Cloud, RudderStack and Fivetran: one row for each license, group, team, role and permission set of a user, and for each way in which the user has it. " +
			"These are all *effective* grants: those given to the user *directly*, and those through groups and teams. " +
			"It sorts them by email address, then by service, user, and resource. " +
			"Users who cannot log in have rows too, as they keep their grants: `datastack_identities` has their status. A pending invite to dbt Cloud has the rows that the user will have. " +
			"It reads the same as `datastack_identities`: beside it, it sends no requests, unless dbt Cloud returns users without the permissions of their groups. Then it lists the groups. " + allServicesNote,
		Attributes: attributes,
	}
}

func (d *grants) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	r, ok := d.read(ctx, req.Config, &resp.Diagnostics)
	selection := grantFilters(r.aliases).Read(ctx, req.Config, &resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	all := identity.Grants(r.Sources, r.aliases)
	selection.WarnOfAbsent(all, table.Search{
		Nouns: "grants",
		Where: r.where,
		Elsewhere: func(filter string) (string, []string) {
			if filter == "emails" {
				return "people and invites", personAddresses(r)
			}
			return "roles", d.roleNames(ctx, r)
		},
	}, &resp.Diagnostics)
	table.SetState(ctx, req, resp, map[string]table.Value{"grants": grantFields.ListValue(selection.Of(all))})
}

// personAddresses returns the addresses of everyone, also of people without any
// grant, and those of invites.
func personAddresses(r reading) []string {
	people, _ := identity.Join(r.Sources, r.aliases)
	addresses := invitedAddresses(r.DBTCloudInvites)
	for _, person := range people {
		addresses = append(addresses, person.Email)
	}
	return addresses
}

// roleNames returns the names of the roles in Fivetran: one that no user has is no
// typing error.
func (d *grants) roleNames(ctx context.Context, r reading) []string {
	if r.FivetranUsers == nil {
		return nil
	}
	// What the key is not allowed to read is not searched.
	names, _ := fivetranRoleNames(ctx, d.Provider.fivetran.client)
	return names
}

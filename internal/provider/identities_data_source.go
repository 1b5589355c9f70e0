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

func newIdentities() datasource.DataSource {
	return &identities{allServices{name: "identities", lacking: lackingParts{
		invites:       "`people` does not include users who are invited to dbt Cloud.",
		scimGroups:    "`groups` has only the groups that RudderStack returns with each user. It is null for users that come without groups. `all_groups` is null.",
		teams:         "`teams`, `effective_roles` and `groups` are null for all people in Fivetran.",
		userGroups:    "`groups` is null for all people in Fivetran.",
		teamGroups:    "`groups` is null for all people in Fivetran.",
		fivetranNames: "`name` is null for all groups in Fivetran.",
	}}}
}

// identities is the data source for everyone in all services.
type identities struct{ allServices }

func (d *identities) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	emails := personEmails(identity.Aliases{})
	attributes := d.arguments()
	attributes[emails.Name] = emails.Attribute
	attributes["people"] = personFields.ListAttribute("The people found, `[]` if there are none.")
	attributes["unmatched"] = unmatchedFields.ListAttribute("Users that are not in `people`, sorted by service and name. `emails` does not filter them. They are service accounts, users without an email address, " +
		"members of Fivetran teams that are not in the list of users, and further users of one person in one service. " +
		"Of several users of one person, `people` has the active one, otherwise the invited one, otherwise the one with the lowest id.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists everyone who is in dbt Cloud, RudderStack or Fivetran, each person once. It joins the users of the services by email address, and sorts by it. " +
			"Users who are invited to dbt Cloud are included. " +
			"A role or group is *direct* if it was given to the user, and *effective* if the user has it in any way: directly, or through a team or a group. Each field says which of them it has. " +
			"For one row for each role, group and license, with what gives it, use `datastack_grants`. " +
			"It shares its requests with the data sources for users, invites, SCIM groups and teams: beside them, it sends none. " + allServicesNote,
		Attributes: attributes,
	}
}

func (d *identities) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	r, ok := d.read(ctx, req.Config, &resp.Diagnostics)
	selection := table.Filters[identity.Person]{personEmails(r.aliases)}.Read(ctx, req.Config, &resp.Diagnostics)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	people, unmatched := identity.Join(r.Sources, r.aliases)
	selection.WarnOfAbsent(people, table.Search{
		Nouns:     "people",
		Where:     r.where,
		Elsewhere: func(string) (string, []string) { return "invites", invitedAddresses(r.DBTCloudInvites) },
	}, &resp.Diagnostics)
	table.SetState(ctx, req, resp, map[string]table.Value{
		"people":    personFields.ListValue(selection.Of(people)),
		"unmatched": unmatchedFields.ListValue(unmatched),
	})
}

// personEmails keeps people by any of their email addresses.
func personEmails(aliases identity.Aliases) table.Filter[identity.Person] {
	return table.OneOf("emails", "Only people with one of these email addresses, ignoring case. An alias in `email_aliases` finds the person too.",
		table.Open(aliases.First), func(p identity.Person) *string { return &p.Email })
}

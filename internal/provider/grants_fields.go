// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

var grantFields = table.Fields[*identity.Grant]{
	table.String("system", "`dbtcloud`, `fivetran` or `rudderstack`.", func(g *identity.Grant) *string { return &g.System }),
	table.String("email", "Email address of the person, as in `people` of `datastack_identities`. Null for users that are in `unmatched` there, such as service accounts.", func(g *identity.Grant) *string { return g.Email }),
	table.String("user_id", "Id of the user, as a string. Null for a pending invite to dbt Cloud.", func(g *identity.Grant) *string { return g.UserID }),
	table.String("resource_type", "What the grant is for: `license`, `group`, `account` or `project` in dbt Cloud, `group` in RudderStack, `account`, `team` or `destination` in Fivetran, where a destination is a group.", func(g *identity.Grant) *identity.ResourceType { return &g.ResourceType }),
	table.String("resource_id", "Id of the account, project, group, team or destination, as a string. The type of a license. Null for the account in Fivetran.", func(g *identity.Grant) *string { return g.ResourceID }),
	table.String("resource", "Name of the group, team or destination, otherwise the same as `resource_id`: the provider does not read names of projects and accounts.", func(g *identity.Grant) *string { return g.Resource }),
	table.String("entitlement", "What the user can do there: the permission set in a dbt Cloud account or project, the role in a Fivetran account or destination, the role in a team, such as `Team Member`, "+
		"the type of a license, or `member` of a group. Null if the service does not return the role.", func(g *identity.Grant) *string { return g.Entitlement }),
	table.String("via", "What gives it: `direct` if it was given to the user, otherwise the name of the group or team that the user is in. "+
		"For a RudderStack group in which the user is through other groups, the group that the user is in directly. One that is given in several ways has a row for each.", func(g *identity.Grant) *string { return &g.Via }),
}

// grantFilters keep grants, the first of them by any email address of a person.
func grantFilters(aliases identity.Aliases) table.Filters[*identity.Grant] {
	return table.Filters[*identity.Grant]{
		table.OneOf("emails", "Only grants of people with one of these email addresses, ignoring case. An alias in `email_aliases` finds the person too.",
			table.Open(aliases.First), func(g *identity.Grant) *string { return g.Email }),
		table.OneOf("resource_types", "Only grants for these types of resources.", table.Closed(
			identity.AccountResource, identity.DestinationResource, identity.GroupResource, identity.LicenseResource, identity.ProjectResource, identity.TeamResource),
			func(g *identity.Grant) *identity.ResourceType { return &g.ResourceType }),
		table.OneOf("entitlements", "Only grants of these roles, permission sets or license types, such as `Account Administrator`, `account_admin` or `developer`.",
			table.Open(table.Exactly), func(g *identity.Grant) *string { return g.Entitlement }),
	}
}

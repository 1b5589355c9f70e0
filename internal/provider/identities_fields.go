// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// nullService ends the description of what a person is in a service.
const nullService = " Null if the person is not in it, or if the provider did not read it."

var personFields = table.Fields[identity.Person]{
	table.String("email", "Email address in lower case. With `email_aliases`, the first one. In RudderStack, the primary email address, otherwise the user name if it is an email address.",
		func(p identity.Person) *string { return &p.Email }),
	table.String("name", "Name of the person: first and last name in dbt Cloud, otherwise in Fivetran, otherwise the display name in RudderStack. Null if there is none.", func(p identity.Person) *string { return p.Name }),
	table.Strings("systems", "Services that the person is in, sorted: `dbtcloud`, `fivetran`, `rudderstack`.", func(p identity.Person) []string { return p.Systems }),
	table.Object("dbtcloud", "The user or invite in dbt Cloud."+nullService, personDBTCloudFields, func(p identity.Person) *identity.DBTCloudAccount { return p.DBTCloud }),
	table.Object("rudderstack", "The user in RudderStack."+nullService, personRudderStackFields, func(p identity.Person) *identity.RudderStackAccount { return p.RudderStack }),
	table.Object("fivetran", "The user in Fivetran."+nullService, personFivetranFields, func(p identity.Person) *identity.FivetranAccount { return p.Fivetran }),
}

var personDBTCloudFields = table.Fields[identity.DBTCloudAccount]{
	table.Int64("id", "Id of the user. Null for an invite.", func(a identity.DBTCloudAccount) *int64 { return a.ID }),
	table.String("status", "`active`, `invited`, or `inactive` if the user is deactivated or has no license in this account. Also `inactive` for a person in another service whose invite has expired: an expired invite alone makes no person.", func(a identity.DBTCloudAccount) *rest.UserStatus { return a.Status }),
	table.String("status_detail", "Why: `deactivated`, `no_license`, `invite_pending` or `invite_expired`. Null for an active user.", func(a identity.DBTCloudAccount) *identity.StatusDetail { return a.StatusDetail }),
	table.String("license_type", "License of the user, or of the invite. Null without a license.", func(a identity.DBTCloudAccount) *dbtcloud.LicenseType { return a.LicenseType }),
	table.String("created_at", "When the user was created, or the invite was sent.", func(a identity.DBTCloudAccount) *string { return a.CreatedAt }),
	table.String("last_login", "When the user last logged in. Null if never.", func(a identity.DBTCloudAccount) *string { return a.LastLogin }),
	table.String("apitoken_last_used", "When the user last used an API token of their own. Null if never.", func(a identity.DBTCloudAccount) *string { return a.APITokenLastUsed }),
	table.Strings("groups", "Names of the groups. All are direct: dbt Cloud has no groups in groups. What they give is in `datastack_grants`. Null for an invite.", func(a identity.DBTCloudAccount) []string { return a.Groups }),
}

var personRudderStackFields = table.Fields[identity.RudderStackAccount]{
	table.String("id", "Id of the user in SCIM.", func(a identity.RudderStackAccount) *string { return &a.ID }),
	table.String("status", "`active` or `inactive`. Null if RudderStack does not say.", func(a identity.RudderStackAccount) *rest.UserStatus { return a.Status }),
	table.String("external_id", "Id of the user in the identity provider.", func(a identity.RudderStackAccount) *string { return a.ExternalID }),
	table.String("created_at", "When the user was created. Null if RudderStack does not say.", func(a identity.RudderStackAccount) *string { return a.CreatedAt }),
	table.Strings("groups", "Names of the SCIM groups that the user is in directly. Null if RudderStack does not say.", func(a identity.RudderStackAccount) []string { return a.Groups }),
	table.Strings("all_groups", "Names of the SCIM groups that the user is effectively in: directly, or through groups in groups. Null if RudderStack does not return the members of every group.", func(a identity.RudderStackAccount) []string { return a.AllGroups }),
}

var personFivetranFields = table.Fields[identity.FivetranAccount]{
	table.String("id", "Id of the user.", func(a identity.FivetranAccount) *string { return &a.ID }),
	table.String("status", "`active`, `invited`, or `inactive` if the user is suspended. Null if Fivetran does not say.", func(a identity.FivetranAccount) *rest.UserStatus { return a.Status }),
	table.String("status_detail", "Why: `suspended` or `invite_pending`. Null for an active user.", func(a identity.FivetranAccount) *identity.StatusDetail { return a.StatusDetail }),
	table.String("created_at", "When the user was created.", func(a identity.FivetranAccount) *string { return a.CreatedAt }),
	table.String("last_login", "When the user last logged in. Null if never.", func(a identity.FivetranAccount) *string { return a.LastLogin }),
	table.String("role", "Role in the account that was given to the user directly. Null for none: see `effective_roles`.", func(a identity.FivetranAccount) *string { return a.Role }),
	table.Strings("effective_roles", "Roles in the account that the user effectively has, directly and through teams, sorted. Null if the key is not allowed to read teams.", func(a identity.FivetranAccount) []string { return a.EffectiveRoles }),
	table.Strings("teams", "Names of the teams. All are direct: Fivetran has no teams in teams. Null if the key is not allowed to read teams.", func(a identity.FivetranAccount) []string { return a.Teams }),
	table.Objects("groups", "Groups that the user effectively has a role in, directly and through teams, each with one destination, sorted by name. Null unless `include_fivetran_groups = true`, and if the key is not allowed to read all of them.", table.Fields[identity.FivetranGroup]{
		table.String("id", "Id of the group, which is also the id of its destination.", func(g identity.FivetranGroup) *string { return &g.ID }),
		table.String("name", "Name of the group. Null if the key is not allowed to list groups.", func(g identity.FivetranGroup) *string { return g.Name }),
		table.String("role", "Role in the group, such as `View Destination`.", func(g identity.FivetranGroup) *string { return g.Role }),
		table.String("via", "`direct`, or the name of the team that gives the role.", func(g identity.FivetranGroup) *string { return &g.Via }),
	}, func(a identity.FivetranAccount) []identity.FivetranGroup { return a.Groups }),
}

var unmatchedFields = table.Fields[identity.Unmatched]{
	table.String("system", "`dbtcloud`, `fivetran` or `rudderstack`.", func(u identity.Unmatched) *string { return &u.System }),
	table.String("id", "Id of the user, as a string.", func(u identity.Unmatched) *string { return &u.ID }),
	table.String("name", "Name of the user. Null without a name.", func(u identity.Unmatched) *string { return u.Name }),
	table.String("email", "Email address, as the service spells it. Null without one.", func(u identity.Unmatched) *string { return u.Email }),
	table.String("type", "`service_account` if Fivetran calls the user so, even with an email address, or if the user has no email address; `team_member` for a member of a Fivetran team that is not in the list of users; "+
		"`user` for a further user of one person in one service.", func(u identity.Unmatched) *identity.UnmatchedType { return &u.Type }),
}

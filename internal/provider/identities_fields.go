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
	table.Object("dbtcloud", "The user or pending invite in dbt Cloud."+nullService, table.Fields[identity.DBTCloudAccount]{
		table.Int64("id", "Id of the user. Null for an invited user.", func(a identity.DBTCloudAccount) *int64 { return a.ID }),
		table.String("status", "`active`, `invited`, or `inactive` if the user is deactivated or has no license in this account.", func(a identity.DBTCloudAccount) *rest.UserStatus { return a.Status }),
		table.String("license_type", "License of the user, or of the invite. Null without a license.", func(a identity.DBTCloudAccount) *dbtcloud.LicenseType { return a.LicenseType }),
		table.String("last_login", "When the user last logged in. Null if never.", func(a identity.DBTCloudAccount) *string { return a.LastLogin }),
		table.String("apitoken_last_used", "When the user last used an API token of their own. Null if never.", func(a identity.DBTCloudAccount) *string { return a.APITokenLastUsed }),
		table.Strings("groups", "Names of the groups. Null for an invited user.", func(a identity.DBTCloudAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.DBTCloudAccount { return p.DBTCloud }),
	table.Object("rudderstack", "The user in RudderStack."+nullService, table.Fields[identity.RudderStackAccount]{
		table.String("id", "Id of the user in SCIM.", func(a identity.RudderStackAccount) *string { return &a.ID }),
		table.String("status", "`active` or `inactive`. Null if RudderStack does not say.", func(a identity.RudderStackAccount) *rest.UserStatus { return a.Status }),
		table.Strings("groups", "Names of the SCIM groups. Null if RudderStack does not say.", func(a identity.RudderStackAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.RudderStackAccount { return p.RudderStack }),
	table.Object("fivetran", "The user in Fivetran."+nullService, table.Fields[identity.FivetranAccount]{
		table.String("id", "Id of the user.", func(a identity.FivetranAccount) *string { return &a.ID }),
		table.String("status", "`active`, `invited`, or `inactive` if the user is suspended. Null if Fivetran does not say.", func(a identity.FivetranAccount) *rest.UserStatus { return a.Status }),
		table.String("role", "Role in the account. Null for none.", func(a identity.FivetranAccount) *string { return a.Role }),
		table.String("last_login", "When the user last logged in. Null if never.", func(a identity.FivetranAccount) *string { return a.LastLogin }),
		table.Strings("teams", "Names of the teams. Null if the key is not allowed to read teams.", func(a identity.FivetranAccount) []string { return a.Teams }),
	}, func(p identity.Person) *identity.FivetranAccount { return p.Fivetran }),
}

var unmatchedFields = table.Fields[identity.Unmatched]{
	table.String("system", "`dbtcloud`, `fivetran` or `rudderstack`.", func(u identity.Unmatched) *string { return &u.System }),
	table.String("id", "Id of the user, as a string.", func(u identity.Unmatched) *string { return &u.ID }),
	table.String("name", "Name of the user. Null without a name.", func(u identity.Unmatched) *string { return u.Name }),
}

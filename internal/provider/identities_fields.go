// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/datastack-iam/terraform-provider-datastack/internal/dbtcloud"
	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

var personFields = table.Fields[identity.Person]{
	table.String("email", "Address in lower case; of somebody with `email_aliases` the first one. For RudderStack it is the primary address, else the user name where that is an address.",
		func(p identity.Person) *string { return &p.Email }),
	table.Strings("systems", "Systems that the person is in, sorted: `dbtcloud`, `fivetran`, `rudderstack`.", func(p identity.Person) []string { return p.Systems }),
	table.Object("dbtcloud", "The user of dbt Cloud, or the open invite.", table.Fields[identity.DBTCloudAccount]{
		table.Int64("id", "Id of the user; null for those who are invited.", func(a identity.DBTCloudAccount) *int64 { return a.ID }),
		table.String("status", "`active`, `inactive` (deactivated, or without a licence in this account) or `invited`.", func(a identity.DBTCloudAccount) *rest.UserStatus { return a.Status }),
		table.String("license_type", "Licence, or the one that the invite promises; null without one.", func(a identity.DBTCloudAccount) *dbtcloud.LicenseType { return a.LicenseType }),
		table.String("last_login", "When the user last logged in; null for never.", func(a identity.DBTCloudAccount) *string { return a.LastLogin }),
		table.Strings("groups", "Names of the groups; null for those who are invited.", func(a identity.DBTCloudAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.DBTCloudAccount { return p.DBTCloud }),
	table.Object("rudderstack", "The user of RudderStack.", table.Fields[identity.RudderStackAccount]{
		table.String("id", "Id of the SCIM user.", func(a identity.RudderStackAccount) *string { return &a.ID }),
		table.String("status", "`active` or `inactive`; null where the service does not say.", func(a identity.RudderStackAccount) *rest.UserStatus { return a.Status }),
		table.Strings("groups", "Names of the SCIM groups; null where the service does not tell.", func(a identity.RudderStackAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.RudderStackAccount { return p.RudderStack }),
	table.Object("fivetran", "The user of Fivetran.", table.Fields[identity.FivetranAccount]{
		table.String("id", "Id of the user.", func(a identity.FivetranAccount) *string { return &a.ID }),
		table.String("status", "`active`, `invited` or `inactive` (suspended); null where Fivetran does not say.", func(a identity.FivetranAccount) *rest.UserStatus { return a.Status }),
		table.String("role", "Role in the account; null without one.", func(a identity.FivetranAccount) *string { return a.Role }),
		table.String("last_login", "When the user last logged in; null for never.", func(a identity.FivetranAccount) *string { return a.LastLogin }),
		table.Strings("teams", "Names of the teams; null where the key may not read teams.", func(a identity.FivetranAccount) []string { return a.Teams }),
	}, func(p identity.Person) *identity.FivetranAccount { return p.Fivetran }),
}

var unmatchedFields = table.Fields[identity.Unmatched]{
	table.String("system", "`dbtcloud`, `fivetran` or `rudderstack`.", func(u identity.Unmatched) *string { return &u.System }),
	table.String("id", "Id of the user, as text.", func(u identity.Unmatched) *string { return &u.ID }),
	table.String("name", "Name of the user; null where there is none.", func(u identity.Unmatched) *string { return u.Name }),
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/datastack-iam/terraform-provider-datastack/internal/identity"
)

var personFields = fields[identity.Person]{
	text("email", "Address in lower case; of somebody with `email_aliases` the first one. For RudderStack it is the primary address, else the user name where that is an address.",
		func(p identity.Person) *string { return &p.Email }),
	texts("systems", "Systems that the person is in, sorted: `dbtcloud`, `fivetran`, `rudderstack`.", func(p identity.Person) []string { return p.Systems }),
	objectOrNull("dbtcloud", "The user of dbt Cloud, or the open invite.", fields[identity.DBTCloudAccount]{
		number("id", "Id of the user; null for those who are invited.", func(a identity.DBTCloudAccount) *int64 { return a.ID }),
		text("status", "`active`, `inactive` (deactivated, or without a licence in this account) or `invited`.", func(a identity.DBTCloudAccount) *string { return (*string)(a.Status) }),
		text("license_type", "Licence, or the one that the invite promises; null without one.", func(a identity.DBTCloudAccount) *string { return (*string)(a.LicenseType) }),
		text("last_login", "When the user last logged in; null for never.", func(a identity.DBTCloudAccount) *string { return a.LastLogin }),
		texts("groups", "Names of the groups; null for those who are invited.", func(a identity.DBTCloudAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.DBTCloudAccount { return p.DBTCloud }),
	objectOrNull("rudderstack", "The user of RudderStack.", fields[identity.RudderStackAccount]{
		text("id", "Id of the SCIM user.", func(a identity.RudderStackAccount) *string { return &a.ID }),
		text("status", "`active` or `inactive`; null where the service does not say.", func(a identity.RudderStackAccount) *string { return (*string)(a.Status) }),
		texts("groups", "Names of the SCIM groups; null where the service does not tell.", func(a identity.RudderStackAccount) []string { return a.Groups }),
	}, func(p identity.Person) *identity.RudderStackAccount { return p.RudderStack }),
	objectOrNull("fivetran", "The user of Fivetran.", fields[identity.FivetranAccount]{
		text("id", "Id of the user.", func(a identity.FivetranAccount) *string { return &a.ID }),
		text("status", "`active`, `invited` or `inactive` (suspended); null where Fivetran does not say.", func(a identity.FivetranAccount) *string { return (*string)(a.Status) }),
		text("role", "Role in the account; null without one.", func(a identity.FivetranAccount) *string { return a.Role }),
		text("last_login", "When the user last logged in; null for never.", func(a identity.FivetranAccount) *string { return a.LastLogin }),
		texts("teams", "Names of the teams; null where the key may not read teams.", func(a identity.FivetranAccount) []string { return a.Teams }),
	}, func(p identity.Person) *identity.FivetranAccount { return p.Fivetran }),
}

var unmatchedFields = fields[identity.Unmatched]{
	text("system", "`dbtcloud`, `fivetran` or `rudderstack`.", func(u identity.Unmatched) *string { return &u.System }),
	text("id", "Id of the user, as text.", func(u identity.Unmatched) *string { return &u.ID }),
	text("name", "Name of the user; null where there is none.", func(u identity.Unmatched) *string { return u.Name }),
}

// objectOrNull is another noun, null where the function returns nil. It is for
// the objects in a list: a look-up has no attribute for it.
func objectOrNull[T, S any](name, doc string, of fields[S], value func(T) *S) field[T] {
	typ := of.object()
	object := typ.TerraformType(context.Background())
	doc += " Null for those who are not in it, and where it was not read. It has:" + strings.ReplaceAll(of.table(), "\n", "\n  ")
	return field[T]{name, typ, doc, func(v T) tftypes.Value {
		row := value(v)
		if row == nil {
			return tftypes.NewValue(object, nil)
		}
		return tftypes.NewValue(object, of.values(*row))
	}}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
)

var fivetranRoleFields = table.Fields[fivetran.Role]{
	table.String("name", "Name of the role, by which it is given.", func(r fivetran.Role) *string { return &r.Name }),
	table.String("description", "What the role is for.", func(r fivetran.Role) *string { return r.Description }),
	table.Strings("scopes", "What the role can be given for: `ACCOUNT`, `DESTINATION`, `CONNECTOR`, `TEAM`; null where Fivetran does not say.", func(r fivetran.Role) []fivetran.RoleScope { return r.Scopes }),
	table.Bool("is_custom", "Whether the account made the role itself.", func(r fivetran.Role) *bool { return r.IsCustom }),
	table.Bool("is_deprecated", "Whether the role is on its way out; null where Fivetran does not say.", func(r fivetran.Role) *bool { return r.IsDeprecated }),
	table.String("replacement_role_name", "Role that takes the place of a deprecated one.", func(r fivetran.Role) *string { return r.Replacement }),
}

func newFivetranRoles() datasource.DataSource {
	return fivetranService.dataSource("fivetran_roles", table.List[*fivetran.Client, fivetran.Role]{
		Nouns:  "Fivetran Roles",
		Doc:    "Roles that can be given in the Fivetran account, custom and deprecated ones included, sorted by name. A system key needs the scope `ROLES:READ`.",
		Result: "roles",
		Fields: fivetranRoleFields,
		Filters: []table.Filter[fivetran.Role]{
			table.Among("scope", "Only roles with this scope: `ACCOUNT`, `DESTINATION`, `CONNECTOR` or `TEAM`.", func(r fivetran.Role) []fivetran.RoleScope { return r.Scopes }),
		},
		Read: func(ctx context.Context, c *fivetran.Client, _ table.Request) ([]fivetran.Role, error) {
			return c.Roles(ctx)
		},
	})
}

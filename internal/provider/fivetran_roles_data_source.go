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
	table.String("name", "Name of the role. Use it to assign the role.", func(r fivetran.Role) *string { return &r.Name }),
	table.String("description", "What the role is for.", func(r fivetran.Role) *string { return r.Description }),
	table.Strings("scopes", "What you can assign the role for: `ACCOUNT`, `DESTINATION`, `CONNECTOR` or `TEAM`. Null if Fivetran does not say.", func(r fivetran.Role) []fivetran.RoleScope { return r.Scopes }),
	table.Bool("is_custom", "Whether the role is a custom role of this account.", func(r fivetran.Role) *bool { return r.IsCustom }),
	table.Bool("is_deprecated", "Whether the role is deprecated. Null if Fivetran does not say.", func(r fivetran.Role) *bool { return r.IsDeprecated }),
	table.String("replacement_role_name", "Name of the role that replaces a deprecated one.", func(r fivetran.Role) *string { return r.Replacement }),
}

func newFivetranRoles() datasource.DataSource {
	return fivetranService.dataSource("fivetran_roles", table.List[*fivetran.Client, fivetran.Role]{
		Nouns:  "Fivetran Roles",
		Doc:    "Lists the roles of the Fivetran account, with custom and deprecated ones, sorted by name. A system key needs the scope `ROLES:READ`.",
		Result: "roles",
		Fields: fivetranRoleFields,
		Filters: []table.Filter[fivetran.Role]{
			table.Among("scope", "Only roles with this scope.", table.Closed(
				fivetran.AccountScope, fivetran.DestinationScope, fivetran.ConnectorScope, fivetran.TeamScope), func(r fivetran.Role) []fivetran.RoleScope { return r.Scopes }),
		},
		Read: func(ctx context.Context, c *fivetran.Client, _ table.Request) ([]fivetran.Role, error) {
			return c.Roles(ctx)
		},
	})
}

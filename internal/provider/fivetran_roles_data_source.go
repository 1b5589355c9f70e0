// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

var fivetranRoleFields = fields[fivetran.Role]{
	text("name", "Name of the role, by which it is given.", func(r fivetran.Role) *string { return &r.Name }),
	text("description", "What the role is for.", func(r fivetran.Role) *string { return r.Description }),
	texts("scopes", "What the role can be given for: `ACCOUNT`, `DESTINATION`, `CONNECTOR`, `TEAM`; null where Fivetran does not say.", roleScopes),
	flag("is_custom", "Whether the account made the role itself.", func(r fivetran.Role) *bool { return r.IsCustom }),
	flag("is_deprecated", "Whether the role is on its way out; null where Fivetran does not say.", func(r fivetran.Role) *bool { return r.IsDeprecated }),
	text("replacement_role_name", "Role that takes the place of a deprecated one.", func(r fivetran.Role) *string { return r.Replacement }),
}

func roleScopes(r fivetran.Role) []string {
	if r.Scopes == nil {
		return nil
	}
	scopes := make([]string, len(r.Scopes))
	for i, scope := range r.Scopes {
		scopes[i] = string(scope)
	}
	return scopes
}

func newFivetranRoles() datasource.DataSource {
	return &listDataSource[*fivetran.Client, fivetran.Role]{
		service: fivetranService,
		name:    "fivetran_roles",
		nouns:   "Fivetran Roles",
		doc:     "Roles that can be given in the Fivetran account, custom and deprecated ones included, sorted by name. A system key needs the scope `ROLES:READ`.",
		result:  "roles",
		fields:  fivetranRoleFields,
		filters: []filter[fivetran.Role]{
			among("scope", "Only roles with this scope: `ACCOUNT`, `DESTINATION`, `CONNECTOR` or `TEAM`.", roleScopes),
		},
		read: func(ctx context.Context, c *fivetran.Client, _ bool, _ warnFunc) ([]fivetran.Role, error) {
			return c.Roles(ctx)
		},
	}
}

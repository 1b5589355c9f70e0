// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Role is a role that users, teams or both can be given. It has no id: the
// name is the key.
type Role struct {
	Name        string
	Description *string
	// Scopes says what the role is about: "ACCOUNT", "DESTINATION",
	// "CONNECTOR", "TEAM", sorted. It is nil where the service does not tell.
	Scopes   []string
	IsCustom *bool
	// IsDeprecated is nil where the service does not tell.
	IsDeprecated *bool
	// Replacement is the role that takes the place of a deprecated one.
	Replacement *string
}

// AccountScope is the scope of roles that hold for the whole account.
const AccountScope = "ACCOUNT"

// Administers tells whether a role is the one that may do everything, and that
// somebody in the account has to keep. It was called Owner once.
func Administers(role string) bool { return role == "Account Administrator" || role == "Owner" }

// Roles returns all roles, custom ones included, sorted by name without case. A
// system key needs the scope ROLES:READ. They are listed once and shared; the
// slice must not be changed.
func (c *Client) Roles(ctx context.Context) ([]Role, error) {
	return c.roles.Get(ctx, func(ctx context.Context) ([]Role, error) {
		rows, err := list(ctx, "Fivetran roles", func(row wireRole) string { return row.Name }, pages[wireRole](c, "roles"))
		if err != nil {
			return nil, err
		}
		roles := make([]Role, len(rows))
		for i, row := range rows {
			slices.Sort(row.Scope)
			roles[i] = Role{
				Name: row.Name, Description: nonEmpty(row.Description), Scopes: row.Scope,
				IsCustom: row.IsCustom.Value, IsDeprecated: row.IsDeprecated.Value, Replacement: nonEmpty(row.ReplacementRoleName),
			}
		}
		slices.SortFunc(roles, func(a, b Role) int {
			return cmp.Or(casefold.CompareNames(&a.Name, &b.Name), cmp.Compare(a.Name, b.Name))
		})
		return roles, nil
	})
}

type wireRole struct {
	Name                string       `json:"name"`
	Description         *string      `json:"description"`
	Scope               rest.Strings `json:"scope"`
	IsCustom            rest.Bool    `json:"is_custom"`
	IsDeprecated        rest.Bool    `json:"is_deprecated"`
	ReplacementRoleName *string      `json:"replacement_role_name"`
}

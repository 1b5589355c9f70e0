// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/casefold"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Role is a role that users, teams or both can be given. It has no id: the
// name is the key. A pointer is nil where the service returns null, "" or
// nothing.
type Role struct {
	rest.Gapped
	Name        string
	Description *string
	// Scopes says what the role is for, sorted. It is nil where the service does
	// not say.
	Scopes       []RoleScope
	IsCustom     *bool
	IsDeprecated *bool
	// Replacement is the name of the role that replaces a deprecated one.
	Replacement *string
}

// RoleScope is what a role is for.
type RoleScope string

// The scopes of roles.
const (
	// AccountScope is for roles in the whole account.
	AccountScope     RoleScope = "ACCOUNT"
	DestinationScope RoleScope = "DESTINATION"
	ConnectorScope   RoleScope = "CONNECTOR"
	// TeamScope is for roles of members in a team.
	TeamScope RoleScope = "TEAM"
)

// Administers reports whether a role is the one that may do everything, and that
// at least one user in the account has to keep. Its name was Owner once:
// https://fivetran.com/docs/rest-api/users
func Administers(role string) bool { return role == "Account Administrator" || role == "Owner" }

// Roles returns all roles, custom ones included, sorted by name without case. A
// system key needs the scope ROLES:READ:
// https://fivetran.com/docs/rest-api/getting-started/system-keys
// Rows of one name join their scopes. They are listed once and shared; the slice
// must not be changed. The error is a
// *rest.Error, or a *rest.IncompleteError when the pages did not come to an end.
func (c *Client) Roles(ctx context.Context) ([]Role, error) {
	return c.roles.Get(ctx, func(ctx context.Context) ([]Role, error) {
		roles, err := listAll(ctx, "Fivetran roles", wireRole.rowKey, wireRole.role, pagesOf[wireRole](c, "roles"))
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(roles, func(a, b Role) int {
			return cmp.Or(casefold.CompareNames(&a.Name, &b.Name), cmp.Compare(a.Name, b.Name))
		})
		return joinScopes(roles), nil
	})
}

type wireRole struct {
	rest.Gapped
	Name                rest.Text    `json:"name"`
	Description         rest.Text    `json:"description"`
	Scope               rest.Strings `json:"scope"`
	IsCustom            rest.Bool    `json:"is_custom"`
	IsDeprecated        rest.Bool    `json:"is_deprecated"`
	ReplacementRoleName rest.Text    `json:"replacement_role_name"`
}

func (r wireRole) key() string { return r.Name.String() }

// rowKey tells rows of one name apart that have different scopes.
func (r wireRole) rowKey() string { return r.key() + "\x00" + strings.Join(r.Scope, "\x00") }

// joinScopes makes one role of all that have the same name. They are sorted.
func joinScopes(roles []Role) []Role {
	var joined []Role
	for _, role := range roles {
		last := len(joined) - 1
		if last < 0 || joined[last].Name != role.Name {
			joined = append(joined, role)
			continue
		}
		scopes := slices.Concat(joined[last].Scopes, role.Scopes)
		slices.Sort(scopes)
		joined[last].Scopes = slices.Compact(scopes)
	}
	return joined
}

func (r wireRole) role() Role {
	role := Role{
		Gapped:       r.Gapped,
		Name:         r.Name.String(),
		Description:  r.Description.Value,
		IsCustom:     r.IsCustom.Value,
		IsDeprecated: r.IsDeprecated.Value,
		Replacement:  r.ReplacementRoleName.Value,
	}
	if r.Scope != nil {
		role.Scopes = make([]RoleScope, len(r.Scope))
	}
	for i, scope := range r.Scope {
		role.Scopes[i] = RoleScope(scope)
	}
	slices.Sort(role.Scopes)
	return role
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package fivetran

import (
	"fmt"
	"net/http"
	"slices"
)

// administratorRole is the role that every account keeps at least once.
const administratorRole = "Account Administrator"

// wireRole has no id: the name is the key.
type wireRole struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Scope       []string `json:"scope"`
	IsCustom    bool     `json:"is_custom"`
	// IsDeprecated is null for some roles that are not.
	IsDeprecated        *bool   `json:"is_deprecated"`
	ReplacementRoleName *string `json:"replacement_role_name"`
}

func (a *Account) listRoles(w http.ResponseWriter, r *http.Request) {
	writeList(w, r, "Roles list retrieved successfully", a.shownRoles())
}

// roleIn returns the role of a scope that a user gets with a role of that name:
// the replacement of a deprecated one.
func (a *Account) roleIn(scope, name string) (string, error) {
	for _, role := range a.roles {
		if role.Name != name || !slices.Contains(role.Scope, scope) {
			continue
		}
		if role.ReplacementRoleName != nil {
			return *role.ReplacementRoleName, nil
		}
		return name, nil
	}
	return "", fmt.Errorf("role '%s' does not exist or has not the scope %s", name, scope)
}

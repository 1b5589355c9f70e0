// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
)

// accountAdministrator is the role that every account keeps at least once.
const accountAdministrator = "Account Administrator"

// fivetranRole has no id: the name is the key.
type fivetranRole struct {
	Name                string   `json:"name"`
	Description         string   `json:"description"`
	Scope               []string `json:"scope"`
	IsCustom            bool     `json:"is_custom"`
	IsDeprecated        bool     `json:"is_deprecated"`
	ReplacementRoleName *string  `json:"replacement_role_name"`
}

func (f *fivetran) listRoles(w http.ResponseWriter, r *http.Request) {
	fivetranList(w, r, "Roles list retrieved successfully", f.roles)
}

// accountRole returns the role that a user gets who is given the named one: a
// deprecated role turns into its replacement.
func (f *fivetran) accountRole(name string) (string, error) {
	for _, role := range f.roles {
		if role.Name != name || !slices.Contains(role.Scope, "ACCOUNT") {
			continue
		}
		if role.ReplacementRoleName != nil {
			return *role.ReplacementRoleName, nil
		}
		return name, nil
	}
	return "", fmt.Errorf("role '%s' does not exist or is not an account role", name)
}

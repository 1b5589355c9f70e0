// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provider/table"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
	"github.com/datastack-iam/terraform-provider-datastack/internal/suggestion"
)

// scopeNouns are what messages call the roles of a scope.
var scopeNouns = map[fivetran.RoleScope]string{fivetran.AccountScope: "account role", fivetran.DestinationScope: "destination role"}

// checkRole warns of a role that is deprecated, and refuses one that does not
// exist, or is for something else. A key that may not read roles leaves that to
// Fivetran.
func checkRole(ctx context.Context, client *fivetran.Client, scope fivetran.RoleScope, name string, diags *diag.Diagnostics) {
	at, noun := path.Root("role"), scopeNouns[scope]
	all, err := client.Roles(ctx)
	if rest.Status(err) == http.StatusForbidden {
		return
	}
	if err != nil {
		diags.AddAttributeWarning(at, "Unable to Check Fivetran Role", fmt.Sprintf("Only apply will show whether the Fivetran account has a role %q. %s", name, fivetranService.explain(client, err)))
		return
	}
	roles := table.Matching(all, func(role fivetran.Role) bool { return slices.Contains(role.Scopes, scope) })
	if len(roles) == 0 {
		diags.AddAttributeWarning(at, "Unable to Check Fivetran Role", fmt.Sprintf("Only apply will show whether the Fivetran account has a role %q: Fivetran's list of roles (GET /roles) names no %s.", name, noun))
		return
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = role.Name
		if role.Name != name {
			continue
		}
		if role.IsDeprecated != nil && *role.IsDeprecated {
			advice := "Fivetran names no replacement."
			if role.Replacement != nil {
				advice = fmt.Sprintf("Use its replacement %q.", *role.Replacement)
			}
			diags.AddAttributeWarning(at, "Deprecated Fivetran Role", fmt.Sprintf("The role %q is deprecated. %s", name, advice))
		}
		return
	}
	if slices.ContainsFunc(all, func(role fivetran.Role) bool { return role.Name == name }) {
		diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("The role %q exists, and is no %s. %s: %s.", name, noun, plural(noun), strings.Join(names, ", ")))
		return
	}
	if question := suggestion.DidYouMean(name, names); question != "" {
		diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no %s %q. %s", noun, name, question))
		return
	}
	diags.AddAttributeError(at, "Unknown Fivetran Role", fmt.Sprintf("There is no %s %q. %s: %s.", noun, name, plural(noun), strings.Join(names, ", ")))
}

func plural(noun string) string { return strings.ToUpper(noun[:1]) + noun[1:] + "s" }

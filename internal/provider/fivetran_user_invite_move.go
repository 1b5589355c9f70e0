// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// MoveState takes the state of the resource fivetran_user of Fivetran's own
// provider. Nothing is sent: the next refresh fills in the rest.
func (r *fivetranUserInvite) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: moveFivetranUser}}
}

func moveFivetranUser(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	if req.SourceTypeName != "fivetran_user" || !movesFrom(req.SourceProviderAddress) || req.SourceRawState == nil {
		return
	}
	var source struct {
		ID         string  `json:"id"`
		Email      string  `json:"email"`
		GivenName  *string `json:"given_name"`
		FamilyName *string `json:"family_name"`
		Role       *string `json:"role"`
		Phone      *string `json:"phone"`
		Picture    *string `json:"picture"`
	}
	if err := json.Unmarshal(req.SourceRawState.JSON, &source); err != nil || source.ID == "" {
		resp.Diagnostics.AddError("Unable to Move fivetran_user", fmt.Sprintf("Its state cannot be read (%v). Remove it with `terraform state rm`, and import the user here instead.", err))
		return
	}
	for attribute, value := range map[string]any{
		"id":             source.ID,
		"email":          source.Email,
		"given_name":     movedValue(source.GivenName),
		"family_name":    movedValue(source.FamilyName),
		"role":           movedValue(source.Role),
		"phone":          movedValue(source.Phone),
		"picture":        movedValue(source.Picture),
		"adopt_existing": false,
	} {
		resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root(attribute), value)...)
	}
	// The role of fivetran_user is not computed: one in the state was configured.
	resp.Diagnostics.Append(writePrivate(ctx, resp.TargetPrivate, appliedKey, appliedInvite{Role: new(orEmpty(source.Role) != "")})...)
	resp.Diagnostics.Append(resp.TargetIdentity.SetAttribute(ctx, path.Root("user_id"), source.ID)...)
}

// movesFrom reports whether a provider may have the type fivetran_user. From
// the second moved instance on, OpenTofu names the provider of the target.
func movesFrom(provider string) bool {
	return strings.HasSuffix(provider, "/fivetran/fivetran") || strings.HasSuffix(provider, "/datastack-iam/datastack")
}

// movedValue reads "", which fivetran_user has for what is not set, as null.
func movedValue(value *string) types.String {
	if orEmpty(value) == "" {
		return types.StringNull()
	}
	return types.StringPointerValue(value)
}

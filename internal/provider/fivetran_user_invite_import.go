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

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// ImportState takes the id of a user, their e-mail address or, from Terraform
// 1.12 on, their identity.
func (r *fivetranUserInvite) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := strings.TrimSpace(req.ID)
	if req.ID == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("user_id"), &id)...)
	}
	if strings.Contains(id, "@") {
		client, ok := r.client(&resp.Diagnostics)
		if !ok {
			return
		}
		user, err := client.UserByEmail(ctx, id)
		switch {
		case fivetran.NotFound(err):
			resp.Diagnostics.AddError("Fivetran User Not Found", fmt.Sprintf("Nobody in the account has the address %q. %s", id, fivetranUserMissing(ctx, client, id)))
			return
		case err != nil:
			resp.Diagnostics.AddError("Unable to List Fivetran Users", fivetranService.explain(client, err))
			return
		}
		id = user.ID
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), id)...)
}

// MoveState takes over the state of the resource fivetran_user of Fivetran's
// own provider. Nobody is asked or touched: the next refresh fills in the rest.
func (r *fivetranUserInvite) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if req.SourceTypeName != "fivetran_user" || !strings.HasSuffix(req.SourceProviderAddress, "/fivetran/fivetran") || req.SourceRawState == nil {
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
			resp.Diagnostics.AddError("Unable to Move fivetran_user", fmt.Sprintf("Its state cannot be read (%v). Remove it with `terraform state rm` and import the person here instead.", err))
			return
		}
		for attribute, value := range map[string]any{
			"id":             source.ID,
			"email":          source.Email,
			"given_name":     told(source.GivenName),
			"family_name":    told(source.FamilyName),
			"role":           told(source.Role),
			"phone":          told(source.Phone),
			"picture":        told(source.Picture),
			"adopt_existing": false,
		} {
			resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root(attribute), value)...)
		}
		resp.Diagnostics.Append(resp.TargetIdentity.SetAttribute(ctx, path.Root("user_id"), source.ID)...)
	}}}
}

// told reads "", which fivetran_user has for what is not set, as null.
func told(value *string) types.String {
	if orEmpty(value) == "" {
		return types.StringNull()
	}
	return types.StringPointerValue(value)
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// ImportState takes the id of a user, their email address or, from Terraform
// 1.12 on, their identity.
func (r *fivetranUserInvite) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	client, ok := r.client(&resp.Diagnostics)
	if !ok {
		return
	}
	given := req.ID
	if given == "" && req.Identity != nil {
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("user_id"), &given)...)
	}
	user, problem := r.imported(ctx, client, strings.TrimSpace(given))
	if problem != nil {
		resp.Diagnostics.Append(problem.at(path.Empty()))
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), user.ID)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("user_id"), user.ID)...)
}

// imported finds the user to import.
func (r *fivetranUserInvite) imported(ctx context.Context, client *fivetran.Client, given string) (fivetran.User, *diagnosis) {
	switch {
	case given == "":
		return fivetran.User{}, &diagnosis{summary: "Missing Import ID", detail: "Import a user by id or by email address, such as `nozzle_eat` or `ada@example.com`."}
	case strings.Contains(given, "@"):
		user, found, err := r.clients.fivetranUsers.Find(ctx, given)
		switch {
		case err != nil:
			return user, &diagnosis{summary: "Unable to List Fivetran Users", detail: fivetranService.explain(client, err)}
		case !found:
			return user, &diagnosis{summary: "Fivetran User Not Found", detail: fmt.Sprintf("No user has the email address %q. %s", given, fivetranUserMissing(ctx, client, given))}
		}
		return user, nil
	case !fivetranID.MatchString(given):
		return fivetran.User{}, &diagnosis{summary: "Fivetran User Not Found", detail: fmt.Sprintf("%q is neither an email address nor an id that Fivetran gives. Import a user by id or by email address, such as `nozzle_eat` or `ada@example.com`.", given)}
	}
	user, err := client.SharedUser(ctx, given)
	switch {
	case fivetran.NotFound(err):
		return user, &diagnosis{summary: "Fivetran User Not Found", detail: fmt.Sprintf("No user has the id %q. Import the user by email address instead, or find the id with the data source datastack_fivetran_users.", given)}
	case err != nil:
		return user, &diagnosis{summary: "Unable to Read Fivetran User", detail: fivetranService.explain(client, err)}
	}
	return user, nil
}

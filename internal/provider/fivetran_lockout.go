// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// lockout tells why to change somebody's role, or to delete them, would lock
// somebody out, or nil.
func lockout(ctx context.Context, client *fivetran.Client, person inviteModel, change string) *diagnosis {
	summary := "Fivetran User Is Protected"
	account, err := client.Account(ctx)
	switch {
	case rest.Status(err) == http.StatusForbidden:
		// A user may read their own account: this is a system key without
		// ACCOUNT:READ, which no person owns.
	case err != nil:
		return &diagnosis{summary: summary, detail: "Whose API key is in use could not be found out, so nothing was sent. " + fivetranService.explain(client, err)}
	case account.UserID != nil && *account.UserID == person.ID.ValueString():
		return &diagnosis{summary: summary, detail: fmt.Sprintf("The API key in use belongs to %s. To %s this person would end the key, or its rights, in the middle of this run. Nothing was sent. "+
			"Use a system key or the key of another Account Administrator, or take the person out of Terraform: `terraform state rm`, or a `removed` block with `destroy = false`.",
			person.Email.ValueString(), change)}
	}
	if !fivetran.Administers(person.Role.ValueString()) {
		return nil
	}
	users, err := client.Users(ctx)
	if err != nil {
		return &diagnosis{summary: summary, detail: "Whether the account has another Account Administrator could not be found out, so nothing was sent. " + fivetranService.explain(client, err)}
	}
	for _, user := range users {
		if user.ID != person.ID.ValueString() && fivetran.Administers(orEmpty(user.Role)) && orEmpty(user.Status()) == "active" {
			return nil
		}
	}
	return &diagnosis{summary: summary, detail: fmt.Sprintf("%s is the last active Account Administrator. To %s this person would leave the account to nobody. Nothing was sent. "+
		"Make somebody else Account Administrator first, or take the person out of Terraform: `terraform state rm`, or a `removed` block with `destroy = false`.",
		person.Email.ValueString(), change)}
}

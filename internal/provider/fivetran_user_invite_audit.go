// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
)

// actor is the owner of the key in use. A system key without ACCOUNT:READ
// cannot say: the lines then name no actor, rather than the change be refused.
func actor(ctx context.Context, client *fivetran.Client) audit.Actor {
	account, err := client.Account(ctx)
	switch {
	case err != nil:
		return audit.Actor{}
	case account.UserID != nil:
		return audit.Actor{Kind: audit.User, ID: *account.UserID, AccountID: account.ID, AccountName: orEmpty(account.Name)}
	default:
		return audit.Actor{Kind: audit.SystemKey, ID: orEmpty(account.SystemKeyID), AccountID: account.ID, AccountName: orEmpty(account.Name)}
	}
}

// unrecorded is the problem that the audit log could not be written, so that
// nothing was sent, or nil.
func unrecorded(err error) *diagnosis {
	if _, ok := errors.AsType[*audit.Error](err); !ok {
		return nil
	}
	return &diagnosis{summary: "Unable to Write Audit Log", detail: "Nothing was sent to Fivetran: with `audit_log` set, no change goes unrecorded. " + err.Error()}
}

// warnUnwritten says what the audit log lacks.
func (d *providerData) warnUnwritten(diags *diag.Diagnostics) {
	for _, err := range d.audit.Unwritten() {
		diags.AddWarning("Unable to Write Audit Log", "The audit log says that a request was sent to Fivetran, but not how it ended. "+err.Error())
	}
}

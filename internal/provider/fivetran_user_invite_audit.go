// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranActor is the owner of the key in use, for the audit log. A system key
// without ACCOUNT:READ cannot say: the lines then name no actor, rather than the
// change be refused. The owner's name costs one request in a run, whatever comes
// of it.
func (d *providerData) fivetranActor(ctx context.Context) audit.Actor {
	client := d.fivetran.client
	account, err := client.Account(ctx)
	if err != nil {
		return audit.Actor{}
	}
	actor := audit.Actor{Kind: audit.SystemKey, ID: orEmpty(account.SystemKeyID), AccountID: account.ID, AccountName: orEmpty(account.Name)}
	if account.UserID == nil {
		return actor
	}
	d.keyOwner.once.Do(func() { d.keyOwner.user, _ = client.User(rest.Once(context.WithoutCancel(ctx)), *account.UserID) })
	owner := d.keyOwner.user
	actor.Kind, actor.ID = audit.User, *account.UserID
	actor.Name, actor.Email = strings.TrimSpace(orEmpty(owner.GivenName)+" "+orEmpty(owner.FamilyName)), orEmpty(owner.Email)
	return actor
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

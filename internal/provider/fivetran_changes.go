// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranChanges sends changes of people to Fivetran: none that locks
// somebody out.
type fivetranChanges struct {
	client *fivetran.Client
	all    *providerData
	warn   warnFunc
}

// update sends what a change holds, if anything.
func (c fivetranChanges) update(ctx context.Context, person inviteModel, change fivetran.Change) *diagnosis {
	what := "change"
	if change.Role != nil {
		what = changeRole
	}
	return c.send(ctx, person, what, func() error {
		if change == (fivetran.Change{}) {
			return nil
		}
		_, err := c.client.UpdateUser(ctx, person.user(), change, nil)
		return err
	})
}

// adopt is update for a person who was in the account before.
func (c fivetranChanges) adopt(ctx context.Context, person inviteModel, change fivetran.Change) *diagnosis {
	what := "change"
	if change.Role != nil {
		what = changeRole
	}
	return c.send(ctx, person, what, func() error {
		if change == (fivetran.Change{}) {
			return nil
		}
		_, err := c.client.AdoptUser(ctx, person.user(), change, nil)
		return err
	})
}

func (c fivetranChanges) clearRole(ctx context.Context, person inviteModel) *diagnosis {
	return c.send(ctx, person, changeRole, func() error { return c.client.ClearRole(ctx, person.user(), nil) })
}

// remove deletes a person. Somebody who is gone already is as good as deleted.
func (c fivetranChanges) remove(ctx context.Context, person inviteModel) *diagnosis {
	return c.send(ctx, person, "delete", func() error {
		err := c.client.DeleteUser(ctx, person.user(), func(ctx context.Context, user fivetran.User, outcome rest.Outcome) (fivetran.User, rest.Outcome) {
			if rest.Lost(outcome.Err) {
				if _, after := c.client.User(ctx, person.ID.ValueString()); fivetran.NotFound(after) {
					return user, rest.Outcome{Result: rest.ResultSuccess, Detail: "The answer was lost, and the user is gone."}
				}
			}
			return user, outcome
		})
		if fivetran.NotFound(err) {
			return nil
		}
		return err
	})
}

// changeRole is what a change that takes a role away is called in messages.
const changeRole = "change the role of"

// send carries out a change that messages call by what it does. All but a mere
// change of details is guarded, and what concerns administrators happens one
// at a time: two of them must not each be deleted because of the other.
func (c fivetranChanges) send(ctx context.Context, person inviteModel, what string, request func() error) *diagnosis {
	if what != "change" {
		if fivetran.Administers(person.Role.ValueString()) {
			c.all.administrators.Lock()
			defer c.all.administrators.Unlock()
		}
		if problem := lockout(ctx, c.client, person, what); problem != nil {
			return problem
		}
	}
	err := request()
	c.warnUnwritten()
	switch {
	case err == nil:
		return nil
	case unrecorded(err) != nil:
		return unrecorded(err)
	default:
		return unable(strings.ToUpper(what[:1])+what[1:], c.client, err)
	}
}

// unable is the problem that Fivetran did not do what it was asked to.
func unable(what string, client *fivetran.Client, err error) *diagnosis {
	return &diagnosis{summary: "Unable to " + what + " Fivetran User", detail: fivetranService.explain(client, err)}
}

// user is the person as the state knows them.
func (m *inviteModel) user() fivetran.User {
	return fivetran.User{ID: m.ID.ValueString(), Email: m.Email.ValueStringPointer(), Role: m.Role.ValueStringPointer()}
}

// unrecorded is the problem that the audit log could not be written, so that
// nothing was sent, or nil.
func unrecorded(err error) *diagnosis {
	if _, ok := errors.AsType[*audit.Error](err); !ok {
		return nil
	}
	return &diagnosis{summary: "Unable to Write Audit Log", detail: "Nothing was sent to Fivetran: `audit_log` is set, so that no change goes unrecorded. " + err.Error()}
}

// warnUnwritten says what the audit log lacks.
func (c fivetranChanges) warnUnwritten() {
	for _, err := range c.all.audit.Unwritten() {
		c.warn("Unable to Write Audit Log", "The audit log says that a request was sent to Fivetran, but not how it ended. "+err.Error())
	}
}

// actor is whose key is in use. A system key without ACCOUNT:READ cannot say:
// the lines then name no actor, rather than the change be refused.
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

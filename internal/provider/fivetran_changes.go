// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"net/http"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/audit"
	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranChanges sends changes of people to Fivetran: none that locks
// somebody out, each between two lines of the access-change log.
type fivetranChanges struct {
	client *fivetran.Client
	all    *providerData
	warn   warnFunc
}

// update sends what a change holds, if anything.
func (c fivetranChanges) update(ctx context.Context, person inviteModel, change fivetran.Change) *diagnosis {
	if change == (fivetran.Change{}) {
		return nil
	}
	id := person.ID.ValueString()
	record := person.record(audit.Update, http.MethodPatch, c.client.UserURL(id))
	record.Fields = change.Fields()
	what := "change"
	if change.Role != nil {
		what = changeRole
		record.Target.Role = *change.Role
	}
	return c.send(ctx, person, what, record, func() error {
		_, err := c.client.UpdateUser(ctx, id, change)
		return err
	})
}

func (c fivetranChanges) clearRole(ctx context.Context, person inviteModel) *diagnosis {
	id := person.ID.ValueString()
	record := person.record(audit.Update, http.MethodDelete, c.client.UserURL(id)+"/role")
	record.Fields = []string{"role"}
	record.Target.Role = ""
	return c.send(ctx, person, changeRole, record, func() error { return c.client.ClearRole(ctx, id) })
}

// remove deletes a person. Somebody who is gone already is as good as deleted.
func (c fivetranChanges) remove(ctx context.Context, person inviteModel) *diagnosis {
	id := person.ID.ValueString()
	return c.send(ctx, person, "delete", person.record(audit.Delete, http.MethodDelete, c.client.UserURL(id)), func() error {
		err := c.client.DeleteUser(ctx, id)
		if rest.Lost(err) {
			settling, cancel := settlingContext(ctx)
			defer cancel()
			if _, after := c.client.User(settling, id); fivetran.NotFound(after) {
				return nil
			}
		}
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
func (c fivetranChanges) send(ctx context.Context, person inviteModel, what string, record audit.Change, request func() error) *diagnosis {
	if what != "change" {
		if fivetran.Administers(person.Role.ValueString()) {
			c.all.administrators.Lock()
			defer c.all.administrators.Unlock()
		}
		if problem := lockout(ctx, c.client, person, what); problem != nil {
			return problem
		}
	}
	var err error
	problem := c.recorded(ctx, record, func() audit.Outcome {
		err = request()
		return outcome(person.ID.ValueString(), err)
	})
	if problem == nil && err != nil {
		problem = unable(strings.ToUpper(what[:1])+what[1:], c.client, err)
	}
	return problem
}

// unable is the problem that Fivetran did not do what it was asked to.
func unable(what string, client *fivetran.Client, err error) *diagnosis {
	return &diagnosis{summary: "Unable to " + what + " Fivetran User", detail: fivetranService.explain(client, err)}
}

// record is the entry for a change in the access-change log.
func (m *inviteModel) record(activity audit.Activity, method, url string) audit.Change {
	return audit.Change{
		Activity: activity, Service: "Fivetran", Method: method, URL: url,
		Target: audit.Target{ID: m.ID.ValueString(), Email: m.Email.ValueString(), Role: m.Role.ValueString()},
	}
}

// recorded carries out a request between two lines in the access-change log.
// The problem it returns is that the first could not be written, so that
// nothing was sent.
func (c fivetranChanges) recorded(ctx context.Context, record audit.Change, request func() audit.Outcome) *diagnosis {
	if c.all.audit != nil {
		record.Actor = actor(ctx, c.client)
	}
	entry, err := c.all.audit.Begin(record)
	if err != nil {
		return &diagnosis{summary: "Access-Change Log Cannot Be Written", detail: "Nothing was sent to Fivetran: `audit_log` is set, so that no change goes without a trace. " + err.Error()}
	}
	if err := entry.End(request()); err != nil {
		c.warn("Access-Change Log Cannot Be Written", "The log says that a request was sent to Fivetran, but not how it ended. "+err.Error())
	}
	return nil
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

// outcome is how a request about a user ended.
func outcome(id string, err error) audit.Outcome {
	switch {
	case err == nil:
		return audit.Outcome{Status: audit.Success, ID: id}
	case rest.Lost(err):
		return audit.Outcome{Status: audit.Unknown, ID: id, HTTPStatus: rest.Status(err), Detail: err.Error()}
	default:
		return audit.Outcome{Status: audit.Failure, ID: id, HTTPStatus: rest.Status(err), Detail: err.Error()}
	}
}

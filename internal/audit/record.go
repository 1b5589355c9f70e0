// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Actor is who changes something: the owner of the API key in use, or the key
// itself where it has no owner. What is not known is "".
type Actor struct {
	Kind ActorKind
	// ID is the id of the user or of the system key.
	ID string
	// Name and Email are those of the user.
	Name, Email string
	// AccountID and AccountName are those of the account that the key is for.
	AccountID, AccountName string
}

// ActorKind is the kind of an Actor.
type ActorKind string

// The kinds of actors.
const (
	User      ActorKind = "User"
	SystemKey ActorKind = "System Key"
	SCIMToken ActorKind = "SCIM Token"
)

// Recorder returns the hook for rest.Config that writes the lines about changes
// in a service, such as "Fivetran". actor is asked before each change. A nil
// Log has none.
//
// The hook returns once the first line is on disk; its error names the file
// and the reason. If the second line cannot be written, the change is made
// already: Unwritten says so.
func (l *Log) Recorder(service string, actor func(context.Context) Actor) func(ctx context.Context, method, url string, target rest.Target) (func(rest.Outcome), error) {
	if l == nil {
		return nil
	}
	return func(ctx context.Context, method, url string, target rest.Target) (func(rest.Outcome), error) {
		if target.ID == "" && target.Email == "" && target.Name == "" {
			return nil, &Error{errors.New("the change names neither an id nor an email address or a name")}
		}
		before := newEvent(target, actor(ctx))
		before.Unmapped.Service = service
		before.Unmapped.RunID = l.runID
		before.HTTPRequest = requestObject{Method: method, URL: urlInOCSF(url)}
		before.Metadata.Product.Version = l.version
		before.Metadata.CorrelationUID = l.newID()
		if err := l.write(before, 1); err != nil {
			return nil, err
		}
		return func(outcome rest.Outcome) {
			after := before.ended(outcome)
			if err := l.write(after, 2); err != nil {
				l.missing(fmt.Errorf("%s: %s %s for %s, id %q: %w", after.Status, method, url, after.User.Name, after.User.UID, err))
			}
		}, nil
	}
}

// write appends the first or second line of a change. Each has an id of its
// own, by which a receiver can drop what is delivered twice; the id that they
// share pairs them.
func (l *Log) write(e event, line int) error {
	e.Metadata.UID = fmt.Sprintf("%s-%d", e.Metadata.CorrelationUID, line)
	e.Message = e.message()
	return l.append(e)
}

// ended is the event once the outcome is known.
func (e event) ended(outcome rest.Outcome) event {
	if outcome.Activity != "" {
		e = e.of(outcome.Activity)
		e.Unmapped.Role = nil // which was sent, and given to no user
	}
	e.StatusID, e.Status = statusInOCSF(outcome.Result)
	e.User.UID = cmp.Or(e.User.UID, outcome.ID)
	if outcome.Status != 0 {
		e.StatusCode = strconv.Itoa(outcome.Status)
	}
	e.StatusDetail = outcome.Detail
	if e.StatusDetail == "" && outcome.Err != nil {
		e.StatusDetail = outcome.Err.Error()
	}
	return e
}

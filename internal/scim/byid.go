// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// ownReply is the reply to a request for one user or group by id. Some services
// send a list of that one.
type ownReply[R resource] struct {
	wanted string
	failureBody
	Row       R                  `json:",embed"`
	Resources sent[rest.Rows[R]] `json:"Resources"`
}

// Check implements rest.Envelope. Only a reply that says so, or that has another
// id, means that there is no such user or group.
func (o *ownReply[R]) Check() error {
	code, failed := o.reported()
	switch {
	case o.row() != nil:
		return nil
	case failed && code == http.StatusNotFound:
		return fmt.Errorf("%w: %w: status %d", errNotFound, rest.ErrFailed, code)
	case failed:
		return reportedFailure(code)
	case o.Resources.ok:
		return errors.New("the reply is a list, without what was asked for by id")
	case o.Row.id() == "":
		return errors.New("the reply is not a SCIM resource: it has no id")
	default:
		return fmt.Errorf("%w: the service answered with another id", errNotFound)
	}
}

// SetETag implements rest.Versioned.
func (o *ownReply[R]) SetETag(version string) {
	if row, ok := any(&o.Row).(rest.Versioned); ok {
		row.SetETag(version)
	}
}

// row returns what was asked for, nil if the reply does not have it. A reply that
// is null leaves nothing of what was wanted either.
func (o *ownReply[R]) row() *R {
	if id := o.Row.id(); id != "" && id == o.wanted {
		return &o.Row
	}
	if rows := o.Resources.value; len(rows) == 1 && rows[0].id() == o.wanted {
		return &rows[0]
	}
	return nil
}

// AddGap gives a gap to the row that has it.
func (o *ownReply[R]) AddGap(gap rest.Gap) {
	if row, ok := any(&o.Row).(interface{ AddGap(rest.Gap) }); ok && !o.Resources.ok {
		row.AddGap(gap)
	}
	rest.AddRowGap(o.Resources.value, gap, "Resources")
}

// readByID reads a user or group by its id.
func readByID[R resource](ctx context.Context, get Getter, path, id string, query url.Values) (R, error) {
	reply := ownReply[R]{wanted: id}
	if id == "" {
		return reply.Row, fmt.Errorf("%w: the id is empty", errNotFound)
	}
	err := get.Get(ctx, rest.Path(path, id), query, &reply)
	switch {
	case rest.Status(err) == http.StatusNotFound:
		return reply.Row, fmt.Errorf("%w: %w", errNotFound, err)
	case err != nil:
		return reply.Row, err
	default:
		return *reply.row(), nil
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"cmp"
	"fmt"
	"strconv"
)

// Entry is a change whose first line is written. A nil Entry, of a nil Log,
// writes nothing.
type Entry struct {
	log   *Log
	id    string
	event event
}

// Outcome is what became of the request.
type Outcome struct {
	Status Status
	// ID is the id of the user if the reply has it, otherwise "".
	ID string
	// HTTPStatus is the status of the reply, 0 when there was none or it is
	// not known.
	HTTPStatus int
	// Detail says what went wrong. It must have no secret.
	Detail string
}

// Status is how a request ended, by its number in OCSF.
type Status int

// How a request can end. Unknown is for a lost reply: the change may have been
// made.
const (
	Unknown Status = 0
	Success Status = 1
	Failure Status = 2

	// pending, OCSF's "Other", is the status before the request.
	pending Status = 99
)

// String returns the name in OCSF.
func (s Status) String() string {
	switch s {
	case Success:
		return "Success"
	case Failure:
		return "Failure"
	case pending:
		return "Pending"
	default:
		return "Unknown"
	}
}

// End writes the line after the request and returns once it is on disk. It is
// called once. The change itself is not undone by an error, which names the
// file and the reason.
func (e *Entry) End(outcome Outcome) error {
	if e == nil {
		return nil
	}
	e.event.User.UID = cmp.Or(outcome.ID, e.event.User.UID)
	if outcome.HTTPStatus != 0 {
		e.event.StatusCode = strconv.Itoa(outcome.HTTPStatus)
	}
	e.event.StatusDetail = outcome.Detail
	return e.write(2, outcome.Status)
}

// write appends the first or second line. Each has an id of its own, by which a
// receiver can drop what is delivered twice; what they share pairs them.
func (e *Entry) write(line int, status Status) error {
	e.event.Metadata.UID = fmt.Sprintf("%s-%d", e.id, line)
	e.event.Metadata.CorrelationUID = e.id
	e.event.StatusID, e.event.Status = status, status.String()
	return e.log.append(e.event)
}

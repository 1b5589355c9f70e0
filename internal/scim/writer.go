// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"errors"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// Sender reads a path of the service into a value, and sends changes. Names in
// the service's JSON have no case (rest.Config.AnyCase).
type Sender interface {
	Getter
	Send(ctx context.Context, change rest.Change, into any) error
}

// Writer changes a directory in the forms that both dbt's document and the
// servers accept that keep what they are sent. It is safe for concurrent use.
//
// A service may answer a change with 200, 201 or 204, with or without what was
// changed, and keep nothing of it: what a method returns is what the reply shows.
// Settle reads the user or group, and says what is true. Errors are a
// *rest.Error: rest.Lost where the change may have been carried out.
type Writer struct{ service Sender }

// NewWriter returns a writer. It sends nothing.
func NewWriter(service Sender) *Writer { return &Writer{service} }

// Settle finds out what is true once a change of a user or group has ended, well
// or not. It gets what the service replied with, the zero value where it did
// not, and the outcome as the reply alone shows it. It returns the user or group
// and, in the outcome, the error that the method is to return. See rest.Change.
type Settle[T any] func(ctx context.Context, reply T, outcome rest.Outcome) (T, rest.Outcome)

// versioned is a reply that keeps the version in its header.
type versioned struct {
	etag string `json:"-"` // or the decoder takes the struct for a mistake
}

// SetETag implements rest.Versioned.
func (v *versioned) SetETag(version string) { v.etag = version }

var errNoID = errors.New("the id is empty")

// sendChange carries out a change whose reply is a user or group, as T. A deletion has
// no reply.
func sendChange[R resource, T any](ctx context.Context, w *Writer, change rest.Change, to func(R) T, settle Settle[T]) (T, error) {
	var result T
	var row R
	change.Settle = func(ctx context.Context, outcome rest.Outcome) rest.Outcome {
		if rest.Status(outcome.Err) == http.StatusNoContent {
			// There is no reply to read, and none was to be expected.
			outcome.Result, outcome.Err = rest.ResultSuccess, nil
		}
		if outcome.Err == nil {
			result = to(row)
			if change.Method == http.MethodPost {
				outcome.ID = row.id()
			}
		}
		if NotFound(outcome.Err) || change.Method == http.MethodDelete && rest.Status(outcome.Err) == http.StatusNotFound {
			outcome.Result, outcome.Detail = rest.ResultSuccess, "it was gone already"
		}
		if settle != nil {
			result, outcome = settle(ctx, result, outcome)
		}
		return outcome
	}
	var into any
	if change.Method != http.MethodDelete {
		into = &row
	}
	err := w.service.Send(ctx, change, into)
	return result, err
}

// onePath returns the path of one user or group. An empty id would be the path of
// all.
func onePath(collection, id string) (string, error) {
	if id == "" {
		return "", errNoID
	}
	return rest.Path(collection, id), nil
}

// patch is the body of a PATCH (RFC 7644 section 3.5.2). Ops are in lower case:
// dbt's document and SCIMMY refuse "Replace".
type patch struct {
	Schemas    []string    `json:"schemas"`
	Operations []operation `json:"Operations"`
}

type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path,omitempty"`
	Value any    `json:"value,omitempty"`
}

func newPatch(operations ...operation) patch {
	return patch{Schemas: []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, Operations: operations}
}

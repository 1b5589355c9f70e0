// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// pageSize is the count asked for. A hundred is what most servers allow or
// send at most; one with a lower limit sends fewer, which costs nothing but
// requests.
const pageSize = 100

// resource is a row of a list: a user or a group.
type resource interface {
	userRow | groupRow
	id() string
	name() string
}

// listResponse is one page (RFC 7644 §3.4.2). Of what the server says about
// the page, startIndex and itemsPerPage are not read: they are often wrong.
type listResponse[R resource] struct {
	Total     int64
	Resources []R
	Next      string
}

// UnmarshalJSON is lenient with values and strict with the envelope: an answer
// of another kind must not pass for an empty list.
func (l *listResponse[R]) UnmarshalJSON(data []byte) error {
	var envelope struct {
		Schemas      rest.Strings    `json:"schemas"`
		TotalResults json.RawMessage `json:"totalResults"`
		Resources    json.RawMessage `json:"Resources"`
		NextCursor   text            `json:"nextCursor"`
		// The envelope of dbt Cloud's other endpoints.
		Status, Data, Extra json.RawMessage
	}
	if err := json.Unmarshal(data, &envelope); err != nil {
		return err
	}
	listed := slices.ContainsFunc(envelope.Schemas, func(urn string) bool {
		return strings.HasSuffix(strings.ToLower(urn), ":listresponse")
	})
	if !listed && envelope.TotalResults == nil && envelope.Resources == nil {
		if envelope.Data != nil && (envelope.Status != nil || envelope.Extra != nil) {
			return errors.New("it is dbt Cloud's envelope {status, data, extra}, not a SCIM ListResponse")
		}
		return errors.New("it is not a SCIM ListResponse: schemas, totalResults and Resources are missing")
	}
	*l = listResponse[R]{Total: rest.UnknownTotal, Next: envelope.NextCursor.String()}
	var total rest.Int
	if envelope.TotalResults != nil && total.UnmarshalJSON(envelope.TotalResults) == nil && total.Value != nil {
		l.Total = *total.Value
	}
	if envelope.Resources == nil {
		return nil
	}
	return json.Unmarshal(envelope.Resources, &l.Resources)
}

// page reads the part of a list that begins at a position.
func page[R resource](ctx context.Context, get Getter, path string, query url.Values, at rest.Position) (listResponse[R], error) {
	asked := url.Values{"count": {strconv.Itoa(pageSize)}}
	maps.Copy(asked, query)
	if at.Cursor != "" {
		asked.Set("cursor", at.Cursor)
	} else {
		asked.Set("startIndex", strconv.Itoa(at.Offset+1))
	}
	var reply listResponse[R]
	err := get.Get(ctx, path, asked, &reply)
	return reply, err
}

// list reads a collection whole. It follows the cursors of servers that page
// by them, asked or not (RFC 9865), and begins again once where one expired.
func list[R resource](ctx context.Context, get Getter, what, path string, query url.Values) ([]R, error) {
	listing := rest.Listing[R]{
		What: what,
		Key:  R.id,
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[R], error) {
			reply, err := page[R](ctx, get, path, query, at)
			if at.Offset > 0 && at.Cursor == "" && rest.Status(err) == http.StatusNotFound {
				// This is how some servers say that nothing is behind the end.
				return rest.Page[R]{Total: rest.UnknownTotal}, nil
			}
			return rest.Page[R]{Rows: reply.Resources, Total: reply.Total, Next: reply.Next}, err
		},
		// A server is known that reports 50 users of 252.
		Doubtful: true,
	}
	rows, err := listing.All(ctx)
	if expiredCursor(err) {
		rows, err = listing.All(ctx)
	}
	return rows, err
}

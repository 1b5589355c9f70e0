// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"

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

// listResponse is one page (RFC 7644 section 3.4.2). Of what the server says
// about the page, startIndex and itemsPerPage are not read: they are often wrong.
type listResponse[R resource] struct {
	failureBody
	TotalResults sent[rest.Int]     `json:"totalResults"`
	Resources    sent[rest.Rows[R]] `json:"Resources"`
	NextCursor   rest.Text          `json:"nextCursor"` // RFC 9865

	// With status, the envelope of dbt Cloud's other endpoints.
	Data  sent[passedOver] `json:"data"`
	Extra sent[passedOver] `json:"extra"`
}

// Check implements rest.Envelope. It is strict, unlike the reading of values: a
// reply of another kind must not pass for an empty list.
func (l *listResponse[R]) Check() error {
	code, failed := l.reported()
	switch {
	case failed:
		return reportedFailure(code)
	case l.has(":listresponse") || l.TotalResults.ok || l.Resources.ok:
		return nil
	case l.Data.ok && (l.Status.ok || l.Extra.ok):
		return errors.New("the reply is dbt Cloud's envelope {status, data, extra}, not a SCIM ListResponse")
	default:
		return errors.New("the reply is not a SCIM ListResponse: schemas, totalResults and Resources are missing")
	}
}

// AddGap gives a gap to the row that has it.
func (l *listResponse[R]) AddGap(gap rest.Gap) { rest.AddRowGap(l.Resources.value, gap, "Resources") }

func (l *listResponse[R]) page() rest.Page[R] {
	page := rest.Page[R]{Rows: l.Resources.value, Total: rest.UnknownTotal, Next: l.NextCursor.String()}
	if total := l.TotalResults.value.Value; total != nil {
		page.Total = *total
	}
	return page
}

// readPage reads the part of a list that begins at a position.
func readPage[R resource](ctx context.Context, get Getter, path string, query url.Values, at rest.Position) (rest.Page[R], error) {
	parameters := url.Values{"count": {strconv.Itoa(pageSize)}}
	if at.Single {
		parameters.Set("count", "1")
	}
	if at.Again {
		// A list without an order can leave rows out between its pages.
		parameters.Set("sortBy", "id")
	}
	if at.Reversed {
		parameters.Set("sortBy", "id")
		parameters.Set("sortOrder", "descending")
	}
	maps.Copy(parameters, query)
	if at.Cursor != "" {
		parameters.Set("cursor", at.Cursor)
	} else {
		parameters.Set("startIndex", strconv.Itoa(at.Offset+1))
	}
	var reply listResponse[R]
	if err := get.Get(ctx, path, parameters, &reply); err != nil {
		return rest.Page[R]{}, err
	}
	return reply.page(), nil
}

// listAll reads a collection whole, and keeps of each row what a function returns. It
// follows the cursors of servers that page by them, asked or not (RFC 9865), and
// begins again once where one expired. The doubts are not about a group: it cannot
// be known whether the list is whole.
func listAll[R resource, T any](ctx context.Context, get Getter, what, path string, query url.Values, keep func(R) T) (rows []T, doubts []Doubt, err error) {
	unsorted := false
	listing := rest.Listing[R, T]{
		What:     what,
		Key:      R.id,
		Keep:     keep,
		PageSize: pageSize,
		Fetch: func(ctx context.Context, at rest.Position) (rest.Page[R], error) {
			first := at.Offset == 0 && at.Cursor == ""
			if at.Again && first {
				page, err := readPage[R](rest.Once(ctx), get, path, query, at)
				if _, refused := sideRefusal(err); !refused {
					return page, err
				}
				unsorted = true
			}
			at.Again = at.Again && !unsorted
			page, err := readPage[R](ctx, get, path, query, at)
			if at.Offset > 0 && at.Cursor == "" && rest.Status(err) == http.StatusNotFound {
				// Nothing is behind the end: Okta's documentation shows 404 for no match.
				return rest.Page[R]{Total: rest.UnknownTotal}, nil
			}
			return page, err
		},
		// Ory Polis reports a total of 50 users of 252.
		Doubtful: true,
		Warn:     func(why string) { doubts = []Doubt{{Why: why}} },
	}
	rows, err = listing.All(ctx)
	if expiredCursor(err) {
		rows, err = listing.All(ctx)
	}
	return rows, doubts, err
}

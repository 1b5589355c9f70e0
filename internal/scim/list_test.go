// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// TestPaging lists 250 users, or as many as the case says, from servers that
// page in ways that were seen.
func TestPaging(t *testing.T) {
	rows := people(250)
	for _, test := range []struct {
		name     string
		answer   func(r *http.Request) string
		users    int
		requests int
		err      string
	}{
		{
			name:   "as the standard says",
			answer: func(r *http.Request) string { return listOf(250, part(r, rows, 100)...) },
			users:  250, requests: 4,
		},
		{
			name:   "caps the count",
			answer: func(r *http.Request) string { return listOf(250, part(r, rows, 20)...) },
			users:  250, requests: 14,
		},
		{
			name: "begins again behind the end",
			answer: func(r *http.Request) string {
				if page := part(r, rows, 100); len(page) > 0 {
					return listOf(250, page...)
				}
				return listOf(250, rows[:100]...)
			},
			users: 250, requests: 4,
		},
		{
			name:   "ignores startIndex",
			answer: func(*http.Request) string { return listOf(250, rows[:20]...) },
			err:    "only 20 of 250 RudderStack SCIM users could be read",
		},
		{
			name:   "ignores startIndex and count but sends all",
			answer: func(*http.Request) string { return listOf(250, rows...) },
			users:  250, requests: 2,
		},
		{
			name:   "total lower than the truth",
			answer: func(r *http.Request) string { return listOf(50, part(r, rows, 50)...) },
			users:  250, requests: 6,
		},
		{
			name:   "total is that of the page",
			answer: func(r *http.Request) string { page := part(r, rows, 100); return listOf(len(page), page...) },
			users:  250, requests: 4,
		},
		{
			name:   "total higher than the truth",
			answer: func(r *http.Request) string { return listOf(300, part(r, rows, 100)...) },
			err:    "only 250 of 300 RudderStack SCIM users could be read",
		},
		{
			name: "no total",
			answer: func(r *http.Request) string {
				return `{"Resources":[` + strings.Join(part(r, rows, 100), ",") + `]}`
			},
			users: 250, requests: 4,
		},
		{
			name:   "numbers as strings",
			answer: func(r *http.Request) string { return listOf("250", part(r, rows, 100)...) },
			users:  250, requests: 4,
		},
		{
			name: "false echoes",
			answer: func(r *http.Request) string {
				return strings.Replace(listOf(250, part(r, rows, 100)...), "{", `{"startIndex":0,"itemsPerPage":-5,`, 1)
			},
			users: 250, requests: 4,
		},
		{
			name: "startIndex counts from 0",
			answer: func(r *http.Request) string {
				page := rows[min(numberOf(r, "startIndex"), 250):]
				return listOf(250, page[:min(100, len(page))]...)
			},
			err: "only 249 of 250",
		},
		{
			name: "pages by cursor without being asked",
			answer: func(r *http.Request) string {
				from := 0
				if cursor := r.URL.Query().Get("cursor"); cursor != "" {
					if r.URL.Query().Has("startIndex") || numberOf(r, "count") != pageSize {
						return "cursor and count only"
					}
					_, _ = fmt.Sscanf(cursor, "behind %d", &from)
				}
				page := rows[from:min(from+100, 250)]
				if from+100 >= 250 {
					return `{"Resources":[` + strings.Join(page, ",") + `]}`
				}
				return fmt.Sprintf(`{"nextCursor":"behind %d","Resources":[%s]}`, from+100, strings.Join(page, ","))
			},
			users: 250, requests: 3,
		},
		{
			name: "the same cursor again and again",
			answer: func(*http.Request) string {
				return `{"nextCursor":"x","Resources":[` + rows[0] + `]}`
			},
			err: "the service named the same next page twice",
		},
		{
			name: "duplicates",
			answer: func(r *http.Request) string {
				return listOf(252, part(r, slices.Concat(rows[:1], rows, rows[:1]), 100)...)
			},
			err: "only 250 of 252",
		},
		{
			name:   "attribute names in another case",
			answer: func(*http.Request) string { return `{"TOTALRESULTS":1,"resources":[` + rows[0] + `]}` },
			users:  1, requests: 2,
		},
		{name: "empty", answer: func(*http.Request) string { return listOf(0) }, requests: 1},
		{name: "empty as null", answer: func(*http.Request) string { return `{"totalResults":0,"Resources":null}` }, requests: 1},
		{name: "empty by absence", answer: func(*http.Request) string { return `{"totalResults":"0"}` }, requests: 1},
		{
			name: "empty with a schema only",
			answer: func(*http.Request) string {
				return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}`
			}, requests: 1,
		},
		{name: "a total and nothing else", answer: func(*http.Request) string { return `{"totalResults":3}` }, err: "only 0 of 3"},
		{
			name: "rows of another kind", answer: func(*http.Request) string { return `{"totalResults":1,"Resources":{"id":"1"}}` },
			err: `the reply is not the expected JSON: unexpected object at "/Resources"`,
		},
		{
			name: "a row of another kind", answer: func(*http.Request) string { return listOf(2, rows[0], `"1"`) },
			err: `the reply is not the expected JSON: unexpected string at "/Resources/1"`,
		},
		{
			name:   "a row without an id",
			answer: func(*http.Request) string { return listOf(2, rows[0], `{"userName":"ann"}`) },
			err:    "row 2 of the RudderStack SCIM users has no id",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/Groups" {
					send(w, listOf(0))
					return
				}
				send(w, test.answer(r))
			})
			users, err := reader.Users(t.Context())
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got error %v, want %q", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if users == nil || len(users) != test.users {
				t.Errorf("got %d users, want %d", len(users), test.users)
			}
			if got := received.count("/Users", ""); got != test.requests {
				t.Errorf("got %d requests, want %d", got, test.requests)
			}
		})
	}
}

// TestEndsOfLists lists groups from servers that ignore startIndex, and call the
// rows of the page the total.
func TestEndsOfLists(t *testing.T) {
	rows := people(170)
	for _, test := range []struct {
		name string
		page func(count int) (rows int)
		err  string
		warn string
	}{
		{"full pages", func(count int) int { return count }, "100 RudderStack SCIM groups were read, which may not be all", ""},
		{"pages of its own size", func(count int) int { return min(count, 50) }, "", "50 RudderStack SCIM groups were read. The service ignores"},
		{"pages of one size", func(int) int { return 50 }, "", "50 RudderStack SCIM groups were read. The service ignores"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				page := rows[:test.page(numberOf(r, "count"))]
				send(w, listOf(len(page), page...))
			})
			groups, err := reader.Groups(t.Context())
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %d groups and error %v, want %q", len(groups), err, test.err)
				}
				return
			}
			if err != nil || len(groups) != 50 || len(groups[0].Doubts) != 1 || !strings.HasPrefix(groups[0].Doubts[0].Why, test.warn) {
				t.Errorf("got %d groups and error %v, want 50 with the doubt %q", len(groups), err, test.warn)
			}
		})
	}
}

// TestRefusedBehindTheEnd reads lists whole from servers that do not know a
// position behind the last row. They are asked once.
func TestRefusedBehindTheEnd(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusNotFound, http.StatusRequestedRangeNotSatisfiable, http.StatusInternalServerError} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				page := part(r, people(250), 100)
				if len(page) == 0 {
					refuse(w, status, "")
					return
				}
				send(w, listOf(250, page...))
			})
			groups, err := reader.Groups(t.Context())
			if err != nil || len(groups) != 250 || received.count("/Groups", "") != 4 {
				t.Errorf("got %d groups, error %v and %d requests, want 250 by 4", len(groups), err, received.count("/Groups", ""))
			}
		})
	}
}

// TestNoStableOrder reads from a server that leaves rows out between its pages,
// unless it is asked for an order.
func TestNoStableOrder(t *testing.T) {
	for name, test := range map[string]struct {
		refuses bool
		want    int
	}{"knows sortBy": {false, 250}, "refuses sortBy": {true, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				sorted := r.URL.Query().Get("sortBy") == "id"
				if sorted && test.refuses {
					refuse(w, http.StatusBadRequest, "invalidPath")
					return
				}
				page := part(r, people(250), 100)
				if numberOf(r, "startIndex") == 101 && !sorted {
					page = append(people(50), page[50:]...)
				}
				send(w, listOf(250, page...))
			})
			groups, err := reader.Groups(t.Context())
			if test.want > 0 && (err != nil || len(groups) != test.want) {
				t.Errorf("got %d groups and error %v, want %d", len(groups), err, test.want)
			}
			if test.want == 0 && (err == nil || !strings.Contains(err.Error(), "only 200 of 250")) {
				t.Errorf("got %d groups and error %v, want an error", len(groups), err)
			}
			if got := received.count("/Groups", "sortBy=id"); test.refuses && got != 1 || !test.refuses && got != 4 {
				t.Errorf("got %d requests for an order", got)
			}
		})
	}
}

func TestExpiredCursor(t *testing.T) {
	for _, test := range []struct {
		name    string
		expired int
		fails   bool
	}{{"once", 1, false}, {"always", 100, true}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			left := test.expired
			reader, received := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				switch {
				case !r.URL.Query().Has("cursor"):
					send(w, `{"nextCursor":"two","Resources":[{"id":"1"}]}`)
				case left > 0:
					left--
					refuse(w, http.StatusBadRequest, "expiredCursor")
				default:
					send(w, `{"Resources":[{"id":"2"}]}`)
				}
			})
			groups, err := reader.Groups(t.Context())
			if test.fails {
				if rest.Status(err) != http.StatusBadRequest {
					t.Errorf("got error %v, want the refusal", err)
				}
			} else if err != nil || len(groups) != 2 {
				t.Errorf("got %d groups and error %v, want 2", len(groups), err)
			}
			if got := received.count("/Groups", ""); got != 4 {
				t.Errorf("got %d requests, want 4", got)
			}
		})
	}
}

// TestNotFoundBehindTheEnd lists from a server that answers 404 where there
// are no rows, which must not hide that rows are missing.
func TestNotFoundBehindTheEnd(t *testing.T) {
	t.Parallel()
	for _, total := range []int{250, 260} {
		reader, _ := serve(t, patience, func(w http.ResponseWriter, r *http.Request) {
			page := part(r, people(250), 100)
			if len(page) == 0 {
				refuse(w, http.StatusNotFound, "")
				return
			}
			send(w, listOf(total, page...))
		})
		groups, err := reader.Groups(t.Context())
		_, incomplete := errors.AsType[*rest.IncompleteError](err)
		if incomplete != (total == 260) || !incomplete && len(groups) != 250 {
			t.Errorf("total %d: got %d groups and error %v", total, len(groups), err)
		}
	}
}

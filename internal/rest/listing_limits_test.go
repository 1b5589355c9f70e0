// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestListingsThatDoNotEnd are given up, and not read again.
func TestListingsThatDoNotEnd(t *testing.T) {
	t.Parallel()
	var served atomic.Int64
	rows := func(n int) []string {
		fresh := make([]string, n)
		for i := range fresh {
			fresh[i] = strconv.FormatInt(served.Add(1), 10)
		}
		return fresh
	}
	for name, test := range map[string]struct {
		page func(at Position) Page[string]
		want string
		most int // requests
	}{
		"a cursor that changes for ever": {
			func(Position) Page[string] {
				return Page[string]{Rows: rows(1), Total: UnknownTotal, Next: strconv.FormatInt(served.Load(), 10)}
			}, "more than 20000 pages", maxPages + 1,
		},
		"rows for ever": {func(Position) Page[string] { return Page[string]{Rows: rows(10_000), Total: UnknownTotal} }, "more than 2000000 rows", 202},
	} {
		asked := 0
		_, err := Listing[string, string]{
			What: "books", Key: AsSent[string], Keep: AsSent[string],
			Fetch: func(_ context.Context, at Position) (Page[string], error) {
				if asked++; asked > test.most {
					t.Fatalf("%s: asked for more than %d pages", name, test.most)
				}
				return test.page(at), nil
			},
		}.All(t.Context())
		if _, ok := errors.AsType[*LimitError](err); !ok || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want a LimitError with %q", name, err, test.want)
		}
	}
}

// TestASmallPageIsNotRepeated has a total that could be true, from a service that
// sends its first row whatever is asked for.
func TestASmallPageIsNotRepeated(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	_, err := Listing[string, string]{
		What: "books", Key: AsSent[string], Keep: AsSent[string],
		Fetch: func(context.Context, Position) (Page[string], error) {
			asked.Add(1)
			return Page[string]{Rows: []string{"1"}, Total: 15_000}, nil
		},
	}.All(t.Context())
	if err == nil || !strings.Contains(err.Error(), "only 1 of 15000 books could be read") || !strings.Contains(err.Error(), "ignore the requested position") {
		t.Errorf("got %v, want an error with both numbers", err)
	}
	if got := asked.Load(); got > 2*maxInFlight+4 {
		t.Errorf("asked for %d pages, want those under way and the second reading", got)
	}
}

func TestReplyLimits(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"data":[` + strings.Repeat(`{},`, maxPageRows) + `{}]}`:          `at "/data": it has more than 200000 rows in one page`,
		`{"data":[{"tags":[` + strings.Repeat(`1,`, maxValues) + `1,1]}]}`: "more than 4000000 values",
	} {
		var reply struct {
			Data Rows[book] `json:"data"`
		}
		err := Unmarshal([]byte(body), &reply)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30s: got %v, want %q", body, err, want)
		}
	}
	var reply struct {
		Data Rows[book] `json:"data"`
	}
	if err := Unmarshal([]byte(`{"data":[`+strings.Repeat(`{},`, maxPageRows-1)+`{}]}`), &reply); err != nil || len(reply.Data) != maxPageRows {
		t.Errorf("got %d rows and error %v, want %d", len(reply.Data), err, maxPageRows)
	}
}

// TestTheEndOfAList reads lists that are whole, or that cannot be known to be.
func TestTheEndOfAList(t *testing.T) {
	t.Parallel()
	rows := func(n int) []string { return newBookService(n, n).rows }
	refused := func(status int) error { return fmt.Errorf("no: %w", &Error{Status: status}) }
	for name, test := range map[string]struct {
		page    func(at Position) (Page[string], error)
		want    int
		err     string
		warning string
	}{
		"refused behind the end": {func(at Position) (Page[string], error) {
			if at.Offset >= 250 {
				return Page[string]{}, refused(http.StatusBadRequest)
			}
			return Page[string]{Rows: rows(250)[at.Offset:min(at.Offset+100, 250)], Total: 250}, nil
		}, 250, "", ""},
		"broken behind the end": {func(at Position) (Page[string], error) {
			if at.Offset >= 100 {
				return Page[string]{}, refused(http.StatusInternalServerError)
			}
			return Page[string]{Rows: rows(100), Total: 100}, nil
		}, 100, "", ""},
		"refused before the end": {func(at Position) (Page[string], error) {
			if at.Offset >= 200 {
				return Page[string]{}, refused(http.StatusBadRequest)
			}
			return Page[string]{Rows: rows(250)[at.Offset:min(at.Offset+100, 250)], Total: 250}, nil
		}, 0, "no: 400", ""},
		"rate limit behind the end": {func(at Position) (Page[string], error) {
			if at.Offset >= 100 {
				return Page[string]{}, refused(http.StatusTooManyRequests)
			}
			return Page[string]{Rows: rows(100), Total: 100}, nil
		}, 0, "no: 429", ""},
		"no answer behind the end": {func(at Position) (Page[string], error) {
			if at.Offset >= 100 {
				return Page[string]{}, refused(0)
			}
			return Page[string]{Rows: rows(100), Total: 100}, nil
		}, 0, "no: ", ""},
		"one page with all rows, some twice": {func(Position) (Page[string], error) {
			return Page[string]{Rows: append(rows(50), "1", "2"), Total: 52}, nil
		}, 50, "", ""},
		"begins again behind the end": {func(at Position) (Page[string], error) {
			page := rows(50)
			if at.Single {
				page = page[:1]
			}
			return Page[string]{Rows: page, Total: 50}, nil
		}, 50, "", ""},
		"ignores the position, and a full page is the total": {func(at Position) (Page[string], error) {
			page := rows(100)
			if at.Single {
				page = page[:1]
			}
			return Page[string]{Rows: page, Total: int64(len(page))}, nil
		}, 0, "100 books were read, which may not be all: the service ignores the requested position, and takes the rows of a page for the total", ""},
		"ignores the position, and its own page is the total": {func(at Position) (Page[string], error) {
			page := rows(50)
			if at.Single {
				page = page[:1]
			}
			return Page[string]{Rows: page, Total: int64(len(page))}, nil
		}, 50, "", "50 books were read. The service ignores the requested position, so that it cannot be known whether there are more"},
		"ignores all that is asked": {func(Position) (Page[string], error) {
			return Page[string]{Rows: rows(50), Total: 50}, nil
		}, 50, "", "50 books were read. The service ignores the requested position, so that it cannot be known whether there are more"},
		"ignores all that is asked, in no size of a page": {func(Position) (Page[string], error) {
			return Page[string]{Rows: rows(51), Total: 51}, nil
		}, 51, "", ""},
		"ignores all but the order, and has more": {func(at Position) (Page[string], error) {
			if at.Reversed {
				return Page[string]{Rows: []string{"99", "98", "97"}, Total: 3}, nil
			}
			return Page[string]{Rows: rows(50), Total: 50}, nil
		}, 0, "53 books were read, which may not be all: the service ignores the requested position, and has other rows first in another order", ""},
		"ignores all but the order": {func(at Position) (Page[string], error) {
			if at.Reversed {
				return Page[string]{Rows: []string{"5", "4", "3", "2", "1"}, Total: 5}, nil
			}
			return Page[string]{Rows: rows(5), Total: 5}, nil
		}, 5, "", ""},
		"ignores all but the count and the order": {func(at Position) (Page[string], error) {
			switch {
			case at.Single:
				return Page[string]{Rows: rows(1), Total: 1}, nil
			case at.Reversed:
				return Page[string]{Rows: []string{"5", "4", "3", "2", "1"}, Total: 5}, nil
			}
			return Page[string]{Rows: rows(5), Total: 5}, nil
		}, 5, "", ""},
		"has some order": {func(at Position) (Page[string], error) {
			if at.Reversed {
				return Page[string]{Rows: []string{"4", "5", "2", "1", "3"}, Total: 5}, nil
			}
			return Page[string]{Rows: rows(5), Total: 5}, nil
		}, 5, "", "5 books were read. The service ignores the requested position, so that it cannot be known whether there are more"},
		"has descending order anyway": {func(Position) (Page[string], error) {
			return Page[string]{Rows: []string{"5", "4", "3", "2", "1"}, Total: 5}, nil
		}, 5, "", "5 books were read. The service ignores the requested position, so that it cannot be known whether there are more"},
		"refuses to say more": {func(at Position) (Page[string], error) {
			if at.Single {
				return Page[string]{}, refused(http.StatusBadRequest)
			}
			return Page[string]{Rows: rows(50), Total: 50}, nil
		}, 50, "", "50 books were read. The service ignores the requested position, so that it cannot be known whether there are more"},
		"sends more than a page": {func(Position) (Page[string], error) {
			return Page[string]{Rows: rows(250), Total: 250}, nil
		}, 250, "", ""},
		"one row": {func(Position) (Page[string], error) {
			return Page[string]{Rows: rows(1), Total: 1}, nil
		}, 1, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var warning string
			got, err := Listing[string, string]{
				What: "books", Key: AsSent[string], Keep: AsSent[string], Doubtful: true, PageSize: 100,
				Fetch: func(_ context.Context, at Position) (Page[string], error) { return test.page(at) },
				Warn:  func(why string) { warning = why },
			}.All(t.Context())
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %d rows and error %v, want %q", len(got), err, test.err)
				}
				return
			}
			if err != nil || len(got) != test.want || warning != test.warning {
				t.Errorf("got %d rows, the warning %q and error %v, want %d and %q", len(got), warning, err, test.want, test.warning)
			}
		})
	}
}

// TestCtrlC ends a listing at once, wherever it is.
func TestCtrlC(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]func(at Position) Page[string]{
		"the first page": nil,
		"pages side by side": func(at Position) Page[string] {
			return Page[string]{Rows: []string{strconv.Itoa(at.Offset)}, Total: 10_000}
		},
		"pages in turn": func(at Position) Page[string] {
			return Page[string]{Rows: []string{strconv.Itoa(at.Offset)}, Total: UnknownTotal}
		},
		"cursors": func(at Position) Page[string] {
			return Page[string]{Rows: []string{strconv.Itoa(at.Offset)}, Total: UnknownTotal, Next: strconv.Itoa(at.Offset)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(10*time.Second, cancel)
				began := time.Now()
				_, err := Listing[string, string]{
					What: "books", Key: AsSent[string], Keep: AsSent[string], Doubtful: true,
					Fetch: func(ctx context.Context, at Position) (Page[string], error) {
						wait := 300 * time.Millisecond
						if page == nil {
							wait = time.Hour
						}
						select {
						case <-ctx.Done():
							return Page[string]{}, ctx.Err()
						case <-time.After(wait):
							return page(at), nil
						}
					},
				}.All(ctx)
				if took := time.Since(began); !errors.Is(err, context.Canceled) || took != 10*time.Second {
					t.Errorf("got %v after %s, want the end at once", err, took)
				}
			})
		})
	}
}

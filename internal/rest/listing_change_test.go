// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func TestListingThatChanges(t *testing.T) {
	t.Parallel()
	remove := func(s *bookService, n int) {
		s.rows = s.rows[n:]
		s.total -= int64(n)
	}
	for name, test := range map[string]struct {
		change func(*bookService, int)
		want   int // rows; 0 for an IncompleteError
		asked  []int
	}{
		"a row is added behind": {
			func(s *bookService, page int) {
				if page == 2 {
					s.rows, s.total = append(s.rows, "new"), s.total+1
				}
			}, 251, []int{0, 100, 200, 0, 100, 200},
		},
		"a page is added behind": {
			func(s *bookService, page int) {
				if page == 2 {
					for i := range 50 {
						s.rows = append(s.rows, "new"+strconv.Itoa(i))
					}
					s.total += 50
				}
			}, 300, []int{0, 100, 200, 0, 100, 200},
		},
		"a row is removed before: one slips through and is found by the second reading": {
			func(s *bookService, page int) {
				if page == 2 {
					remove(s, 1)
				}
			}, 249, []int{0, 100, 200, 249, 0, 100, 200},
		},
		"a row is removed before and one added behind: the numbers agree, and yet one slips through": {
			func(s *bookService, page int) {
				switch page {
				case 2:
					remove(s, 1)
				case 3:
					s.rows, s.total = append(s.rows, "new"), s.total+1
				}
			}, 250, []int{0, 100, 200, 0, 100, 200},
		},
		"a row is removed before and two added behind": {
			func(s *bookService, page int) {
				if page == 2 {
					s.rows, s.total = append(s.rows[1:], "new", "newer"), s.total+1
				}
			}, 251, []int{0, 100, 200, 0, 100, 200},
		},
		"rows are added all the time": {
			func(s *bookService, page int) {
				s.rows, s.total = append(s.rows, "new"+strconv.Itoa(page)), s.total+1
			}, 256, []int{0, 100, 200, 0, 100, 200},
		},
		"a page is short once": {
			func(s *bookService, page int) {
				s.limit = 100
				if page == 3 {
					s.limit = 30
				}
			}, 250, []int{0, 100, 200, 230},
		},
		"rows that never come": {
			func(s *bookService, _ int) { s.total = 251 }, 0, []int{0, 100, 200, 250, 0, 100, 200, 250},
		},
		"rows are removed all the time": {
			func(s *bookService, page int) {
				if page > 1 {
					remove(s, 1)
				}
			}, 0, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newBookService(250, 100)
			service.change = test.change
			// One page at a time, so that the change always meets the same page.
			listing := service.listing()
			var turn sync.Mutex
			next := 0
			ordered := sync.NewCond(&turn)
			listing.Fetch = func(ctx context.Context, at Position) (Page[string], error) {
				turn.Lock()
				defer turn.Unlock()
				for at.Offset > next {
					ordered.Wait()
				}
				page, err := service.page(ctx, at)
				next = at.Offset + 100
				ordered.Broadcast()
				return page, err
			}
			got, err := listing.All(t.Context())
			if test.want == 0 {
				incomplete, ok := errors.AsType[*IncompleteError](err)
				if !ok || got != nil {
					t.Fatalf("got %d rows and error %v, want an IncompleteError and no rows", len(got), err)
				}
				if incomplete.What != "books" || int64(incomplete.Got) >= incomplete.Want {
					t.Errorf("got %+v, want fewer books than promised", incomplete)
				}
			} else if err != nil || len(got) != test.want || !slices.Equal(got, service.rows) {
				t.Errorf("got %d rows and error %v, want the %d that there are", len(got), err, test.want)
			}
			if test.asked != nil && !slices.Equal(service.asked, test.asked) {
				t.Errorf("asked for offsets %v, want %v", service.asked, test.asked)
			}
		})
	}
}

// TestListingThatHidesItsChanges goes on with them in the second reading.
func TestListingThatHidesItsChanges(t *testing.T) {
	t.Parallel()
	books := newBookService(250, 100)
	books.change = func(s *bookService, page int) {
		if s.total = 250; page%3 == 2 {
			s.rows, s.total = append(s.rows[1:], "new"+strconv.Itoa(page)), 249
		}
	}
	got, err := books.listing().All(t.Context())
	if want := "250 books were read, which may not be all: rows were removed"; err == nil || !strings.Contains(err.Error(), want) || got != nil {
		t.Errorf("got %d rows and error %v, want %q", len(got), err, want)
	}
}

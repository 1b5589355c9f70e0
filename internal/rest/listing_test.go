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

// bookService is a service with one collection, read by offset.
type bookService struct {
	rows  []string
	limit int
	total int64
	// change, if there is one, is called before each page with its number.
	change func(s *bookService, page int)

	mu    sync.Mutex
	asked []int
}

func newBookService(n, limit int) *bookService {
	s := &bookService{limit: limit, total: int64(n)}
	for i := range n {
		s.rows = append(s.rows, strconv.Itoa(i+1))
	}
	return s
}

func (s *bookService) page(_ context.Context, at Position) (Page[string], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, at.Offset)
	if s.change != nil {
		s.change(s, len(s.asked))
	}
	start := min(at.Offset, len(s.rows))
	rows := s.rows[start:min(start+s.limit, len(s.rows))]
	return Page[string]{Rows: slices.Clone(rows), Total: s.total}, nil
}

func (s *bookService) listing() Listing[string, string] {
	return Listing[string, string]{What: "books", Key: AsSent[string], Keep: AsSent[string], Fetch: s.page}
}

func TestListing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rows, limit int
		total       int64
		doubtful    bool
		want        []int // the offsets asked for
	}{
		"empty":                                   {0, 100, 0, false, []int{0}},
		"empty, total unknown":                    {0, 100, UnknownTotal, false, []int{0}},
		"one page":                                {100, 100, 100, false, []int{0}},
		"two pages":                               {101, 100, 101, false, []int{0, 100}},
		"a full last page":                        {200, 100, 200, false, []int{0, 100}},
		"more than are fetched at once":           {1050, 100, 1050, false, []int{0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000}},
		"total unknown":                           {250, 100, UnknownTotal, false, []int{0, 100, 200, 250}},
		"total below any sense":                   {250, 100, -7, false, []int{0, 100, 200, 250}},
		"doubtful total":                          {250, 100, 100, true, []int{0, 100, 200, 250}},
		"doubtful total that is true":             {250, 100, 250, true, []int{0, 100, 200, 250}},
		"total lower than the truth, not doubted": {250, 100, 100, false, []int{0}},
		"server with pages of its own size":       {250, 50, 250, false, []int{0, 50, 100, 150, 200}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newBookService(test.rows, test.limit)
			service.total = test.total
			listing := service.listing()
			listing.Doubtful = test.doubtful
			got, err := listing.All(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want := service.rows
			if test.total >= 0 && !test.doubtful {
				want = want[:test.total]
			}
			if !slices.Equal(got, want) || got == nil {
				t.Errorf("got %d rows, want %d in the order of the service", len(got), len(want))
			}
			slices.Sort(service.asked)
			if !slices.Equal(service.asked, test.want) {
				t.Errorf("asked for offsets %v, want %v", service.asked, test.want)
			}
		})
	}
}

func TestListingOfAServerThatIgnoresTheOffset(t *testing.T) {
	t.Parallel()
	service := newBookService(100, 100)
	listing := service.listing()
	listing.Fetch = func(ctx context.Context, _ Position) (Page[string], error) {
		page, err := service.page(ctx, Position{})
		page.Total = 250
		return page, err
	}
	_, err := listing.All(t.Context())
	incomplete, ok := errors.AsType[*IncompleteError](err)
	if !ok || incomplete.Got != 100 || incomplete.Want != 250 {
		t.Fatalf("got %v, want an IncompleteError with 100 of 250", err)
	}
	for _, want := range []string{"only 100 of 250 books", "ignore the requested position"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got error %q, want one with %q", err, want)
		}
	}
}

func TestListingDoesNotTrustAnAbsurdTotal(t *testing.T) {
	t.Parallel()
	service := newBookService(250, 100)
	service.total = 1 << 62
	_, err := service.listing().All(t.Context())
	if _, ok := errors.AsType[*IncompleteError](err); !ok {
		t.Errorf("got %v, want an IncompleteError", err)
	}
	if want := []int{0, 100, 200, 250, 0, 100, 200, 250}; !slices.Equal(service.asked, want) {
		t.Errorf("asked for offsets %v, want %v", service.asked, want)
	}
}

// TestListingDoesNotAskForAllThatATotalPromises has a total that could be
// true, and is not.
func TestListingDoesNotAskForAllThatATotalPromises(t *testing.T) {
	t.Parallel()
	service := newBookService(250, 100)
	service.total = 9_000_000
	_, err := service.listing().All(t.Context())
	if err == nil || !strings.Contains(err.Error(), "only 250 of 9000000 books could be read: the page behind row 250 was empty") {
		t.Errorf("got %v, want an error with both numbers", err)
	}
	// Those under way at the first empty page, and the second reading.
	if got := len(service.asked); got > 100 {
		t.Errorf("asked for %d pages, want a few", got)
	}
}

func TestListingRowWithoutID(t *testing.T) {
	t.Parallel()
	service := newBookService(250, 100)
	service.rows[149] = ""
	got, err := service.listing().All(t.Context())
	if err == nil || !strings.Contains(err.Error(), "row 150 of the books has no id") {
		t.Errorf("got %d rows and error %v, want one about row 150", len(got), err)
	}
}

func TestListingFailure(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for failing := range 3 {
		service := newBookService(250, 100)
		listing := service.listing()
		listing.Fetch = func(ctx context.Context, at Position) (Page[string], error) {
			if at.Offset == failing*100 {
				return Page[string]{}, broken
			}
			return service.page(ctx, at)
		}
		if got, err := listing.All(t.Context()); !errors.Is(err, broken) || got != nil {
			t.Errorf("page %d fails: got %d rows and error %v, want none and %v", failing, len(got), err, broken)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provisioning

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// readings count themselves; each takes a second.
type readings struct {
	count int
	fail  error
}

func (r *readings) read(ctx context.Context, _ bool) (int, error) {
	r.count++
	n := r.count
	select {
	case <-time.After(time.Second):
		return n, r.fail
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &directory[int]{read: (&readings{}).read}
		since := func(moment time.Time) int {
			t.Helper()
			got, err := d.since(t.Context(), moment)
			if err != nil {
				t.Error(err)
			}
			return got
		}
		if _, _, ok := d.before(); ok {
			t.Error("there is a reading before the first")
		}
		if got := []int{since(time.Time{}), since(time.Time{})}; got[0] != 1 || got[1] != 1 {
			t.Errorf("got the readings %v, want the first twice", got)
		}
		moment := time.Now()
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if got := since(moment); got != 2 {
					t.Errorf("got reading %d, want 2, shared", got)
				}
			})
		}
		synctest.Wait()
		if _, _, ok := d.before(); ok {
			t.Error("a reading under way is taken for a complete one")
		}
		time.Sleep(500 * time.Millisecond) //nolint:forbidigo // in a bubble
		// One under way began too early for these, who share the one after it.
		later := time.Now()
		for range 50 {
			all.Go(func() {
				if got := since(later); got != 3 {
					t.Errorf("got reading %d, want 3, shared", got)
				}
			})
		}
		all.Wait()
		if got, began, ok := d.before(); !ok || got != 3 || began.Before(later) {
			t.Errorf("got reading %d of %s, complete: %t, want 3", got, began, ok)
		}
	})
}

func TestDirectoryError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &readings{fail: errors.New("broken")}
		d := &directory[int]{read: r.read}
		if _, err := d.since(t.Context(), time.Time{}); err == nil {
			t.Error("got no error")
		}
		if _, _, ok := d.before(); ok {
			t.Error("a reading that failed is kept")
		}
		r.fail = nil
		if got, err := d.since(t.Context(), time.Time{}); got != 2 || err != nil {
			t.Errorf("got reading %d, error %v, want another one", got, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.since(ctx, time.Now()); !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v for a caller who has gone", err)
		}
		if got, err := d.since(t.Context(), time.Time{}); got != 3 || err != nil {
			t.Errorf("got reading %d, error %v, want the one that the caller left behind", got, err)
		}
	})
}

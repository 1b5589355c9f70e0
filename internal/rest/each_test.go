// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

func TestEach(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most, calls := 0, 0, make([]int, 100)
		release := make(chan struct{})
		go func() {
			synctest.Wait()
			close(release)
		}()
		err := Each(t.Context(), len(calls), func(_ context.Context, i int) error {
			mu.Lock()
			calls[i]++
			running++
			most = max(most, running)
			mu.Unlock()
			<-release
			mu.Lock()
			running--
			mu.Unlock()
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if slices.Min(calls) != 1 || slices.Max(calls) != 1 {
			t.Errorf("calls: got %v, want each once", calls)
		}
		if most != maxInFlight {
			t.Errorf("side by side: got %d, want %d", most, maxInFlight)
		}
	})
}

func TestEachStops(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	calls := 0
	var mu sync.Mutex
	err := Each(t.Context(), 1000, func(ctx context.Context, _ int) error {
		mu.Lock()
		calls++
		first := calls == 1
		mu.Unlock()
		if first {
			return broken
		}
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the first error", err)
	}
	if calls > maxInFlight+1 {
		t.Errorf("%d calls were begun, want no new ones after the error", calls)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = Each(ctx, 3, func(context.Context, int) error {
		t.Error("called after the context had ended")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled: nothing was done", err)
	}
}

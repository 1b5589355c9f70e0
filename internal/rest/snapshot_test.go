// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestSnapshotIsReadOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var snapshot Snapshot[int]
		var reads atomic.Int32
		release := make(chan struct{})
		read := func(context.Context) (int, error) {
			<-release
			return int(reads.Add(1)), nil
		}
		var callers sync.WaitGroup
		for range 50 {
			callers.Go(func() {
				if got, err := snapshot.Get(t.Context(), read); got != 1 || err != nil {
					t.Errorf("got %d, %v, want 1", got, err)
				}
			})
		}
		synctest.Wait()
		close(release)
		callers.Wait()
		if got, err := snapshot.Get(t.Context(), read); got != 1 || err != nil {
			t.Errorf("later: got %d, %v, want 1", got, err)
		}
	})
}

func TestSnapshotKeepsNoError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var snapshot Snapshot[int]
		broken := errors.New("broken")
		release := make(chan struct{})
		var callers sync.WaitGroup
		for range 3 {
			callers.Go(func() {
				_, err := snapshot.Get(t.Context(), func(context.Context) (int, error) {
					<-release
					return 0, broken
				})
				if !errors.Is(err, broken) {
					t.Errorf("got error %v, want %v", err, broken)
				}
			})
		}
		synctest.Wait()
		close(release)
		callers.Wait()
		if got, err := snapshot.Get(t.Context(), readNumber(2)); got != 2 || err != nil {
			t.Errorf("after the error: got %d, %v, want 2", got, err)
		}
	})
}

func TestSnapshotDrop(t *testing.T) {
	t.Parallel()
	var snapshot Snapshot[int]
	for want := range 3 {
		if got, err := snapshot.Get(t.Context(), readNumber(want)); got != want || err != nil {
			t.Errorf("got %d, %v, want %d", got, err, want)
		}
		snapshot.Drop()
	}
}

func TestSnapshotDropDuringAReading(t *testing.T) {
	t.Parallel()
	for _, outcome := range []error{nil, errors.New("broken")} {
		synctest.Test(t, func(t *testing.T) {
			var snapshot Snapshot[int]
			release := make(chan struct{})
			var early sync.WaitGroup
			early.Go(func() {
				got, err := snapshot.Get(t.Context(), func(context.Context) (int, error) {
					<-release
					return 1, outcome
				})
				if got != 1 || !errors.Is(err, outcome) {
					t.Errorf("who waited before the change: got %d, %v, want 1, %v", got, err, outcome)
				}
			})
			synctest.Wait()
			snapshot.Drop()
			if got, err := snapshot.Get(t.Context(), readNumber(2)); got != 2 || err != nil {
				t.Errorf("after the change: got %d, %v, want 2", got, err)
			}
			close(release)
			early.Wait()
			if got, err := snapshot.Get(t.Context(), readNumber(3)); got != 2 || err != nil {
				t.Errorf("the end of the old reading touched the new one: got %d, %v, want 2", got, err)
			}
		})
	}
}

func TestSnapshotWaiterThatLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var snapshot Snapshot[int]
		release := make(chan struct{})
		read := func(ctx context.Context) (int, error) {
			<-release
			return 1, ctx.Err()
		}
		ctx, leave := context.WithCancel(t.Context())
		var first, second sync.WaitGroup
		first.Go(func() {
			if _, err := snapshot.Get(ctx, read); !errors.Is(err, context.Canceled) {
				t.Errorf("who left: got %v, want context.Canceled", err)
			}
		})
		synctest.Wait()
		second.Go(func() {
			if got, err := snapshot.Get(t.Context(), readNumber(2)); got != 1 || err != nil {
				t.Errorf("who stayed: got %d, %v, want 1", got, err)
			}
		})
		synctest.Wait()
		leave()
		first.Wait()
		close(release)
		second.Wait()
	})
}

func TestSnapshotLastWaiterCancels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var snapshot Snapshot[int]
		ctx, leave := context.WithCancel(t.Context())
		ended := make(chan struct{})
		var caller sync.WaitGroup
		caller.Go(func() {
			_, err := snapshot.Get(ctx, func(ctx context.Context) (int, error) {
				<-ctx.Done()
				<-ended
				return 0, ctx.Err()
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want context.Canceled", err)
			}
		})
		synctest.Wait()
		leave()
		caller.Wait()
		// The cancelled reading has not ended, and must not be joined.
		if got, err := snapshot.Get(t.Context(), readNumber(2)); got != 2 || err != nil {
			t.Errorf("got %d, %v, want 2", got, err)
		}
		close(ended)
	})
}

func TestSnapshotKeepsTheValuesOfTheContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	var snapshot Snapshot[any]
	got, err := snapshot.Get(context.WithValue(t.Context(), key{}, "logger"), func(ctx context.Context) (any, error) {
		return ctx.Value(key{}), nil
	})
	if got != "logger" || err != nil {
		t.Errorf("got %v, %v, want logger", got, err)
	}
}

func readNumber(v int) func(context.Context) (int, error) {
	return func(context.Context) (int, error) { return v, nil }
}

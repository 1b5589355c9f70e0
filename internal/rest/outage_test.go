// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// downFor is a service that is down until some time after the first request. It
// counts the requests.
type downFor struct {
	mu       sync.Mutex
	until    time.Time
	last     time.Time
	gap      time.Duration // the shortest between two requests while it is down
	requests int
}

func (d *downFor) serve(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	d.requests++
	if now.Before(d.until) {
		if d.requests > maxInFlight+1 { // those that nothing had warned
			d.gap = min(d.gap, now.Sub(d.last))
		}
		d.last = now
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	io.WriteString(w, `{}`)
}

// TestManyCallsOutliveAnOutage has more calls than a service that is down should
// get at once.
func TestManyCallsOutliveAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const seconds = 40
		service := &downFor{until: time.Now().Add(seconds * time.Second), gap: time.Hour}
		client := newInMemory(t, service.serve)
		err := Each(t.Context(), 200, func(ctx context.Context, _ int) error { return client.Get(ctx, "users", nil, nil) })
		if err != nil {
			t.Error(err)
		}
		if most := 200 + maxInFlight + 4*seconds; service.requests > most || service.gap < outageSpacing {
			t.Errorf("got %d requests, two of them %s apart; want at most %d, %s apart", service.requests, service.gap, most, outageSpacing)
		}
		if took := time.Since(service.until); took < 0 || took > 2*longestBackoff {
			t.Errorf("ended %s after the outage, want soon", took)
		}
	})
}

// TestPatienceIsShared has one call after another meet a service that is down:
// only the first waits long. A service that was back in between is another matter.
func TestPatienceIsShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &downFor{until: time.Now().Add(time.Hour)}
		client := newInMemory(t, service.serve)
		lasts := func() time.Duration {
			began := time.Now()
			if err := client.Get(t.Context(), "users", nil, nil); Status(err) != http.StatusServiceUnavailable {
				t.Errorf("got %v, want the 503", err)
			}
			return time.Since(began)
		}
		if took := lasts(); took < time.Minute {
			t.Errorf("the first call took %s, want two minutes", took)
		}
		for range 3 {
			lasts() // what the first has left
		}
		for range 10 {
			before := service.requests
			if took := lasts(); took > 2*time.Second || service.requests-before != 1+leastRetries {
				t.Errorf("a later call took %s and %d requests, want %d soon", took, service.requests-before, 1+leastRetries)
			}
		}
		service.until = time.Now()
		if err := client.Get(t.Context(), "users", nil, nil); err != nil {
			t.Error(err)
		}
		service.until = time.Now().Add(time.Hour)
		if took := lasts(); took < time.Minute {
			t.Errorf("the first call of another outage took %s, want two minutes", took)
		}
		time.Sleep(2 * outageMemory) //nolint:forbidigo // on the bubble's clock
		if took := lasts(); took < time.Minute {
			t.Errorf("the call long after took %s, want two minutes", took)
		}
	})
}

// TestCancelWhileAServiceIsDown has calls wait for their turn.
func TestCancelWhileAServiceIsDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &downFor{until: time.Now().Add(time.Hour)}
		client := newInMemory(t, service.serve)
		ctx, cancel := context.WithCancel(t.Context())
		var calls sync.WaitGroup
		for range 100 {
			calls.Go(func() {
				if err := client.Get(ctx, "users", nil, nil); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want the end of the context", err)
				}
			})
		}
		time.Sleep(5100 * time.Millisecond) //nolint:forbidigo // on the bubble's clock
		canceled := time.Now()
		cancel()
		calls.Wait()
		if took := time.Since(canceled); took != 0 {
			t.Errorf("ended after %s, want at once", took)
		}
	})
}

// TestCrashesSlowNothingDown has one request make the service crash. Others are sent
// as ever.
func TestCrashesSlowNothingDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
		done := make(chan error)
		go func() { done <- client.Get(t.Context(), "groups/broken", nil, nil) }()
		synctest.Wait()
		began := time.Now()
		err := Each(t.Context(), 1000, func(ctx context.Context, _ int) error {
			if err := client.Get(Once(ctx), "groups", nil, nil); Status(err) != http.StatusInternalServerError {
				return err
			}
			return nil
		})
		if took := time.Since(began); err != nil || took != 0 {
			t.Errorf("got %v after %s, want all asked at once", err, took)
		}
		<-done
	})
}

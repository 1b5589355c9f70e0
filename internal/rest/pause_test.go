// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestThePauseIsShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var mu sync.Mutex
		var arrived []time.Duration
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			arrived = append(arrived, time.Since(began))
			if len(arrived) == 1 {
				w.Header().Set("Retry-After", "60")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			io.WriteString(w, `{}`)
		})
		var calls sync.WaitGroup
		calls.Go(func() {
			if err := client.Send(t.Context(), Change{Method: "POST", Path: "users", Body: "body"}, nil); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		for range 20 {
			calls.Go(func() {
				if err := client.Get(t.Context(), "users", nil, nil); err != nil {
					t.Error(err)
				}
			})
		}
		calls.Wait()
		if len(arrived) != 22 {
			t.Errorf("got %d requests, want 22", len(arrived))
		}
		for _, at := range arrived[1:] {
			if at < time.Minute {
				t.Errorf("a request was sent %s after the 429, want none within the minute", at)
			}
		}
	})
}

func TestCancelDuringAPause(t *testing.T) {
	t.Parallel()
	limited := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "300")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	broken := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }
	for name, handler := range map[string]http.HandlerFunc{"rate limit": limited, "transient error": broken} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := newInMemory(t, handler)
				ctx, cancel := context.WithCancelCause(t.Context())
				interrupt := errors.New("interrupted")
				began := time.Now()
				var calls sync.WaitGroup
				get := func() {
					if err := client.Get(ctx, "users", nil, nil); !errors.Is(err, interrupt) {
						t.Errorf("got %v, want it to name the interruption", err)
					}
				}
				calls.Go(get)
				synctest.Wait()
				calls.Go(get) // waits for the pause of the other
				synctest.Wait()
				cancel(interrupt)
				calls.Wait()
				if took := time.Since(began); took != 0 {
					t.Errorf("ended after %s, want at once", took)
				}
			})
		})
	}
}

func TestPauseOnlyGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var p pause
		began := time.Now()
		if longer := p.extend(time.Minute); longer != time.Minute {
			t.Errorf("got %s longer, want the minute", longer)
		}
		var waiting sync.WaitGroup
		waiting.Go(func() {
			var told []time.Duration
			if err := p.wait(t.Context(), func(left time.Duration) { told = append(told, left) }); err != nil || !slices.Equal(told, []time.Duration{time.Minute, time.Minute}) {
				t.Errorf("got %v and waits of %v, want two of a minute", err, told)
			}
			if took := time.Since(began); took != 2*time.Minute {
				t.Errorf("waited %s, want the two minutes that it grew to", took)
			}
		})
		synctest.Wait()
		if longer := p.extend(2 * time.Minute); longer != time.Minute {
			t.Errorf("got %s longer, want what is added", longer)
		}
		if longer := p.extend(time.Second); longer != 0 {
			t.Errorf("got %s longer, want nothing", longer)
		}
		waiting.Wait()
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAWaitThatDoesNotFit(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"GET", "POST"} {
		synctest.Test(t, func(t *testing.T) {
			requests := 0
			client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
				requests++
				w.Header().Set("Retry-After", "3600")
				http.Error(w, "Slow down", http.StatusTooManyRequests)
			})
			began := time.Now()
			err := sendMethod(t.Context(), client, method, "users")
			failure, ok := errors.AsType[*Error](err)
			if !ok || failure.Status != 429 || failure.RetryAfter != time.Hour || failure.Message != "Slow down" || failure.Attempts != 1 {
				t.Errorf("%s: got %v, want the 429 with its hour", method, err)
			}
			// The pause holds for other calls too: they fail without a request.
			err = sendMethod(t.Context(), client, method, "groups")
			if failure, ok := errors.AsType[*Error](err); !ok || failure.Err == nil || failure.Attempts != 0 {
				t.Errorf("%s: the next call: got %v, want an error without an attempt", method, err)
			}
			if requests != 1 || time.Since(began) != 0 {
				t.Errorf("%s: %d requests within %s, want 1 at once", method, requests, time.Since(began))
			}
		})
	}
}

func TestRetryTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "100")
			w.WriteHeader(http.StatusTooManyRequests)
		})
		err := client.Get(t.Context(), "users", nil, nil)
		failure, ok := errors.AsType[*Error](err)
		if !ok || failure.Status != 429 || failure.Attempts != 4 || failure.RetryAfter != 100*time.Second {
			t.Errorf("got %+v, want the 429 after 4 attempts", failure)
		}
		if took := time.Since(began); took > 6*time.Minute {
			t.Errorf("took %s, want no more than the six minutes allowed", took)
		}
	})
}

func TestRetryTimeoutDuringAnAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
			func(config *Config) { config.RequestTimeout = time.Hour })
		err := client.Get(t.Context(), "users", nil, nil)
		if err == nil || !strings.Contains(err.Error(), "gave up after 6m0s") {
			t.Errorf("got %v, want the limit that was met", err)
		}
	})
}

// TestRetryTimeoutWhileNoTimeIsNamed has pauses of our own choice, which the
// service did not ask for.
func TestRetryTimeoutWhileNoTimeIsNamed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
		err := client.Get(t.Context(), "users", nil, nil)
		if failure, ok := errors.AsType[*Error](err); !ok || failure.Status != 429 || failure.RetryAfter != 0 {
			t.Errorf("got %v, want the 429 and no word on a wait", err)
		}
	})
}

// TestWaitsOfNothing meets a service that says again and again that there is
// no need to wait.
func TestWaitsOfNothing(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		for _, wait := range []string{"0", "Fri, 31 Dec 1999 23:59:59 GMT"} {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
					if requests++; requests > 20 {
						w.WriteHeader(http.StatusTeapot)
						return
					}
					w.Header().Set("Retry-After", wait)
					w.WriteHeader(status)
				}, func(config *Config) { config.CoolDown = 5 * time.Minute })
				err := client.Get(t.Context(), "users", nil, nil)
				failure, ok := errors.AsType[*Error](err)
				// After 0, 1, 2, 4, 8, 16, 32 and then 60 seconds, give or take a quarter.
				if !ok || failure.Status != status || failure.Attempts < 9 || failure.Attempts > 13 {
					t.Errorf("%d, %s: got %v, want the answer after about 11 attempts", status, wait, err)
				}
			})
		}
	}
}

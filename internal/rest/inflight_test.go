// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestManyLargeReplies reads more than fits side by side, of known and of unknown
// length. All end, and never are more bytes in memory than the bound allows.
func TestManyLargeReplies(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"of known length": true, "of unknown length": false} {
		synctest.Test(t, func(t *testing.T) {
			all := inFlight{parts: make(chan struct{}, 2), beyond: make(chan struct{}, 1)}
			var mu sync.Mutex
			held, most := 0, 0
			const size = 5 << 20
			var calls sync.WaitGroup
			for range 20 {
				calls.Go(func() {
					part := &share{of: &all}
					length := int64(-1)
					if known {
						length = size
					}
					body, err := part.readAll(t.Context(), bytes.NewReader(make([]byte, size)), length)
					if err != nil || len(body) != size {
						t.Errorf("%s: got %d bytes and %v", name, len(body), err)
					}
					mu.Lock()
					held += len(body)
					most = max(most, held)
					mu.Unlock()
					time.Sleep(time.Second) //nolint:forbidigo // on the bubble's clock: it is decoded
					mu.Lock()
					held -= len(body)
					mu.Unlock()
					part.release()
					part.release()
				})
			}
			calls.Wait()
			if most > size {
				t.Errorf("%s: got %d MiB at once, want one reply, as two do not fit", name, most>>20)
			}
			if len(all.parts) != 0 || len(all.beyond) != 0 {
				t.Errorf("%s: %d parts are not given back", name, len(all.parts))
			}
		})
	}
}

// TestSmallRepliesDoNotWait reads them while others have all the room.
func TestSmallRepliesDoNotWait(t *testing.T) {
	t.Parallel()
	all := inFlight{parts: make(chan struct{}), beyond: make(chan struct{})}
	for _, length := range []int64{-1, freeBytes - 1} {
		part := &share{of: &all}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if body, err := part.readAll(ctx, strings.NewReader(strings.Repeat("x", freeBytes-1)), length); err != nil || len(body) != freeBytes-1 {
			t.Errorf("got %d bytes and %v", len(body), err)
		}
		if _, err := part.readAll(ctx, strings.NewReader(strings.Repeat("x", freeBytes+1)), length); !errors.Is(err, context.Canceled) {
			t.Errorf("a larger one: got %v, want the end of the context", err)
		}
	}
}

// TestRepliesGiveTheirRoomBack reads one large reply after another, in each way
// that a reply can end.
func TestRepliesGiveTheirRoomBack(t *testing.T) {
	// Not parallel: it looks at what all replies have together.
	large := strings.Repeat(" ", 3*freeBytes)
	for name, handler := range map[string]http.HandlerFunc{
		"read":     func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, large+"{}") },
		"not JSON": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, large+"x") },
		"refused":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, large, http.StatusForbidden) },
		"retried":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, large, http.StatusBadGateway) },
		"limited":  func(w http.ResponseWriter, _ *http.Request) { http.Error(w, large, http.StatusTooManyRequests) },
		"redirected": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/users")
			http.Error(w, large, http.StatusFound)
		},
		"redirected away": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://other.test/")
			http.Error(w, large, http.StatusFound)
		},
		"cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9000000")
			io.WriteString(w, large)
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			client := newInMemory(t, handler, func(config *Config) { config.RetryTimeout = 5 * time.Second })
			_ = client.Get(t.Context(), "users", nil, &struct{}{})
			if len(replies.parts) != 0 || len(replies.beyond) != 0 {
				t.Errorf("%s: %d parts are not given back", name, len(replies.parts))
			}
		})
	}
}

// slowReply takes as long to decode as its test wants.
type slowReply struct{ begun, release chan struct{} }

func (r *slowReply) UnmarshalJSON([]byte) error {
	close(r.begun)
	<-r.release
	return nil
}

func TestCancelWhileDecoding(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat(" ", freeBytes)+"{}") })
		ctx, cancel := context.WithCancel(t.Context())
		reply := &slowReply{make(chan struct{}), make(chan struct{})}
		go func() {
			<-reply.begun
			cancel()
		}()
		if err := client.Get(ctx, "users", nil, reply); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the end of the context", err)
		}
		close(reply.release)
	})
}

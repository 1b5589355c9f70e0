// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// TestDropped ends connections at different moments of a change.
func TestDropped(t *testing.T) {
	t.Parallel()
	// end hijacks the connection, writes the start of a reply, and closes or
	// resets.
	end := func(start string, reset bool) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			connection, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := connection.Write([]byte(start)); err != nil {
				t.Error(err)
			}
			<-time.After(20 * time.Millisecond) // so that the start arrives before a reset
			if tcp, ok := connection.(*net.TCPConn); ok && reset {
				_ = tcp.SetLinger(0) // a connection that is not reset is closed
			}
			connection.Close()
		}
	}
	const head = "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n"
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    bool
	}{
		"closed before a reply":   {end("", false), true},
		"reset before a reply":    {end("", true), true},
		"closed in the head":      {end(head, false), false},
		"closed in the body":      {end(head+"\r\n{", false), false},
		"reset in the body":       {end(head+"\r\n{", true), false},
		"a gateway's reply":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, false},
		"a refusal":               {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusConflict) }, false},
		"no reply within a limit": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.handler)
			t.Cleanup(server.Close)
			base, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			client := New(Config{Base: base, Authorize: func(*http.Request) {}, RequestTimeout: 200 * time.Millisecond, RetryTimeout: time.Second})
			err = client.Send(t.Context(), Change{Method: http.MethodPost, Path: "users"}, nil)
			if err == nil || Dropped(err) != test.want {
				t.Errorf("got %t for %v, want %t", Dropped(err), err, test.want)
			}
		})
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"syscall"
	"testing"
	"time"
)

// own gives the client connections of its own.
func (c client) own() client {
	transport := &http.Transport{}
	c.Cleanup(transport.CloseIdleConnections)
	c.http = &http.Client{Transport: transport}
	return c
}

// invite invites and returns whether the connection had been used before.
func (c client) invite(body string) (a answer, reused bool, err error) {
	c.Helper()
	request := c.request("POST", "/v1/users", body)
	request = request.WithContext(httptrace.WithClientTrace(request.Context(), &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) { reused = info.Reused },
	}))
	a, err = c.do(request)
	return a, reused, err
}

func TestCloseIdleLosesTheNextRequest(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).own()
	c.sandbox.Inject(Fault{Method: "GET", CloseIdle: 500 * time.Millisecond})
	if got := c.get("/v1/roles"); got.json["code"] != "Success" || got.header.Get("Date") == "" || got.header.Get("Connection") != "" {
		t.Errorf("answer: got %v %s, want the service's on a connection that seems to stay", got.header, got.raw)
	}
	_, reused, err := c.invite(newcomer)
	if !reused || err == nil {
		t.Errorf("on the idle connection: got reused %t and error %v, want true and an error", reused, err)
	}
	c.sandbox.Wait()
	if got := c.sandbox.Count("POST", ""); got != 0 || c.has("new.starter@northwind.example") {
		t.Errorf("the invitation: got %d recorded, want none and no effect", got)
	}
	c.call("POST", "/v1/users", newcomer, 201) // On a new connection.
}

func TestListener(t *testing.T) {
	t.Parallel()
	listener, err := Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	services := New(Options{})
	server := httptest.NewUnstartedServer(services)
	if err := server.Listener.Close(); err != nil {
		t.Fatal(err)
	}
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	c := client{T: t, sandbox: services, url: server.URL}.own()
	c.get("/v1/roles")

	if err := listener.Refuse(); err != nil {
		t.Fatal(err)
	}
	c.get("/v1/roles") // On the connection that exists.
	server.CloseClientConnections()
	if _, _, err := c.own().invite(newcomer); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("while it refuses: got error %v, want %v", err, syscall.ECONNREFUSED)
	}
	if err := listener.Admit(t.Context()); err != nil {
		t.Fatal(err)
	}
	listener.Reset(2)
	for range 2 {
		_, reused, err := c.own().invite(newcomer)
		// Which one depends on whether the client was writing already.
		if reused || !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, syscall.EPIPE) {
			t.Errorf("reset: got reused %t and error %v, want false and %v", reused, err, syscall.ECONNRESET)
		}
	}
	if got := services.Count("POST", ""); got != 0 {
		t.Errorf("recorded: got %d invitations, want none", got)
	}
	c = c.own()
	c.call("POST", "/v1/users", newcomer, 201)
	if got := listener.Addr().String(); !strings.HasSuffix(c.url, got) {
		t.Errorf("address: got %s, want that of %s", got, c.url)
	}
}

func TestListenerCloses(t *testing.T) {
	t.Parallel()
	for _, refusing := range []bool{false, true} {
		listener, err := Listen(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		accepted := make(chan error, 1)
		go func() {
			_, err := listener.Accept()
			accepted <- err
		}()
		if refusing {
			if err := listener.Refuse(); err != nil {
				t.Fatal(err)
			}
		}
		if err := listener.Close(); err != nil {
			t.Fatal(err)
		}
		if err := listener.Admit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := <-accepted; !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept after Close, refusing %t: got error %v, want %v", refusing, err, net.ErrClosed)
		}
	}
}

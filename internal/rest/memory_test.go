// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"
)

// newInMemory returns a client of a handler that it reaches without a network,
// so that inside a synctest bubble time passes only when nothing happens.
func newInMemory(t *testing.T, handler http.HandlerFunc, adjust ...func(*Config)) *Client {
	t.Helper()
	listener := &pipeListener{connections: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(listener) }()

	config := Config{
		Base:           &url.URL{Scheme: "http", Host: "service.test"},
		UserAgent:      "datastack-test",
		Authorize:      func(request *http.Request) { request.Header.Set("Authorization", "Token secret") },
		RequestTimeout: 30 * time.Second,
		RetryTimeout:   6 * time.Minute,
	}
	for _, f := range adjust {
		f(&config)
	}
	client := New(config)
	base := client.transport.(*transport).base
	base.Proxy = nil
	base.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return listener.dial(ctx) }
	t.Cleanup(func() {
		base.CloseIdleConnections()
		server.Close()
	})
	return client
}

// pipeListener hands out the far ends of pipes.
type pipeListener struct {
	connections chan net.Conn
	closed      chan struct{}
	once        sync.Once
}

func (l *pipeListener) dial(ctx context.Context) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case l.connections <- far:
		return near, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.connections:
		return connection, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "unix"} }

// cutConnection ends a connection instead of answering.
func cutConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		connection.Close()
	}
}

// sendMethod reads, or sends a change, as the method has it.
func sendMethod(ctx context.Context, client *Client, method, path string) error {
	if method == http.MethodGet {
		return client.Get(ctx, path, nil, nil)
	}
	return client.Send(ctx, Change{Method: method, Path: path}, nil)
}

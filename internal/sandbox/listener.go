// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Listener listens on a port of the loopback interface where connections fail on
// request, before a server reads anything from them. It is for http.Server's
// Serve, or the Listener of an httptest.Server that is not started yet.
type Listener struct {
	address net.Addr
	mu      sync.Mutex
	changed sync.Cond
	// open is nil while connections are refused.
	open   net.Listener
	closed bool
	resets int
}

// Listen listens on a free port.
func Listen(ctx context.Context) (*Listener, error) {
	open, err := listenOn(ctx, "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &Listener{address: open.Addr(), open: open}
	l.changed.L = &l.mu
	return l, nil
}

func listenOn(ctx context.Context, address string) (net.Listener, error) {
	return new(net.ListenConfig).Listen(ctx, "tcp", address)
}

// Refuse refuses all new connections until Admit. Those that exist stay:
// CloseClientConnections of httptest.Server closes them.
func (l *Listener) Refuse() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		return nil
	}
	err := l.open.Close()
	l.open = nil
	return err
}

// Admit ends Refuse.
func (l *Listener) Admit(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open != nil || l.closed {
		return nil
	}
	open, err := listenOn(ctx, l.address.String())
	if err != nil {
		return err
	}
	l.open = open
	l.changed.Broadcast()
	return nil
}

// Reset resets the next connections as soon as they are there.
func (l *Listener) Reset(connections int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.resets = connections
}

// Accept waits for a connection to serve.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		open := l.awaitOpen()
		if open == nil {
			return nil, net.ErrClosed
		}
		conn, err := open.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			continue // Refuse or Close: the next round finds out which.
		case err != nil:
			return nil, err
		case l.isReset(conn):
			continue
		}
		return conn, nil
	}
}

// awaitOpen waits out Refuse. It returns nil after Close.
func (l *Listener) awaitOpen() net.Listener {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.open == nil && !l.closed {
		l.changed.Wait()
	}
	return l.open
}

// isReset resets the connection if it is one of those to reset.
func (l *Listener) isReset(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.resets == 0 {
		return false
	}
	l.resets--
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Close then resets instead of ending the stream.
	}
	_ = conn.Close()
	return true
}

// Close ends Accept.
func (l *Listener) Close() error {
	err := l.Refuse()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.changed.Broadcast()
	return err
}

// Addr returns the address, which stays the same.
func (l *Listener) Addr() net.Addr { return l.address }

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// dialWith has a client connect only if the function returns no error.
func dialWith(c *Client, fault func(context.Context) error) {
	base := c.transport.(*transport).base
	dial := base.DialContext
	base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := fault(ctx); err != nil {
			return nil, &net.OpError{Op: "dial", Net: network, Err: err}
		}
		return dial(ctx, network, address)
	}
}

// always is the least number of attempts at a service that is down, within two
// minutes.
const always = 13

// TestUnsentIsRetried shows that a change without a connection is retried as a
// read is, for as long as another attempt may help.
func TestUnsentIsRetried(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault    error
		times    int // that it happens
		attempts int
		ok       bool
	}{
		"refused once":            {syscall.ECONNREFUSED, 1, 2, true},
		"refused four times":      {syscall.ECONNREFUSED, 4, 5, true},
		"refused always":          {syscall.ECONNREFUSED, 100, always, false},
		"name server silent":      {&net.DNSError{Err: "timeout", IsTimeout: true}, 1, 2, true},
		"no such host":            {&net.DNSError{Err: "no such host", IsNotFound: true}, 100, 1, false},
		"other versions of TLS":   {errors.New("remote error: tls: protocol version not supported"), 100, 1, false},
		"certificate out of date": {&tls.CertificateVerificationError{Err: errors.New("expired")}, 100, 1, false},
	} {
		for _, method := range []string{"GET", "POST", "PATCH", "DELETE"} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var record records
					requests, dials := 0, 0
					client := newInMemory(t, func(http.ResponseWriter, *http.Request) { requests++ }, record.hook)
					dialWith(client, func(context.Context) error {
						if dials++; dials <= test.times {
							return test.fault
						}
						return nil
					})
					err := sendMethod(t.Context(), client, method, "users")
					want := test.attempts
					if want == always {
						want = max(always, dials)
					}
					if dials != want || (requests == 1) != test.ok || requests > 1 || (err == nil) != test.ok {
						t.Errorf("got %v after %d connections and %d requests, want %d connections", err, dials, requests, want)
					}
					if !test.ok && (!Unsent(err) || Lost(err) || Status(err) != 0 || !errors.Is(err, test.fault)) {
						t.Errorf("got %v, want %v of an unsent request", err, test.fault)
					}
					if method != "GET" && len(record.ended) != 1 {
						t.Errorf("got %d records, want 1", len(record.ended))
					}
				})
			})
		}
	}
}

func TestNoConnectionInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") },
			func(config *Config) { config.RetryTimeout = 45 * time.Second })
		dialWith(client, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		began := time.Now()
		err := client.Send(t.Context(), oneInvite, nil)
		// One attempt of 30 seconds, and of the second what retry_timeout leaves.
		if took := time.Since(began); !Unsent(err) || Lost(err) || took != 45*time.Second {
			t.Errorf("got %v after %s, want an unsent request after 45s", err, took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, nil, func(config *Config) { config.RetryTimeout = 30*time.Second + 1 })
		dialWith(client, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		err := client.Send(t.Context(), oneInvite, nil)
		if unsent, ok := errors.AsType[*unsentError](err); !ok || unsent.Error() != "no connection within 30s" {
			t.Errorf("got %v, want no connection within 30s", err)
		}
	})
}

// TestTheOtherEndSpeaksNoTLS is a handshake that fails.
func TestTheOtherEndSpeaksNoTLS(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") },
			func(config *Config) { config.Base.Scheme = "https" })
		err := client.Send(t.Context(), oneInvite, nil)
		failure, ok := errors.AsType[*Error](err)
		if !ok || !Unsent(err) || Lost(err) || failure.Attempts != 1 || !HandshakeRefused(err) {
			t.Errorf("got %v, want an unsent request after one attempt", err)
		}
	})
}

func TestCertificateThatIsNotTrusted(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	err := newForServer(t, server.URL).Send(t.Context(), oneInvite, nil)
	failure, ok := errors.AsType[*Error](err)
	if _, certificate := errors.AsType[*tls.CertificateVerificationError](err); !ok || !certificate || !Unsent(err) || Lost(err) || failure.Attempts != 1 {
		t.Errorf("got %v, want an unsent request after one attempt", err)
	}
}

// TestHTTP2 has the reply lost on a connection that carries several requests.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("got %s, want HTTP/2", r.Proto)
		}
		if requests.Add(1) > 1 {
			panic(http.ErrAbortHandler) //nolint:forbidigo // How a handler resets a stream.
		}
		io.WriteString(w, `{}`)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	client := newForServer(t, server.URL)
	base := client.transport.(*transport).base
	base.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	base.ForceAttemptHTTP2 = true
	if err := client.Send(t.Context(), oneInvite, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	if err := client.Send(t.Context(), oneInvite, &struct{}{}); !Lost(err) || Unsent(err) || requests.Load() != 2 {
		t.Errorf("got %v and %d requests, want the second lost", err, requests.Load())
	}
}

// keptConn is a connection that dies between two requests.
type keptConn struct {
	net.Conn
	dead atomic.Bool
}

func (c *keptConn) Write(b []byte) (int, error) {
	if c.dead.Load() {
		return 0, syscall.EPIPE
	}
	return c.Conn.Write(b)
}

// TestAKeptConnectionThatIsDead shows what is said of net/http: it retries a
// change by itself if nothing was written. If there is no other connection then,
// the change was not sent.
func TestAKeptConnectionThatIsDead(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "DELETE"} {
		for name, again := range map[string]error{"and another": nil, "and no other": &net.DNSError{Err: "no such host", IsNotFound: true}} {
			synctest.Test(t, func(t *testing.T) {
				var bodies []string
				client := newInMemory(t, func(_ http.ResponseWriter, r *http.Request) { bodies = append(bodies, recorded(t, r).body) })
				base := client.transport.(*transport).base
				dial := base.DialContext
				var first *keptConn
				base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
					if first != nil && again != nil {
						return nil, again
					}
					connection, err := dial(ctx, network, address)
					if first == nil {
						first = &keptConn{Conn: connection}
						return first, err
					}
					return connection, err
				}
				change := Change{Method: method, Path: "users"}
				if method == "POST" {
					change.Body = "body"
				}
				if err := client.Send(t.Context(), change, nil); err != nil {
					t.Fatal(err)
				}
				first.dead.Store(true)
				err := client.Send(t.Context(), change, nil)
				if again != nil {
					if !Unsent(err) || Lost(err) || len(bodies) != 1 {
						t.Errorf("%s %s: got %v and %d requests, want the second unsent", method, name, err, len(bodies))
					}
					return
				}
				if err != nil || len(bodies) != 2 || bodies[0] != bodies[1] {
					t.Errorf("%s %s: got %v and the bodies %q, want both sent", method, name, err, bodies)
				}
			})
		}
	}
}

// TestAKeptConnectionThatTheServiceCloses is another matter: the request was
// written, so it may have been carried out.
func TestAKeptConnectionThatTheServiceCloses(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "PATCH", "DELETE"} {
		synctest.Test(t, func(t *testing.T) {
			requests := 0
			client := newInMemory(t, func(w http.ResponseWriter, _ *http.Request) {
				if requests++; requests > 1 {
					cutConnection(w)
				}
			})
			for range 2 {
				err := client.Send(t.Context(), Change{Method: method, Path: "users"}, nil)
				if Lost(err) != (requests == 2) || Unsent(err) {
					t.Errorf("%s: request %d: got %v", method, requests, err)
				}
			}
			if requests != 2 {
				t.Errorf("%s: got %d requests, want 2", method, requests)
			}
		})
	}
}

func TestIdleConnectionsAreClosedEarly(t *testing.T) {
	t.Parallel()
	for idle, want := range map[time.Duration]int{3 * time.Second: 1, 5 * time.Second: 2} {
		synctest.Test(t, func(t *testing.T) {
			dials := 0
			client := newInMemory(t, func(http.ResponseWriter, *http.Request) {})
			dialWith(client, func(context.Context) error { dials++; return nil })
			for range 2 {
				if err := client.Send(t.Context(), oneInvite, nil); err != nil {
					t.Error(err)
				}
				<-time.After(idle)
			}
			if dials != want {
				t.Errorf("requests %s apart: got %d connections, want %d", idle, dials, want)
			}
		})
	}
}

// TestNoIdempotencyKey: with one, net/http would retry changes.
func TestNoIdempotencyKey(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newInMemory(t, func(_ http.ResponseWriter, r *http.Request) {
			var sent bytes.Buffer
			_ = r.Header.Write(&sent)
			if bytes.Contains(bytes.ToLower(sent.Bytes()), []byte("idempotency")) {
				t.Errorf("got the headers %s", &sent)
			}
		})
		if err := client.Send(t.Context(), oneInvite, nil); err != nil {
			t.Error(err)
		}
	})
}

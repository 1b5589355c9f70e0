// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// maxBody is the largest body that is read, in bytes. The largest honest one
// is a page of 1,000 rows; anything near this limit is not an answer.
const maxBody = 64 << 20

// maxInFlight bounds the requests that one listing has under way. Eight hide
// a round trip behind the decoding of the pages before it, and stay far from
// any service's limit per minute.
const maxInFlight = 8

// maxIdle is how long a connection is kept for the next request. A change that
// is sent on a connection which the service is just closing is lost, so ours
// are closed first: the shortest default of common servers and balancers is
// five seconds (Apache httpd and Node.js; AWS has 60, nginx 75).
const maxIdle = 4 * time.Second

// transport sends a request and reads the whole body, so that a body cut short
// counts as a failed attempt.
//
// net/http itself retries a request on another connection if the one that it
// kept turns out to be closed (persistConn.shouldRetryRequest). It retries a
// change only if not a byte was written, for which it needs the GetBody that
// retryablehttp sets, or if HTTP/2 says that the service did not process it.
// With a header Idempotency-Key or X-Idempotency-Key it would also retry what may
// have been carried out, whatever the service makes of that header: never set one.
type transport struct {
	base    *http.Transport
	clock   *clock
	timeout time.Duration
}

func newTransport(c *clock, timeout time.Duration) *transport {
	base := http.DefaultTransport.(*http.Transport).Clone()
	explainProxies(base)
	trustCertificateFile(base)
	base.MaxIdleConnsPerHost = maxInFlight
	base.IdleConnTimeout = maxIdle
	return &transport{base: base, clock: c, timeout: timeout}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	// A change that is under way outlives its operation: the service carries it
	// out all the same, and nothing would be known of it any more.
	operation, change := request.Context(), request.Method != http.MethodGet
	ctx := operation
	if change {
		ctx = context.WithoutCancel(operation)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, t.timeout, &timeoutError{t.timeout})
	defer cancel()
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// Called again when net/http retries a request by itself.
		GetConn: func(string) { connected.Store(false) },
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	if change {
		stop := context.AfterFunc(operation, func() {
			if !connected.Load() {
				cancel()
			}
		})
		defer stop()
	}
	response, err := t.base.RoundTrip(request.WithContext(ctx))
	if err != nil {
		err = whyEnded(ctx, err)
		if !connected.Load() {
			err = &unsentError{err}
		}
		return nil, err
	}
	t.clock.read(response)
	defer response.Body.Close()
	part := &share{of: &replies}
	body, err := part.readAll(ctx, response.Body, response.ContentLength)
	switch {
	case err != nil:
		err = fmt.Errorf("the answer broke off after %d bytes: %w", len(body), whyEnded(ctx, err))
	case len(body) > maxBody:
		err = errTooLarge
	}
	if err != nil {
		part.release()
		return nil, &partialReplyError{err, response.StatusCode, len(body)}
	}
	response.Body, response.ContentLength = &readBody{Reader: bytes.NewReader(body), data: body, done: part.release}, int64(len(body))
	return response, nil
}

// partialReplyError is a reply that began and was not read to its end.
type partialReplyError struct {
	error
	status, read int
}

func (e *partialReplyError) Unwrap() error { return e.error }

// unsentError is an attempt for which there was no connection.
type unsentError struct{ err error }

func (e *unsentError) Unwrap() error { return e.err }

func (e *unsentError) Error() string {
	if timeout, ok := errors.AsType[*timeoutError](e.err); ok {
		return fmt.Sprintf("no connection within %s", timeout.after)
	}
	return e.err.Error()
}

// readBody is a body that was read whole already.
type readBody struct {
	*bytes.Reader
	data []byte
	done func()
}

// Close says that the body is not needed any more.
func (b *readBody) Close() error {
	b.done()
	return nil
}

// wholeBody returns the body of a response that came through the transport.
func wholeBody(response *http.Response) []byte {
	body, ok := response.Body.(*readBody)
	if !ok {
		return nil
	}
	return body.data
}

var errTooLarge = fmt.Errorf("the answer is larger than %d MiB and was not read to its end", maxBody>>20)

// timeoutError is the end of one attempt by request_timeout. It is a
// net.Error, so that it counts among the faults that may pass.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string   { return fmt.Sprintf("no complete answer within %s", e.after) }
func (e *timeoutError) Timeout() bool   { return true }
func (e *timeoutError) Temporary() bool { return true }

var _ net.Error = (*timeoutError)(nil)

// whyEnded puts the reason that an attempt was ended in the place of the
// context's bare word.
func whyEnded(ctx context.Context, err error) error {
	if timeout, ok := errors.AsType[*timeoutError](context.Cause(ctx)); ok {
		return timeout
	}
	return err
}

// redirectError is a redirect that was not followed.
type redirectError struct {
	to     string
	circle bool
}

func (e *redirectError) Error() string {
	if e.circle {
		return fmt.Sprintf("the service redirects again and again, at last to %s", e.to)
	}
	return fmt.Sprintf("the service redirects to %s; redirects are followed only for reads, on the same host, and never from https to http, so that credentials reach no other host", e.to)
}

// refuseOtherHosts is the redirect policy: net/http would drop the credentials
// on the way to another host, and the answer would read like a wrong token.
func refuseOtherHosts(next *http.Request, sent []*http.Request) error {
	first, to := sent[0], next.URL.Scheme+"://"+next.URL.Host
	switch {
	case next.URL.Host != first.URL.Host || next.URL.Scheme != first.URL.Scheme || first.Method != http.MethodGet:
		return &redirectError{to: to}
	case len(sent) > 5:
		return &redirectError{to: to + next.URL.Path, circle: true}
	}
	return nil
}

// rootCause strips what net/http wraps around an error: the address is named
// already.
func rootCause(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package rest has what the clients of all services share: one request with
// its retries, one error type, decoding of replies, whole listings and shared
// snapshots.
package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// Config says how to reach one service and how patient to be with it.
type Config struct {
	// Service is the name of the service, for logs.
	Service string
	// Base is the address that every path is joined to, without a trailing slash.
	Base *url.URL
	// UserAgent names this program to the service.
	UserAgent string
	// Authorize adds the credentials. It is called for the configured host only.
	Authorize func(*http.Request)
	// Refusal returns a new value to read the body of a refusal into. It may be
	// nil: the start of the body is then what the service said.
	Refusal func() Refusal
	// AnyCase says that the names in the service's JSON have no case.
	AnyCase bool
	// RequestTimeout limits one attempt, reading the body included.
	RequestTimeout time.Duration
	// RetryTimeout limits all attempts of one call together, waits included.
	RetryTimeout time.Duration
	// CoolDown is how long the service refuses after a 429 that names no time.
	// Zero means that it is not known: waits then start short and double.
	CoolDown time.Duration
	// Record is called before a change is sent, with the method and the URL that
	// the request really has, and what it is about. After an error from it
	// nothing is sent. What it returns is called once, with the outcome. It may
	// be nil.
	Record func(ctx context.Context, method, url string, target Target) (end func(Outcome), err error)
	// Attempted is called after each request, and Waiting before each pause. Either
	// may be nil.
	Attempted func(context.Context, Attempt)
	Waiting   func(context.Context, Wait)
}

// Refusal is the body in which a service refuses a request.
type Refusal interface {
	// Explain returns the service's own code and message. Either may be "".
	Explain() (code, message string)
}

// Versioned is implemented by a value that a reply is read into and that keeps
// the version in the reply's header, "" for none.
type Versioned interface{ SetETag(version string) }

// Client sends requests to one service. It is safe for concurrent use.
type Client struct {
	config    Config
	transport http.RoundTripper
	pause     pause
	outage    outage
	clock     clock
	unmarshal func(data []byte, into any) error
}

// New returns a client. It sends nothing.
func New(config Config) *Client {
	if config.Attempted == nil {
		config.Attempted = func(context.Context, Attempt) {}
	}
	if config.Waiting == nil {
		config.Waiting = func(context.Context, Wait) {}
	}
	c := &Client{config: config, unmarshal: Unmarshal}
	if config.AnyCase {
		c.unmarshal = unmarshalAnyCase
	}
	c.transport = newTransport(&c.clock, config.RequestTimeout)
	return c
}

// Base returns the address that the client talks to, for messages.
func (c *Client) Base() string { return c.config.Base.String() }

// Path joins path elements, each escaped, so that an id can never reach
// another endpoint. A last element of "" gives a trailing slash.
func Path(elements ...string) string {
	escaped := make([]string, len(elements))
	for i, element := range elements {
		escaped[i] = url.PathEscape(element)
		if element == "." || element == ".." {
			escaped[i] = strings.ReplaceAll(element, ".", "%2E")
		}
	}
	return strings.Join(escaped, "/")
}

// Get reads a path into a value. GET is repeated after transient errors. A
// reply that is not what the value is for is an *Error with the status that it
// came with, as is one that reports a failure: see Envelope. After an error the
// value must not be used.
func (c *Client) Get(ctx context.Context, path string, query url.Values, into any) error {
	prepared, err := c.newCall(http.MethodGet, path, query, nil)
	if err != nil {
		return err
	}
	return prepared.run(ctx, into)
}

// Send carries out a change. It is sent once: it is retried only where nothing
// can have been carried out, after a 429 or where there was no connection. Once it is under way it does not end with ctx, only with
// RequestTimeout, so that its outcome is known. into may be nil.
func (c *Client) Send(ctx context.Context, change Change, into any) error {
	prepared, err := c.newCall(change.Method, change.Path, nil, change.Body)
	if err != nil {
		return err
	}
	if change.IfMatch != "" {
		prepared.request.Header.Set("If-Match", change.IfMatch)
	}
	end := func(Outcome) {}
	if err = ctx.Err(); err == nil && c.config.Record != nil {
		end, err = c.config.Record(ctx, prepared.request.Method, prepared.request.URL.String(), change.Target)
	}
	if err != nil {
		prepared.failure.Err = err
		return prepared.failure
	}
	outcome := outcomeOf(prepared.run(ctx, into))
	if change.Settle != nil {
		settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), SettleTimeout)
		defer cancel()
		outcome = change.Settle(settling, outcome)
	}
	outcome.Status = prepared.answered
	end(outcome)
	return outcome.Err
}

// ServiceTime returns what the service's own clock showed at a moment of this
// machine's, judged by the Date of the last success, or false before there was
// one. It is never later than the service's clock, and earlier by less than a
// second and the time that the reply took.
func (c *Client) ServiceTime(local time.Time) (time.Time, bool) { return c.clock.at(local) }

// newCall prepares a call. Its error is an *Error.
func (c *Client) newCall(method, path string, query url.Values, body any) (*call, error) {
	address := c.config.Base.String() + "/" + path
	failure := &Error{Method: method, URL: address, Unsent: true}
	if strings.Contains(path, "//") {
		failure.Err = fmt.Errorf("the path %q has an empty element", path)
		return nil, failure
	}
	if len(query) > 0 {
		// Some services take + in a query literally, all of them read %20.
		address += "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	}
	var payload any
	if body != nil {
		var content bytes.Buffer
		encoder := json.NewEncoder(&content)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(body); err != nil {
			failure.Err = err
			return nil, failure
		}
		payload = &content
	}
	request, err := retryablehttp.NewRequest(method, address, payload)
	if err != nil {
		failure.Err = err
		return nil, failure
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.config.UserAgent)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	c.config.Authorize(request.Request)
	return &call{client: c, request: request, failure: failure}, nil
}

// run sends the request, with its retries, and reads the reply.
func (c *call) run(ctx context.Context, into any) error {
	limit := c.client.config.RetryTimeout
	ctx, cancel := context.WithTimeoutCause(ctx, limit, &GaveUpError{limit})
	defer cancel()
	failure, began := c.failure, time.Now()
	response, err := c.repeat(ctx)
	if failure.Attempts > 1 {
		failure.Took = time.Since(began)
	}
	if err != nil {
		failure.Err = err
		// A change that was sent did not fail because ctx has ended meanwhile.
		if ctx.Err() != nil && (c.read() || failure.Unsent) {
			failure.Err = context.Cause(ctx)
		}
		return failure
	}
	defer response.Body.Close()
	failure.Status = response.StatusCode
	reply := wholeBody(response)
	refused := response.StatusCode < 200 || response.StatusCode > 299
	if !refused {
		if into == nil {
			return nil
		}
		if failure.Err = c.decode(ctx, reply, into); failure.Err == nil {
			if versioned, ok := into.(Versioned); ok {
				versioned.SetETag(response.Header.Get("ETag"))
			}
			return nil
		}
		if c.read() && ctx.Err() != nil {
			return failure
		}
	}
	// From here on the reply is for an error text only.
	reply = withoutCredentials(reply, c.request.Request)
	if refused || errors.Is(failure.Err, ErrFailed) {
		failure.Code, failure.Message = c.client.explain(reply)
	}
	if failure.Message == "" {
		failure.Message = printable.Line(string(reply), maxBodyShown)
	}
	// Once more, as JSON can spell a credential in other ways.
	failure.Code = string(withoutCredentials([]byte(failure.Code), c.request.Request))
	failure.Message = string(withoutCredentials([]byte(failure.Message), c.request.Request))
	if failure.Err != nil {
		// What is wrong with a reply names members of its objects.
		failure.Err = &cleanError{string(withoutCredentials([]byte(failure.Err.Error()), c.request.Request)), failure.Err}
	}
	return failure
}

// decode reads the reply into a value. The end of ctx does not wait for a large
// reply to a read: that takes seconds.
func (c *call) decode(ctx context.Context, reply []byte, into any) error {
	if len(reply) <= freeBytes || !c.read() {
		return c.client.unmarshal(reply, into)
	}
	done := make(chan error, 1)
	go func() { done <- c.client.unmarshal(reply, into) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// cleanError is an error with a text from which credentials were taken.
type cleanError struct {
	text string
	err  error
}

func (e *cleanError) Error() string { return e.text }
func (e *cleanError) Unwrap() error { return e.err }

// explain returns the service's own code and message for a refusal, as far as
// the body can be read.
func (c *Client) explain(body []byte) (code, message string) {
	if c.config.Refusal == nil {
		return "", ""
	}
	refusal := c.config.Refusal()
	_ = c.unmarshal(body, refusal) // What cannot be read is left out.
	code, message = refusal.Explain()
	return printable.Line(code, maxCodeShown), printable.Line(message, maxMessageShown)
}

// withoutCredentials takes the credentials of a request out of a reply that
// repeats them, before it gets into an error text.
func withoutCredentials(reply []byte, request *http.Request) []byte {
	_, token, _ := strings.Cut(request.Header.Get("Authorization"), " ")
	key, secret, _ := request.BasicAuth()
	for _, credential := range []string{token, secret, key} {
		if credential != "" {
			reply = bytes.ReplaceAll(reply, []byte(credential), []byte("***"))
		}
	}
	return reply
}

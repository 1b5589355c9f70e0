// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package rest holds what the clients of all services share: one request, one
// error type, repetition, whole listings and shared snapshots.
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

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/hashicorp/go-retryablehttp"
)

// Config says how to reach one service and how patient to be with it.
type Config struct {
	// Base is the address that every path is joined to, without a trailing slash.
	Base *url.URL
	// UserAgent names this program to the service.
	UserAgent string
	// Authorize adds the credentials. It is called for the configured host only.
	Authorize func(*http.Request)
	// Explain takes the service's own code and message from the body of a
	// refusal. Either may be "".
	Explain func(body []byte) (code, message string)
	// RequestTimeout limits one attempt, reading the body included.
	RequestTimeout time.Duration
	// RetryTimeout limits all attempts of one call together, pauses included.
	RetryTimeout time.Duration
	// CoolDown is how long the service refuses after a 429 that names no time.
	// Zero means that it is not known: pauses then start short and double.
	CoolDown time.Duration
	// Record is called before a change is sent, with the method and the URL that
	// the request really has, and what it is about. After an error from it
	// nothing is sent. What it returns is called once, with the outcome. It may
	// be nil.
	Record func(ctx context.Context, method, url string, target Target) (end func(Outcome), err error)
	// Log tells the user why a call is waiting. It may be nil.
	Log func(ctx context.Context, message string, fields map[string]any)
}

// Client sends requests to one service. It is safe for concurrent use.
type Client struct {
	config Config
	http   *http.Client
	pause  pause
}

// New returns a client. It sends nothing.
func New(config Config) *Client {
	if config.Log == nil {
		config.Log = func(context.Context, string, map[string]any) {}
	}
	if config.Explain == nil {
		config.Explain = func([]byte) (string, string) { return "", "" }
	}
	c := &Client{config: config}
	c.http = &http.Client{
		Transport:     newTransport(&c.pause, config.RequestTimeout),
		CheckRedirect: refuseOtherHosts,
	}
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

// Get reads a path into a value. GET is repeated after faults that may pass.
func (c *Client) Get(ctx context.Context, path string, query url.Values, into any) error {
	return c.do(ctx, http.MethodGet, path, query, nil, into)
}

// Send carries out a change. It is sent once: it is repeated only where that
// proves that nothing was carried out, after a 429 or where there was no
// connection. Once it is under way it does not end with ctx, only with
// RequestTimeout. into may be nil.
func (c *Client) Send(ctx context.Context, change Change, into any) error {
	address := c.config.Base.String() + "/" + change.Path
	end := func(Outcome) {}
	if c.config.Record != nil {
		var err error
		if end, err = c.config.Record(ctx, change.Method, address, change.Target); err != nil {
			return &Error{Method: change.Method, URL: address, Unsent: true, Err: err}
		}
	}
	outcome := outcomeOf(c.do(ctx, change.Method, change.Path, nil, change.Body, into))
	status := Status(outcome.Err)
	if change.Settle != nil {
		settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), SettleTimeout)
		defer cancel()
		outcome = change.Settle(settling, outcome)
	}
	outcome.Status = status
	end(outcome)
	return outcome.Err
}

// ServiceTime returns what the service's own clock showed at a moment of this
// machine's, judged by the Date of the last success, or false before there was
// one. It is never later than the service's clock, and earlier by less than a
// second and the time that the answer took.
func (c *Client) ServiceTime(local time.Time) (time.Time, bool) { return time.Time{}, false }

func (c *Client) do(ctx context.Context, method, path string, query url.Values, body, into any) error {
	address := c.config.Base.String() + "/" + path
	failure := &Error{Method: method, URL: address}
	if strings.Contains(path, "//") {
		failure.Err = fmt.Errorf("the path %q has an empty element", path)
		return failure
	}
	if len(query) > 0 {
		// Some services take + in a query literally, all of them read %20.
		address += "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	}
	var payload any
	if body != nil {
		var encoded bytes.Buffer
		encoder := json.NewEncoder(&encoded)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(body); err != nil {
			failure.Err = err
			return failure
		}
		payload = &encoded
	}

	ctx, cancel := context.WithTimeoutCause(ctx, c.config.RetryTimeout, &GaveUpError{c.config.RetryTimeout})
	defer cancel()
	request, err := retryablehttp.NewRequestWithContext(ctx, method, address, payload)
	if err != nil {
		failure.Err = err
		return failure
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.config.UserAgent)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	c.config.Authorize(request.Request)

	response, err := c.repeat(request, failure)
	if err != nil {
		failure.Err = err
		if ctx.Err() != nil {
			failure.Err = context.Cause(ctx)
		}
		return failure
	}
	defer response.Body.Close()
	failure.Status = response.StatusCode
	reply, err := readAll(response.Body, response.ContentLength)
	if err != nil {
		failure.Err = err
		return failure
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		reply = withoutCredentials(reply, request.Request)
		failure.Code, failure.Message = c.config.Explain(reply)
		if failure.Message == "" {
			failure.Message = shorten(reply)
		}
		return failure
	}
	if into == nil {
		return nil
	}
	if err := jsonv2.Unmarshal(reply, into, leniently); err != nil {
		// Of an answer that is refused as a whole, the Go type says nothing to users.
		if whole, ok := errors.AsType[*jsonv2.SemanticError](err); ok && whole.JSONPointer == "" && whole.Err != nil {
			err = whole.Err
		}
		failure.Message = shorten(withoutCredentials(reply, request.Request))
		failure.Err = fmt.Errorf("the answer is not the JSON that was expected: %w", err)
		return failure
	}
	return nil
}

// withoutCredentials takes the credentials of a request out of an answer that
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

// leniently reads what encoding/json reads, in one pass instead of two, which
// halves the time for replies that are mostly skipped. SCIM's attribute names
// have no case, and the strictness of JSON's newer rules would help nobody here.
var leniently = jsonv2.JoinOptions(
	jsonv2.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

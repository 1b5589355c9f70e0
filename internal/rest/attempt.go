// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/printable"
)

// Attempt is one request as it was sent, or as sending it failed. It has no
// header but the request's id, no body, and nothing that names a person.
type Attempt struct {
	// Service is the name of the service.
	Service string
	// Method and URL are those of the request. The URL has the values of only
	// those query parameters that are known to be harmless.
	Method, URL string
	// Number counts the attempts of one call, from 1. A redirect that is followed
	// is a request of the same attempt.
	Number int
	// Status is that of the reply, 0 for none.
	Status int
	// Bytes are those of the body that arrived, uncompressed.
	Bytes int64
	// Took is the time from sending to the end of the body.
	Took time.Duration
	// RequestID is the service's name for the request, "" if it gave none.
	RequestID string
	// Failure says why there is no complete reply, "" if there is one.
	Failure string
}

// Wait is a pause of a call.
type Wait struct {
	// Service is the name of the service.
	Service string
	// Method and URL are those of the request that waits, as in [Attempt].
	Method, URL string
	// For is how long.
	For time.Duration
	// Status is that of the reply for which the call waits, 0 if there was none:
	// Failure then says why.
	Status  int
	Failure string
	// RateLimit says that the service, not this program, is the one who wants it.
	RateLimit bool
	// Asked is by how much it moves the moment before which nothing is sent to the
	// service. It is 0 for a pause of this call alone, or one counted already.
	Asked time.Duration
}

// RoundTrip implements http.RoundTripper for the requests of one call: it waits
// for the shared pause, then sends, and reports what it did, as well as what
// net/http did by itself.
func (c *call) RoundTrip(request *http.Request) (*http.Response, error) {
	operation := request.Context()
	err := c.client.pause.wait(operation, func(left time.Duration) {
		c.waiting(operation, Wait{For: left, Status: http.StatusTooManyRequests, RateLimit: true})
	})
	if err != nil {
		return nil, err
	}
	c.client.outage.wait(operation, c.patience())
	if operation.Err() != nil {
		return nil, &unsentError{context.Cause(operation)}
	}
	attempt := Attempt{
		Service: c.client.config.Service, Method: request.Method, URL: harmlessURL(request.URL), Number: c.failure.Attempts + 1,
	}
	began, sent := time.Now(), 0
	ctx := httptrace.WithClientTrace(operation, &httptrace.ClientTrace{GetConn: func(string) {
		if sent++; sent > 1 {
			again := attempt
			again.Took, again.Failure = time.Since(began), "the connection was closed before the reply; sent again on another one"
			c.client.config.Attempted(operation, again)
		}
	}})
	response, err := c.client.transport.RoundTrip(request.WithContext(ctx))
	attempt.Took, attempt.Failure = time.Since(began), harmlessFailure(err, request)
	if partial, ok := errors.AsType[*partialReplyError](err); ok {
		attempt.Status, attempt.Bytes = partial.status, int64(partial.read)
	}
	if response != nil {
		attempt.Status, attempt.Bytes = response.StatusCode, response.ContentLength
		attempt.RequestID = requestID(response.Header, request)
	}
	c.client.config.Attempted(operation, attempt)
	return response, err
}

// waiting reports a pause.
func (c *call) waiting(ctx context.Context, wait Wait) {
	wait.Service, wait.Method, wait.URL = c.client.config.Service, c.request.Method, harmlessURL(c.request.URL)
	c.client.config.Waiting(ctx, wait)
}

// harmless are the query parameters whose values name no person. The others are
// an email address in a filter, or may be one, as a cursor may.
var harmless = []string{
	"attributes", "count", "excludedAttributes", "include_related", "limit", "offset", "order_by", "sortBy", "sortOrder", "startIndex", "state",
}

// maxURLShown is what is shown of a URL, in bytes: a redirect can be longer.
const maxURLShown = 500

// harmlessURL returns a URL without what may name a person. Ids stay.
func harmlessURL(u *url.URL) string {
	elements := strings.Split(u.EscapedPath(), "/")
	for i, element := range elements {
		if namesPerson(element) {
			elements[i] = "..."
		}
	}
	line := u.Scheme + "://" + u.Host + strings.Join(elements, "/")
	query, separator := u.Query(), "?"
	for _, name := range slices.Sorted(maps.Keys(query)) {
		value := "..."
		if slices.Contains(harmless, name) && !namesPerson(query.Get(name)) {
			value = query.Get(name)
		}
		if namesPerson(name) {
			name = "..."
		}
		line += separator + name + "=" + value
		separator = "&"
	}
	return printable.Line(line, maxURLShown)
}

// namesPerson reports whether a part of a URL has the sign of an email address,
// escaped once or more.
func namesPerson(part string) bool {
	for {
		if strings.Contains(part, "@") {
			return true
		}
		plain, err := url.PathUnescape(part)
		if err != nil || plain == part {
			return err != nil
		}
		part = plain
	}
}

// harmlessFailure says in one line why there is no complete reply.
func harmlessFailure(err error, request *http.Request) string {
	if err == nil {
		return ""
	}
	return printable.Line(string(withoutCredentials([]byte(rootCause(err).Error()), request)), maxBodyShown)
}

// requestID finds what a service's support asks for. None of the services
// documents a header for it, so these are the common ones. Anything but an id in
// it is not shown.
func requestID(header http.Header, request *http.Request) string {
	id := cmp.Or(header.Get("X-Request-Id"), header.Get("X-Correlation-Id"), header.Get("Cf-Ray"))
	odd := strings.ContainsFunc(id, func(r rune) bool {
		return !strings.ContainsRune("-_.:=/+", r) && (r > 'z' || r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a')
	})
	if odd || len(id) > maxCodeShown {
		return ""
	}
	return string(withoutCredentials([]byte(id), request))
}

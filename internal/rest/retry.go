// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

const (
	shortestPause = 500 * time.Millisecond
	// longestBackoff is the longest pause after a transient error: a service that is
	// back is noticed soon.
	longestBackoff = 10 * time.Second
	// longestPause is the longest one after a 429 that names no time.
	longestPause = time.Minute
	// leastPatience is the time for which a call outlives transient errors if a
	// third of RetryTimeout is less.
	leastPatience = 30 * time.Second
	// crashPatience is the time for an error 500. A service that is down says 502 or
	// 503, or nothing. A request that makes it crash does so each time.
	crashPatience = 20 * time.Second
	// leastRetries are left to each call, however long the service fails already.
	leastRetries = 2
	// unlimited leaves the end of waiting to RetryTimeout.
	unlimited = 1 << 20
)

// call is one call and its history, over all its attempts.
type call struct {
	client  *Client
	request *retryablehttp.Request
	// failure is the call's error, should it fail.
	failure *Error
	// answered is the status of the reply to the last attempt, 0 for none.
	answered int
	// failing is when the first transient error came, faults their number.
	failing time.Time
	faults  int
	limited int
	pause   time.Duration
}

func (c *call) read() bool { return c.request.Method == http.MethodGet }

// repeat sends the request until there is a reply to keep, or no more time.
func (c *call) repeat(ctx context.Context) (*http.Response, error) {
	repeating := retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: c, CheckRedirect: refuseOtherHosts},
		RetryMax:     unlimited,
		CheckRetry:   c.check,
		Backoff:      c.backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return repeating.Do(c.request.WithContext(ctx))
}

// check decides whether an attempt is followed by another. Its rule: after a
// 429, or where there was no connection, any request is retried, as nothing was
// carried out; after any other transient error only a read, as a change may
// have been carried out.
func (c *call) check(ctx context.Context, response *http.Response, err error) (bool, error) {
	if _, paused := errors.AsType[*pausedError](err); paused {
		if ctx.Err() == nil {
			// The reply to an earlier call is the reply to this one too.
			c.failure.Status = http.StatusTooManyRequests
		}
		return false, err
	}
	c.failure.Attempts++
	if c.answered = 0; response != nil {
		c.answered = response.StatusCode
	}
	_, c.failure.Unsent = errors.AsType[*unsentError](err)
	if ctx.Err() != nil {
		return false, err
	}
	if err == nil {
		wait, named := retryAfter(response.Header, time.Now())
		if response.StatusCode == http.StatusTooManyRequests || named && c.read() && response.StatusCode == http.StatusServiceUnavailable {
			// Should the wait end early, nothing was carried out.
			c.failure.Unsent = c.pauseAll(ctx, response.StatusCode, wait, named)
			return c.failure.Unsent, nil
		}
	}
	if err == nil && response.StatusCode < http.StatusInternalServerError {
		c.client.outage.over()
	}
	if !c.read() && !c.failure.Unsent || permanent(err) || once(ctx) {
		return false, err
	}
	if again, _ := retryablehttp.DefaultRetryPolicy(ctx, response, err); !again || !c.outlasts(ctx, response) {
		return false, err
	}
	c.waiting(ctx, Wait{For: c.pause, Status: c.answered, Failure: harmlessFailure(err, c.request.Request)})
	return true, nil
}

// outlasts decides on the pause after a transient error, and reports whether there
// is time for it.
func (c *call) outlasts(ctx context.Context, response *http.Response) bool {
	crash := response != nil && response.StatusCode == http.StatusInternalServerError
	now, since := time.Now(), c.client.outage.failed(crash)
	if c.faults == 0 {
		c.failing = now
	}
	if c.failing.Before(since) {
		since = c.failing
	}
	patience := c.patience()
	if crash {
		patience = crashPatience
	}
	c.pause = withJitter(retryablehttp.DefaultBackoff(shortestPause, longestBackoff, c.faults, nil))
	c.faults++
	return fits(ctx, c.pause) && (c.faults <= leastRetries || now.Add(c.pause).Sub(since) < patience)
}

// patience is how long transient errors are outlived: a rate limit has a known
// end, and a service that is down has none, so they get less.
func (c *call) patience() time.Duration { return max(leastPatience, c.client.config.RetryTimeout/3) }

// pauseAll stops all calls to the service for as long as it asks, and reports
// whether this call can outlast that.
func (c *call) pauseAll(ctx context.Context, status int, wait time.Duration, named bool) bool {
	asked := true
	switch {
	// No wait at all, or a date that a wrong clock puts into the past, is
	// believed once: obeyed each time, it would be a storm of requests.
	case named && (wait > 0 || c.limited == 0):
	case !named && c.client.config.CoolDown > 0:
		wait = c.client.config.CoolDown
	default:
		asked = false
		wait = withJitter(retryablehttp.DefaultBackoff(shortestPause, longestPause, c.limited, nil))
	}
	c.limited++
	longer := c.client.pause.extend(wait)
	// The transport waits for the shared pause; the jitter on top keeps the
	// calls that wait together from starting together.
	c.pause = wait + rand.N(min(wait/10, time.Second)+1)
	if !fits(ctx, c.pause) {
		if asked {
			c.failure.RetryAfter = wait
		}
		return false
	}
	c.waiting(ctx, Wait{For: c.pause, Status: status, RateLimit: true, Asked: longer})
	return true
}

func (c *call) backoff(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return c.pause }

// fits reports whether a pause leaves time for another attempt.
func fits(ctx context.Context, wait time.Duration) bool {
	deadline, limited := ctx.Deadline()
	return !limited || time.Until(deadline) > wait
}

// withJitter spreads a pause over 75 to 125 per cent.
func withJitter(wait time.Duration) time.Duration { return wait*3/4 + rand.N(wait/2+1) }

// permanent reports whether another attempt would meet the same error.
func permanent(err error) bool {
	if err == nil {
		return false
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return true
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok || HandshakeRefused(err) {
		return true
	}
	if proxy, ok := ProxyFailure(err); ok && proxy.Refused() {
		// A wrong password that is tried again and again can lock an account.
		return true
	}
	_, redirected := errors.AsType[*redirectError](err)
	return redirected || errors.Is(err, errTooLarge)
}

// HandshakeRefused reports whether there was no connection because the two ends do
// not agree on TLS, or because the other one does not speak it.
func HandshakeRefused(err error) bool {
	unsent, ok := errors.AsType[*unsentError](err)
	// crypto/tls has no types for most of its errors.
	return ok && (errors.Is(unsent, http.ErrSchemeMismatch) || strings.Contains(unsent.Error(), "tls: "))
}

// longestWait is what a wait counts as that is longer than any call may last: a
// time.Duration has no room for some of them.
const longestWait = 365 * 24 * time.Hour

// retryAfter reads how long a service asks to wait: in seconds or as a date,
// under the standard name or under those that proxies and dbt Cloud use.
func retryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	for _, name := range []string{"Retry-After", "X-Retry-After", "X-Rate-Limit-Retry-After-Seconds"} {
		value := strings.TrimSpace(header.Get(name))
		seconds, err := strconv.ParseFloat(value, 64)
		if tooLarge := errors.Is(err, strconv.ErrRange); seconds >= 0 && (tooLarge || err == nil && !math.IsInf(seconds, 0)) {
			return time.Duration(min(seconds, longestWait.Seconds()) * float64(time.Second)), true
		}
		if date, err := http.ParseTime(value); err == nil {
			return min(max(0, date.Sub(now)), longestWait), true
		}
	}
	return 0, false
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// ProxyError is a proxy through which nothing can be sent.
type ProxyError struct {
	// Status is that of its refusal, 0 if it did not reply.
	Status int
	err    error
}

// Error names the proxy, but not the credentials in its address.
func (e *ProxyError) Error() string { return e.err.Error() }

// Refused reports whether the proxy replied that it does not do what it was asked.
func (e *ProxyError) Refused() bool {
	// A SOCKS proxy has no status. net/http has no type for its refusals.
	return e.Status != 0 || strings.Contains(e.Error(), "authentication")
}

// Unwrap returns the cause.
func (e *ProxyError) Unwrap() error { return e.err }

// ProxyFailure returns the failure of a proxy that made a call fail.
func ProxyFailure(err error) (*ProxyError, bool) {
	if failure, ok := errors.AsType[*ProxyError](err); ok {
		return failure, true
	}
	// net/http has no other sign of it.
	if dial, ok := errors.AsType[*net.OpError](err); ok && (dial.Op == "proxyconnect" || strings.HasPrefix(dial.Op, "socks")) {
		return &ProxyError{err: dial}, true
	}
	return nil, false
}

// IgnoredProxy reports whether the environment names a proxy in a way that
// net/http cannot read. It then connects without one, and says nothing.
func IgnoredProxy() bool {
	proxy := cmp.Or(os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"))
	_, err := url.Parse(proxy)
	_, hostErr := url.Parse("http://" + proxy)
	return err != nil && hostErr != nil
}

// explainProxies lets the transport return a ProxyError where net/http has only
// the text of a status.
func explainProxies(t *http.Transport) {
	t.OnProxyConnectResponse = func(_ context.Context, proxy *url.URL, _ *http.Request, response *http.Response) error {
		if response.StatusCode == http.StatusOK {
			return nil
		}
		return &ProxyError{Status: response.StatusCode, err: fmt.Errorf("the proxy %s replied %s", proxy.Host, strings.TrimSpace(fmt.Sprintf("%d %s", response.StatusCode, http.StatusText(response.StatusCode))))}
	}
}

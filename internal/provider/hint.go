// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// commonHint says what to do about a failure that is the same for all services.
// base is the value of the setting that holds the service's address.
func commonHint(baseSetting, base string, failure *rest.Error) string {
	switch {
	case errors.Is(failure, context.Canceled):
		return ""
	case failure.Status == 0:
		return noReplyHint(baseSetting, failure) + fmt.Sprintf(" `%s` is %s.", baseSetting, base)
	case errors.Is(failure, rest.ErrFailed):
		return serviceFailedHint
	case failure.Status < 300 || failure.Status == http.StatusNotFound || failure.Status == http.StatusMethodNotAllowed:
		return fmt.Sprintf("Check `%s`, which is %s. Something replied there, but not the API of this service.", baseSetting, base)
	case failure.Status == http.StatusTooManyRequests:
		return "Run again later, or raise `retry_timeout`."
	case failure.Status >= 500:
		return serviceFailedHint
	}
	return ""
}

// serviceFailedHint is for failures that only the service can mend.
const serviceFailedHint = "Run again later. The service failed: if it keeps failing, check its status page."

// noReplyHint says what to do about a service that did not reply.
func noReplyHint(baseSetting string, failure *rest.Error) string {
	if dns, ok := errors.AsType[*net.DNSError](failure); ok {
		return fmt.Sprintf("Can't resolve host %s. Check `%s` for a typo, and your DNS.", dns.Name, baseSetting)
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](failure); ok {
		return "The server's certificate is not trusted. If a proxy decrypts your TLS connections, set SSL_CERT_FILE to a file with the proxy's CA certificate."
	}
	if _, ok := errors.AsType[*rest.GaveUpError](failure); ok {
		return "If the service is slow, raise `retry_timeout`."
	}
	if timeout, ok := errors.AsType[net.Error](failure); ok && timeout.Timeout() {
		return "If the service is slow, raise `request_timeout`."
	}
	return fmt.Sprintf("Check `%s` for a typo, and that you can reach this host. If you need a proxy, set HTTPS_PROXY.", baseSetting)
}

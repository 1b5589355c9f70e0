// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
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
	_, gaveUp := errors.AsType[*rest.GaveUpError](failure)
	timeout, _ := errors.AsType[net.Error](failure)
	dns, unresolved := errors.AsType[*net.DNSError](failure)
	proxy, proxied := rest.ProxyFailure(failure)
	certificate, untrusted := errors.AsType[*tls.CertificateVerificationError](failure)
	_, noTLS := errors.AsType[tls.RecordHeaderError](failure)
	switch {
	case proxied:
		return proxyHint(proxy)
	case rest.Redirected(failure):
		return fmt.Sprintf("If the address in the message is the service's, set `%s` to it.", baseSetting)
	case untrusted:
		return certificateHint(baseSetting, certificate)
	case noTLS || errors.Is(failure, http.ErrSchemeMismatch):
		return fmt.Sprintf("What replied does not use TLS, so it is not the service. Check `%s` for a wrong host or port.", baseSetting)
	case rest.HandshakeRefused(failure):
		return fmt.Sprintf("The server and the provider cannot agree on TLS: the provider needs TLS 1.2 or later. Check `%s` for a wrong host or port. If a proxy decrypts your TLS connections, ask its administrator.", baseSetting)
	case rest.IgnoredProxy():
		return "The environment variable HTTPS_PROXY is not the address of a proxy, so the provider connects without one. Set it to one such as http://proxy.example.com:3128, or unset it."
	case unresolved && dns.IsNotFound:
		return fmt.Sprintf("Can't resolve host %s. Check `%s` for a typo, and your DNS.", dns.Name, baseSetting)
	case unresolved:
		return fmt.Sprintf("Your DNS did not resolve host %s: it failed or did not reply in time. Check your network and your DNS, then run again.", dns.Name)
	case gaveUp:
		return "If the service is slow, raise `retry_timeout`."
	case timeout != nil && timeout.Timeout():
		return "If the service is slow, raise `request_timeout`."
	}
	return fmt.Sprintf("Check `%s` for a typo, and that you can reach this host. If you need a proxy, set HTTPS_PROXY.", baseSetting)
}

// proxyHint says what to do about a proxy through which nothing can be sent.
func proxyHint(failure *rest.ProxyError) string {
	switch {
	case failure.Status == http.StatusProxyAuthRequired:
		return "Set the user name and password of your proxy in the environment variable HTTPS_PROXY, such as http://user:password@proxy.example.com:3128. Write special characters percent-encoded."
	case failure.Status != 0:
		return "Ask the administrator of your proxy to allow this host. If you can reach the host without the proxy, add it to the environment variable NO_PROXY."
	}
	return "Can't reach your proxy. Check the environment variable HTTPS_PROXY. If you need no proxy, unset it, or add this host to NO_PROXY."
}

// certificateHint says what to do about a certificate that is not accepted.
func certificateHint(baseSetting string, failure *tls.CertificateVerificationError) string {
	_, unknown := errors.AsType[x509.UnknownAuthorityError](failure)
	_, otherHost := errors.AsType[x509.HostnameError](failure)
	invalid, _ := errors.AsType[x509.CertificateInvalidError](failure)
	switch fault := rest.CertificateFileFault(); {
	case unknown && fault != nil:
		return fmt.Sprintf("Set the environment variable SSL_CERT_FILE to a readable file with certificates in the PEM format, or unset it: %s. "+
			"This machine does not trust the authority that signed the server's certificate.", fault)
	case unknown:
		return "This machine does not trust the authority that signed the server's certificate. If a proxy decrypts your TLS connections, " +
			"set the environment variable SSL_CERT_FILE to a file with its CA certificate in the PEM format."
	case otherHost:
		return fmt.Sprintf("The server's certificate is for another host. Check `%s` for a typo.", baseSetting)
	case invalid.Cert != nil && invalid.Reason == x509.Expired:
		return "The server's certificate has expired or is not valid yet. Check the clock of this machine. If it is right, only the owner of the server can renew the certificate."
	}
	return "The server's certificate is not valid. If a proxy decrypts your TLS connections, ask its administrator."
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// expiredCertificate returns one for 127.0.0.1.
func expiredCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(-time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestHintsOfConnections connects to servers that are not what they should be.
func TestHintsOfConnections(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64 // in TLS, of the server with an old version
	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.Config.ErrorLog = log.New(io.Discard, "", 0)
	old.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11, GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		asked.Add(1)
		return nil, nil
	}}
	old.StartTLS()
	t.Cleanup(old.Close)
	serve := func(start func(*httptest.Server), certificates ...tls.Certificate) string {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example.com/", http.StatusFound)
		}))
		server.TLS = &tls.Config{Certificates: certificates, MinVersion: tls.VersionTLS12}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		start(server)
		t.Cleanup(server.Close)
		return server.URL
	}
	encrypted, plainText := serve((*httptest.Server).StartTLS), serve((*httptest.Server).Start)
	expired := serve((*httptest.Server).StartTLS, expiredCertificate(t))
	for name, test := range map[string]struct {
		base string
		want []string
	}{
		"unknown authority": {encrypted, []string{"certificate signed by unknown authority", "does not trust the authority", "SSL_CERT_FILE to a file with its CA certificate"}},
		"another host":      {strings.Replace(encrypted, "127.0.0.1", "localhost", 1), []string{"certificate is for another host. Check `fivetran.base_url` for a typo."}},
		"expired":           {expired, []string{"has expired", "Check the clock of this machine."}},
		"http behind https": {strings.Replace(plainText, "http://", "https://", 1), []string{"first record does not look like a TLS handshake", "does not use TLS", "Check `fivetran.base_url` for a wrong host or port."}},
		"old TLS":           {old.URL, []string{"protocol version not supported", "cannot agree on TLS: the provider needs TLS 1.2 or later. Check `fivetran.base_url`"}},
		"to another host":   {plainText, []string{"redirects to https://login.example.com", "If the address in the message is the service's, set `fivetran.base_url` to it."}},
		"nothing listens":   {"https://127.0.0.1:1", []string{"connection refused", "Check `fivetran.base_url` for a typo, and that you can reach this host."}},
	} {
		_, said := open(t, fmt.Sprintf(`{"fivetran":{"api_key":"k","api_secret":"s","base_url":%q},"retry_timeout":"1s"}`, test.base)).read(t, "datastack_fivetran_account", `{}`)
		expectSaid(t, said, append([]string{"ERROR at : Unable to Read Fivetran Account: "}, test.want...)...)
		if t.Failed() {
			t.Log(name)
		}
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("the server with old TLS was asked %d times, want 1", got)
	}
}

// TestHintOfTheCertificateFile has one that cannot be read. It is not parallel, as it
// sets the environment.
func TestHintOfTheCertificateFile(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	t.Setenv("SSL_CERT_FILE", "/no/such/file.pem")
	_, said := open(t, fmt.Sprintf(`{"fivetran":{"api_key":"k","api_secret":"s","base_url":%q}}`, server.URL)).read(t, "datastack_fivetran_account", `{}`)
	expectSaid(t, said, "certificate signed by unknown authority", "Set the environment variable SSL_CERT_FILE to a readable file", "open /no/such/file.pem: no such file or directory")
}

// childOfProxies is the base URL in the process that TestHintsOfProxies starts:
// net/http reads HTTPS_PROXY once.
const childOfProxies = "DATASTACK_TEST_OF_PROXIES"

func TestHintsOfProxies(t *testing.T) {
	t.Parallel()
	if base := os.Getenv(childOfProxies); base != "" {
		_, said := open(t, fmt.Sprintf(`{"fivetran":{"api_key":"k","api_secret":"s","base_url":%q},"retry_timeout":"1s"}`, base)).read(t, "datastack_fivetran_account", `{}`)
		t.Log(said)
		return
	}
	refusing := func(status int) string {
		var asked atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(status)
		}))
		t.Cleanup(func() {
			server.Close()
			if got := asked.Load(); got != 1 {
				t.Errorf("the proxy that replies %d was asked %d times, want 1", status, got)
			}
		})
		return strings.Replace(server.URL, "http://", "http://user:hunter2@", 1)
	}
	for proxy, want := range map[string][]string{
		refusing(http.StatusProxyAuthRequired): {"the proxy 127.0.0.1:", " replied 407 Proxy Authentication Required", "Set the user name and password of your proxy in the environment variable HTTPS_PROXY"},
		refusing(http.StatusForbidden):         {"the proxy 127.0.0.1:", " replied 403 Forbidden", "Ask the administrator of your proxy to allow this host.", "NO_PROXY"},
		refusing(http.StatusBadGateway):        {" replied 502 Bad Gateway", "Ask the administrator of your proxy"},
		"http://user:hunter2@127.0.0.1:1":      {"connection refused", "Can't reach your proxy. Check the environment variable HTTPS_PROXY."},
		"http://user:hunter2@%zz":              {"HTTPS_PROXY is not the address of a proxy, so the provider connects without one."},
	} {
		base := "https://api.fivetran.com" // which only the proxy hears of
		if strings.HasSuffix(proxy, "%zz") {
			base = "https://127.0.0.1:1" // as there is no proxy
		}
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^TestHintsOfProxies$")
		child.Env = append(os.Environ(), childOfProxies+"="+base, "HTTPS_PROXY="+proxy, "https_proxy=", "NO_PROXY=", "no_proxy=")
		said, err := child.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v", proxy, err)
		}
		expectSaid(t, string(said), append([]string{"ERROR at : Unable to Read Fivetran Account: "}, want...)...)
		if strings.Contains(string(said), "hunter2") {
			t.Errorf("%s: the password is in\n%s", proxy, said)
		}
	}
}

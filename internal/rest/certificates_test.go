// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// TestCertificateFile trusts an authority of one's own. It is not parallel, as it
// sets the environment.
func TestCertificateFile(t *testing.T) {
	defer func(before bool) { goReadsCertificateFile = before }(goReadsCertificateFile)
	goReadsCertificateFile = false
	// From now on Go itself does not look at SSL_CERT_FILE, as on macOS and Windows.
	if _, err := x509.SystemCertPool(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, test := range map[string]struct {
		variable        string
		trusted, faulty bool
	}{
		"none":         {"", false, false},
		"the right":    {file("ca.pem", authority), true, false},
		"among others": {file("more.pem", append([]byte("# Ours\n"), authority...)), true, false},
		"missing":      {filepath.Join(dir, "missing.pem"), false, true},
		"a directory":  {dir, false, true},
		"empty":        {file("empty.pem", nil), false, true},
		"not PEM":      {file("ca.der", server.Certificate().Raw), false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SSL_CERT_FILE", test.variable)
			var reply struct{}
			err := newForServer(t, server.URL).Get(t.Context(), "users", nil, &reply)
			if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted == test.trusted || test.trusted && Status(err) != http.StatusOK {
				t.Errorf("got %v, want a reply: %t", err, test.trusted)
			}
			if fault := CertificateFileFault(); (fault != nil) != test.faulty {
				t.Errorf("got the fault %v, want one: %t", fault, test.faulty)
			}
		})
	}
}

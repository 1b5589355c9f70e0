// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"runtime"
)

// goReadsCertificateFile says that Go itself honors SSL_CERT_FILE, as it does
// everywhere but on macOS and Windows: https://pkg.go.dev/crypto/x509#SystemCertPool
var goReadsCertificateFile = runtime.GOOS != "darwin" && runtime.GOOS != "windows"

// trustCertificateFile adds the certificates of the file that SSL_CERT_FILE names to
// those that the system trusts, where Go does not.
// Like Go, it says nothing of a file that it cannot read: most connections need
// none. [CertificateFileFault] is for those that do.
func trustCertificateFile(t *http.Transport) {
	if goReadsCertificateFile {
		return
	}
	certificates, err := certificateFile()
	if certificates == nil || err != nil {
		return
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(certificates)
	t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// CertificateFileFault returns what is wrong with the file that SSL_CERT_FILE
// names, nil if nothing is or if it names none.
func CertificateFileFault() error {
	_, err := certificateFile()
	return err
}

func certificateFile() ([]byte, error) {
	name := os.Getenv("SSL_CERT_FILE")
	if name == "" {
		return nil, nil
	}
	content, err := os.ReadFile(name) //nolint:gosec // It is for whoever runs Terraform to say which.
	if err != nil {
		return nil, err
	}
	if !x509.NewCertPool().AppendCertsFromPEM(content) {
		return nil, fmt.Errorf("%s has no certificate in the PEM format", name)
	}
	return content, nil
}

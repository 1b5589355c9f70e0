// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package service

import (
	"bytes"
	"net/http"
	"strconv"
)

// Reply is an http.ResponseWriter that keeps what is written, to be sent later.
type Reply struct {
	Status int
	Body   bytes.Buffer
	header http.Header
	// noEffect is a success that changed nothing.
	noEffect bool
}

// NewReply returns an empty reply with the status 200.
func NewReply() *Reply { return &Reply{Status: http.StatusOK, header: http.Header{}} }

// Header returns the header fields to send.
func (a *Reply) Header() http.Header { return a.header }

// WriteHeader sets the status.
func (a *Reply) WriteHeader(status int) { a.Status = status }

// Write adds to the body.
func (a *Reply) Write(p []byte) (int, error) { return a.Body.Write(p) }

// NoEffect marks the reply of a service that answers a change with success and
// changes nothing.
func NoEffect(w http.ResponseWriter) {
	if reply, ok := w.(*Reply); ok {
		reply.noEffect = true
	}
}

// CarriedOut reports whether the service did what the request asks for.
func (a *Reply) CarriedOut() bool { return a.Status/100 == 2 && !a.noEffect }

// Send sends the reply, or half of its body: the server closes a connection on
// which a handler wrote less than the length that it announced.
func (a *Reply) Send(w http.ResponseWriter, half bool) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	body := a.Body.Bytes()
	if a.Status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	if half {
		body = body[:len(body)/2]
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(body) // The service does not care whether the client is still there.
}

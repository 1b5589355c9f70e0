// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"io"
	"net/http"
	"time"

	"github.com/datastack-iam/terraform-provider-datastack/internal/sandbox/service"
)

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = conn.Close()
}

// sendAndClose sends the reply as if the connection stayed open, reads no more
// from it, and closes it later.
func (s *Server) sendAndClose(w http.ResponseWriter, reply *service.Reply, idle time.Duration) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	response := http.Response{
		ProtoMajor: 1, ProtoMinor: 1, StatusCode: reply.Status, Header: reply.Header(),
		ContentLength: int64(reply.Body.Len()), Body: io.NopCloser(&reply.Body),
	}
	_ = response.Write(conn) // The service does not care whether the client is still there.
	s.work.later(idle, func() { _ = conn.Close() })
}

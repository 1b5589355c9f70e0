// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package service is the HTTP that the services of the sandbox share: what
// happens before and around their routes, and replies that are not sent yet.
package service

import (
	"net/http"
	"path"
	"strings"
)

// Service is one of the three services.
type Service struct {
	// Prefix starts every path of the service.
	Prefix string
	Mux    *http.ServeMux
	// Admit returns the status to refuse a caller with, 0 to let it in.
	Admit func(*http.Request) int
	// Refuse answers in the service's own error envelope.
	Refuse func(w http.ResponseWriter, r *http.Request, status int)
}

// ServeHTTP answers a request, a refused one in the service's error envelope.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if status := s.Admit(r); status != 0 {
		s.Refuse(w, r, status)
		return
	}
	if !isClean(r.URL.EscapedPath()) {
		// The mux would redirect to another resource. None of the services does.
		s.Refuse(w, r, http.StatusNotFound)
		return
	}
	if _, pattern := s.Mux.Handler(r); pattern != "" {
		s.Mux.ServeHTTP(w, r)
		return
	}
	refusal := NewReply()
	s.Mux.ServeHTTP(refusal, r)
	if allow := refusal.header.Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	s.Refuse(w, r, refusal.Status)
}

// isClean reports whether a path has neither empty nor dot elements.
func isClean(escaped string) bool {
	cleaned := path.Clean(escaped)
	if cleaned != "/" && strings.HasSuffix(escaped, "/") {
		cleaned += "/"
	}
	return cleaned == escaped
}

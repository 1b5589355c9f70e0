// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"path"
	"strings"
)

// service is what one of the three does before and around its routes.
type service struct {
	// prefix starts every path of the service.
	prefix string
	mux    *http.ServeMux
	// admit returns the status to refuse a caller with, 0 to let it in.
	admit func(*http.Request) int
	// refuse answers in the service's own error envelope.
	refuse func(w http.ResponseWriter, r *http.Request, status int)
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if status := s.admit(r); status != 0 {
		s.refuse(w, r, status)
		return
	}
	if !clean(r.URL.EscapedPath()) {
		// The mux would redirect to another resource, as none of the services does.
		s.refuse(w, r, http.StatusNotFound)
		return
	}
	if _, pattern := s.mux.Handler(r); pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	refusal := newReply()
	s.mux.ServeHTTP(refusal, r)
	if allow := refusal.header.Get("Allow"); allow != "" {
		w.Header().Set("Allow", allow)
	}
	s.refuse(w, r, refusal.status)
}

// clean tells whether a path has neither empty nor dot elements.
func clean(p string) bool {
	cleaned := path.Clean(p)
	if cleaned != "/" && strings.HasSuffix(p, "/") {
		cleaned += "/"
	}
	return cleaned == p
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package service

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Oddity is something that a service may do to a read, although its documents do
// not say so.
type Oddity struct {
	// Name is what it is chosen by.
	Name string
	// Does says what the service does, in one line, as in "refuses groups".
	Does string
	// About is what it changes, such as "SCIM paging". Of several that are about
	// one thing, one can be played.
	About string
	// Path begins the paths that it is played on.
	Path string
	// Query changes what the service is asked. It may be nil.
	Query func(url.Values)
	// Reply changes the reply to the request as it came, unless that is a refusal
	// already. It may be nil.
	Reply ReplyChange
}

// ReplyChange changes a reply before it is sent.
type ReplyChange func(r *http.Request, reply *Reply)

// Play answers a request like ServeHTTP, with the oddities that concern it.
func (s *Service) Play(oddities []Oddity, reply *Reply, r *http.Request) {
	asked, query := r.Clone(r.Context()), r.URL.Query()
	var played []Oddity
	for _, oddity := range oddities {
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.EscapedPath(), oddity.Path) {
			played = append(played, oddity)
			if oddity.Query != nil {
				oddity.Query(query)
				asked.URL.RawQuery = query.Encode()
			}
		}
	}
	s.ServeHTTP(reply, asked)
	for _, oddity := range played {
		if oddity.Reply != nil && reply.Status == http.StatusOK {
			oddity.Reply(r, reply)
		}
	}
}

// Instead answers in place of the service.
func Instead(answer http.HandlerFunc) ReplyChange {
	return func(r *http.Request, reply *Reply) {
		reply.Body.Reset()
		answer(reply, r)
	}
}

// InJSON changes the body as a JSON object.
func InJSON(change func(r *http.Request, body map[string]any)) ReplyChange {
	return func(r *http.Request, reply *Reply) {
		var body map[string]any
		if json.Unmarshal(reply.Body.Bytes(), &body) != nil {
			return
		}
		change(r, body)
		reply.Body.Reset()
		reply.Body.Write(Encode(body))
	}
}

// InBytes changes the body as it is sent.
func InBytes(change func([]byte) []byte) ReplyChange {
	return func(_ *http.Request, reply *Reply) {
		changed := change(append([]byte(nil), reply.Body.Bytes()...))
		reply.Body.Reset()
		reply.Body.Write(changed)
	}
}

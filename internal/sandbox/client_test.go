// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// client calls a sandbox over HTTP, with the credentials of the service that
// the path belongs to.
type client struct {
	*testing.T
	sandbox *Server
	url     string
	http    *http.Client
}

func start(t *testing.T, o Options) client {
	t.Helper()
	s := New(o)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return client{t, s, server.URL, http.DefaultClient}
}

// answer is a reply with its body as read, and decoded where it is an object.
type answer struct {
	status int
	header http.Header
	raw    string
	json   map[string]any
}

// request makes a request that the sandbox would let in.
func (c client) request(method, path, body string) *http.Request {
	c.Helper()
	request, err := http.NewRequestWithContext(c.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}
	switch {
	case strings.Contains(path, "/scim/v2/") && strings.HasPrefix(path, "/api/"):
		request.Header.Set("Authorization", "Bearer "+DBTCloudSCIMToken)
	case strings.HasPrefix(path, "/api/"):
		request.Header.Set("Authorization", "Token "+DBTCloudToken)
	case strings.HasPrefix(path, "/scim/"):
		request.Header.Set("Authorization", "Bearer "+SCIMToken)
	default:
		request.SetBasicAuth(FivetranKey, FivetranSecret)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

// do sends a request; the error is that of the transport or of a cut body.
func (c client) do(request *http.Request) (answer, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	a := answer{status: response.StatusCode, header: response.Header, raw: string(body)}
	if json.Unmarshal(body, &a.json) != nil {
		a.json = nil
	}
	return a, err
}

// call sends a request and fails the test unless the answer has the status.
func (c client) call(method, path, body string, want int) answer {
	c.Helper()
	a, err := c.do(c.request(method, path, body))
	if err != nil {
		c.Fatalf("%s %s: %v", method, path, err)
	}
	if a.status != want {
		c.Fatalf("%s %s: got status %d, want %d: %s", method, path, a.status, want, a.raw)
	}
	return a
}

func (c client) get(path string) answer {
	c.Helper()
	return c.call(http.MethodGet, path, "", http.StatusOK)
}

// at walks into an answer: a string is a field, a number an element.
func at(t *testing.T, value any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			fields, ok := value.(map[string]any)
			if !ok {
				t.Fatalf("%v: got %T before %q, want an object", path, value, step)
			}
			value = fields[step]
		case int:
			array, ok := value.([]any)
			if !ok || step >= len(array) {
				t.Fatalf("%v: got %T before %d, want an array with that element", path, value, step)
			}
			value = array[step]
		}
	}
	return value
}

// object returns the object at a place in an answer.
func object(t *testing.T, value any, path ...any) map[string]any {
	t.Helper()
	found, ok := at(t, value, path...).(map[string]any)
	if !ok {
		t.Fatalf("%v: got %T, want an object", path, at(t, value, path...))
	}
	return found
}

// word returns the string at a place in an answer.
func word(t *testing.T, value any, path ...any) string {
	t.Helper()
	found, ok := at(t, value, path...).(string)
	if !ok {
		t.Fatalf("%v: got %T, want a string", path, at(t, value, path...))
	}
	return found
}

// rows returns the elements of a list in an answer.
func rows(t *testing.T, value any, path ...any) []map[string]any {
	t.Helper()
	array, ok := at(t, value, path...).([]any)
	if !ok {
		t.Fatalf("%v: got %T, want an array", path, at(t, value, path...))
	}
	var found []map[string]any
	for _, element := range array {
		found = append(found, object(t, element))
	}
	return found
}

// requireFields reports the fields that the service's contract requires and a
// row does not have. The lists are written from the contracts by hand.
func requireFields(t *testing.T, what string, row map[string]any, fields string) {
	t.Helper()
	for _, field := range strings.Fields(fields) {
		if _, ok := row[field]; !ok {
			t.Errorf("%s: got no field %q, want it", what, field)
		}
	}
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
)

// FuzzBaseURL reads addresses as users paste them.
func FuzzBaseURL(f *testing.F) {
	for _, address := range []string{
		"", "cloud.getdbt.com", "https://cloud.getdbt.com/api/v3/", "http://localhost:8080", "http://example.com", "https://user:pass@host", "//host",
		"https://[::1]:443/api", "https://host/%2e%2e/api?x#y", "ftp://host", "https://cloud.getdbt.com/settings/accounts/12345", " host \n", "https://host:port", "[::1",
	} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		const secret = "s3cret-t0ken"
		for _, pasted := range []string{"https://user:" + secret + address + "@host", "https://user:" + address + secret + "@host"} {
			if base, err := BaseURL(pasted, nil, "/api"); err == nil || strings.Contains(err.Error(), secret) {
				t.Errorf("%q: got %v and error %v", pasted, base, err)
			}
		}
		base, err := BaseURL(address, nil, "/api", "/api/v3")
		if err != nil {
			return
		}
		if base.Scheme != "https" && (base.Scheme != "http" || !loopback(base.Hostname())) || base.Hostname() == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
			t.Errorf("%q: got %q", address, base)
		}
		if strings.HasSuffix(base.Path, "/") {
			t.Errorf("%q: got %q, which ends in a slash", address, base)
		}
		again, err := BaseURL(base.String(), nil, "/api", "/api/v3")
		if err != nil || len(again.Path) > len(base.Path) {
			t.Errorf("%q: got %q, and from that %v with the error %v", address, base, again, err)
		}
	})
}

// anyRefusal reads code and message where any service has them.
type anyRefusal struct {
	Code    Text `json:"code"`
	Message Text `json:"message"`
}

func (r *anyRefusal) Explain() (code, message string) { return r.Code.String(), r.Message.String() }

// FuzzErrorBody makes error texts of bodies, with credentials put into them.
func FuzzErrorBody(f *testing.F) {
	const secret = "s3cret-t0ken"
	for _, body := range []string{
		"", "Bad gateway", "<html>\x1b[31m", `{"code":"Forbidden","message":"No."}`, `{"message":"SECRET"}`, "SECRET", "{\"code\":\"\\u0073SECRET\xff\"}",
		`{"message":["SECRET"],"code":{}}`, "\ufeff{}", `{"message":"a\u202e\u0000b"}`,
	} {
		f.Add(body, false)
		f.Add(body, true)
	}
	f.Fuzz(func(t *testing.T, body string, escaped bool) {
		if strings.Contains(body, secret) {
			return
		}
		inBody := secret
		if escaped {
			inBody = `\u0073` + secret[1:]
		}
		body = strings.ReplaceAll(body, "SECRET", inBody)
		client := New(Config{
			Base: &url.URL{Scheme: "https", Host: "service.test"}, Refusal: func() Refusal { return &anyRefusal{} },
			Authorize: func(request *http.Request) { request.Header.Set("Authorization", "Token "+secret) },
		})
		for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
			text := client.failureText(t, status, body)
			if strings.Contains(text, secret) {
				t.Errorf("%q: got the credential in %q", body, text)
			}
			if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) || len(text) > 2*maxMessageShown {
				t.Errorf("%q: got %q", body, text)
			}
		}
	})
}

// failureText is the error text for one reply, without a network.
func (c *Client) failureText(t *testing.T, status int, body string) string {
	t.Helper()
	c.transport = fuzzReply{status, body}
	c.config.RetryTimeout = time.Minute
	err := c.Get(t.Context(), "users", nil, &strict{})
	if err == nil {
		return ""
	}
	return err.Error()
}

// strict accepts no reply.
type strict struct {
	Rows Rows[struct {
		ID Text `json:"id"`
	}] `json:"rows"`
}

func (*strict) Check() error { return errNothing }

var errNothing = errors.New("this is not it")

// fuzzReply is a service that always says the same.
type fuzzReply struct {
	status int
	body   string
}

func (a fuzzReply) RoundTrip(request *http.Request) (*http.Response, error) {
	body := []byte(a.body)
	return &http.Response{
		StatusCode: a.status, Header: http.Header{}, Request: request,
		Body: &readBody{Reader: bytes.NewReader(body), data: body, done: func() {}},
	}, nil
}

// FuzzRetryAfter reads how long a service asks to wait.
func FuzzRetryAfter(f *testing.F) {
	for _, value := range []string{
		"", "0", "-1", "7", "0.5", "300", "99999999999", "1e9", "1e999", "-1e999", "inf", "nan", "0x10", "soon", " 5 ", strings.Repeat("9", 400),
		"Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Wednesday, 25-Nov-26 18:00:00 GMT",
	} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		wait, named := retryAfter(http.Header{"Retry-After": {value}}, time.Unix(1_790_000_000, 0))
		if wait < 0 || wait > longestWait || !named && wait != 0 {
			t.Errorf("%q: got a wait of %s, named: %t", value, wait, named)
		}
		digits := strings.Trim(value, "0123456789") == ""
		if digits && value != "" && !named {
			t.Errorf("%q: got no wait", value)
		}
	})
}

// FuzzUnmarshal reads rows whose fields are of every lenient type. Whatever comes,
// decoding ends, and what is not an error has few gaps.
func FuzzUnmarshal(f *testing.F) {
	for _, body := range []string{
		`{"data":{"items":[{"title":"a","pages":1,"lent":true,"tags":["a"],"cover":{"color":"b"},"authors":[{"name":"c"}],"notes":["d"]}]}}`,
		`{"data":{"items":[{"title":[],"pages":{},"lent":"x","tags":7,"cover":[],"authors":"x","notes":null},null]}}`,
		`{"data":{"items":{}}}`, `[`, "\xff", `{"data":{"items":[{"pages":1e400,"tags":[null,{"a":[[]]}]}]}}`, `{"DATA":{"Items":[{"TITLE":"a"}]}}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, unmarshal := range []func([]byte, any) error{Unmarshal, unmarshalAnyCase} {
			var reply shelf
			if err := unmarshal(body, &reply); err != nil {
				if text := err.Error(); strings.Contains(text, "rest.") && !strings.Contains(string(body), "rest.") {
					t.Errorf("%q: got %q", body, text)
				}
				continue
			}
			for _, row := range reply.Data.Items {
				if len(row.Gaps()) > maxGaps {
					t.Errorf("%q: got %d gaps", body, len(row.Gaps()))
				}
				for _, tag := range row.Tags {
					if tag == "" {
						t.Errorf("%q: got an empty tag", body)
					}
				}
			}
		}
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"strings"
	"testing"
)

var exampleApps = map[string]string{"app.example.com": "https://api.example.com/v1"}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"cloud.example.com":                "https://cloud.example.com",
		" cloud.example.com/ ":             "https://cloud.example.com",
		"https://cloud.example.com":        "https://cloud.example.com",
		"https://cloud.example.com/":       "https://cloud.example.com",
		"https://cloud.example.com/api":    "https://cloud.example.com",
		"https://cloud.example.com/api/":   "https://cloud.example.com",
		"https://cloud.example.com/api/v3": "https://cloud.example.com",
		"cloud.example.com/api/v3//":       "https://cloud.example.com",
		"cloud.example.com:8443/api":       "https://cloud.example.com:8443",
		"HTTPS://cloud.example.com":        "https://cloud.example.com",
		"http://127.0.0.1:8080/api/v3":     "http://127.0.0.1:8080",
		"http://[::1]:8080":                "http://[::1]:8080",
		"http://localhost:8080/":           "http://localhost:8080",
	} {
		got, err := BaseURL(address, exampleApps, "/api", "/api/v3")
		if err != nil {
			t.Errorf("BaseURL(%q): %v", address, err)
		} else if got.String() != want {
			t.Errorf("BaseURL(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestBaseURLRefuses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                                          "is empty",
		"  ":                                        "is empty",
		"https://":                                  "names no host",
		"https://:443":                              "names no host",
		"https:///api":                              "names no host",
		"https://user:hunter2@host":                 "credentials have settings of their own",
		"https://user:hunter2@":                     "credentials have settings of their own",
		"user:hunter2@host":                         "credentials have settings of their own",
		"https://host?account=1":                    "has a query or a fragment",
		"https://host?":                             "has a query or a fragment",
		"https://host/api#top":                      `has a query or a fragment; write "https://host"`,
		"https://host/#/accounts/7":                 `has a query or a fragment; write "https://host"`,
		"https://host/settings/accounts/12345":      `the address "https://host/settings/accounts/12345" has a path that is not the API's; write "https://host"`,
		"host:8443/deploy/7?token=hunter2#x":        `the address "https://host:8443/deploy/7" has a path that is not the API's; write "https://host:8443"`,
		"http://127.0.0.1:8080/x":                   `write "http://127.0.0.1:8080"`,
		"https://host/x/api":                        `write "https://host"`,
		"https://host/api/v2":                       `write "https://host"`,
		"https://host/api/v3/accounts/7":            `write "https://host"`,
		"https://host//api":                         `write "https://host"`,
		"https://host/API":                          `write "https://host"`,
		"https://host/a%20b":                        `write "https://host"`,
		"app.example.com":                           `the address "https://app.example.com" is that of the web application, not of the API; write "https://api.example.com/v1"`,
		"https://App.Example.com/api/v3":            `write "https://api.example.com/v1"`,
		"https://app.example.com/dashboard?x=1#top": `write "https://api.example.com/v1"`,
		"http://cloud.example.com":                  "unencrypted",
		"http://127.0.0.1.example.com":              "unencrypted",
		"http://localhost.example.com":              "unencrypted",
		"http://10.0.0.1":                           "unencrypted",
		"ftp://cloud.example.com":                   "neither https nor http",
		"https://cloud example.com":                 "cannot be read",
		"https://cloud.example.com/%zz":             "cannot be read",
	} {
		got, err := BaseURL(address, exampleApps, "/api", "/api/v3")
		if err == nil {
			t.Errorf("BaseURL(%q) = %q, want an error with %q", address, got, want)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("BaseURL(%q): got error %q, want one with %q", address, err, want)
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("BaseURL(%q): the error %q has the password", address, err)
		}
	}
}

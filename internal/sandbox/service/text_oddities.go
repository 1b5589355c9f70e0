// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package service

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
)

// HostileMessage turns colors on, begins a new line with a command for a CI
// system, turns the direction of text, and is very long.
var HostileMessage = "\x1b[31mRed\r\n::error::\u202egnp\u2066\u0000 " + strings.Repeat("long ", 100_000)

// TextOddities are those of how any service writes its replies. The service is
// named twice: for the names of oddities, and for people. path begins its paths.
// refuseSaying refuses with a message.
func TextOddities(short, name, path string, refuse func(w http.ResponseWriter, r *http.Request, status int), refuseSaying func(w http.ResponseWriter, message string)) []Oddity {
	about := name + " replies"
	return []Oddity{
		{
			Name: short + "-hostile-error", About: about, Path: path,
			Does:  "refuses with a message of 500 kB, with escape sequences, new lines and U+202E",
			Reply: Instead(func(w http.ResponseWriter, _ *http.Request) { refuseSaying(w, HostileMessage) }),
		},
		{
			Name: short + "-retry-after", About: about, Path: path, Does: "answers 429 with Retry-After: 99999999999",
			Reply: Instead(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Retry-After", "99999999999")
				refuse(w, r, http.StatusTooManyRequests)
			}),
		},
		{
			Name: short + "-bom", About: name + " encoding", Path: path, Does: "begins replies with a byte order mark",
			Reply: InBytes(func(body []byte) []byte { return append([]byte("\ufeff"), body...) }),
		},
		{
			Name: short + "-invalid-utf8", About: name + " encoding", Path: path, Does: "sends bytes that are not valid UTF-8",
			Reply: InBytes(func(body []byte) []byte { return bytes.Replace(body, []byte("northwind"), []byte("north\xffwind"), 1) }),
		},
	}
}

// RepeatInCapitals adds to each member of a name another one with the name in
// capitals and another text.
func RepeatInCapitals(name string) ReplyChange {
	member := regexp.MustCompile(`("` + name + `": ?)("[^"]*"|null)`)
	return InBytes(func(body []byte) []byte {
		return member.ReplaceAll(body, []byte(`$1$2,"`+strings.ToUpper(name)+`":"another text"`))
	})
}

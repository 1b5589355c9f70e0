// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"strings"
	"testing"
)

func TestUnmarshalNames(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][2]string{ // exact, any case
		`{"id":"a"}`:                   {"a", "a"},
		`{"ID":"a"}`:                   {"", "a"},
		`{"id":"a","ID":"b","Id":"c"}`: {"a", "c"},
		`{"ID":"b","id":"a"}`:          {"a", "a"},
		`{"id":"a","id":"b"}`:          {"b", "b"},
		"\ufeff" + `{"id":"a"}`:        {"a", "a"},
		" \n" + `{"id":"a","x":[{}]} `: {"a", "a"},
		`{"id":"\ud83d\ude00"}`:        {"😀", "😀"},
		`{"id":"a\u0000b"}`:            {"a\x00b", "a\x00b"},
		`{"x":{"id":"b"},"id":"a"}`:    {"a", "a"},
	} {
		for i, unmarshal := range []func([]byte, any) error{Unmarshal, unmarshalAnyCase} {
			var row struct {
				ID Text `json:"id"`
			}
			if err := unmarshal([]byte(body), &row); err != nil || row.ID.String() != want[i] {
				t.Errorf("%d %q: got %q and error %v, want %q", i, body, row.ID.String(), err, want[i])
			}
		}
	}
}

// TestUnmarshalRefuses what could make one id of two.
func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"{\"id\":\"a\xff\"}":         "not valid UTF-8",
		"{\"id\":\"a\xc3\"}":         "not valid UTF-8",
		"{\"x\xff\":1,\"id\":\"a\"}": "not valid UTF-8",
		"{\"x\":\"\xff\"}":           "not valid UTF-8",
		`{"id":"a\ud800"}`:           "surrogate",
		`{"x":"\udc00\ud800"}`:       "surrogate",
		`{"id":"a"}{"id":"b"}`:       "after top-level value",
		`{"id":"a"`:                  "unexpected EOF",
		"\ufeff\ufeff{}":             "invalid character",
		"\ufeff":                     "it is empty",
		"\xff\xfe{\x00}\x00":         "not valid UTF-8",
	} {
		for _, unmarshal := range []func([]byte, any) error{Unmarshal, unmarshalAnyCase} {
			var row struct {
				ID Text `json:"id"`
			}
			if err := unmarshal([]byte(body), &row); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: got %q and error %v, want an error with %q", body, row.ID.String(), err, want)
			}
		}
	}
}

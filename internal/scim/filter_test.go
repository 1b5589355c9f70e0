// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package scim

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEquals(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`ann@x`:                 `userName eq "ann@x"`,
		``:                      `userName eq ""`,
		`R&D "Core" + #1 \ Ops`: `userName eq "R&D \"Core\" + #1 \\ Ops"`,
		`<Zoë Müller>`:          `userName eq "<Zoë Müller>"`,
		"two\nlines":            `userName eq "two\nlines"`,
		`" or userName pr or "`: `userName eq "\" or userName pr or \""`,
	} {
		if got := equals("userName", value); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}

// FuzzLiteral sees to it that a literal is one JSON string that means the
// value, whatever the value holds.
func FuzzLiteral(f *testing.F) {
	for _, value := range []string{"", `R&D "Core" + #1 \ Ops`, "<Zoë> \u2028", "\x00\x1f\n", `\`, `"`, "\xff"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		written := literal(value)
		var read string
		if err := json.Unmarshal([]byte(written), &read); err != nil {
			t.Fatalf("%q: got %s, which is not JSON: %v", value, written, err)
		}
		if utf8.ValidString(value) && read != value {
			t.Errorf("got %q, want %q", read, value)
		}
		if strings.ContainsAny(written, "\n\r") || strings.ContainsAny(value, "&<>") != strings.ContainsAny(written, "&<>") {
			t.Errorf("%q: got %s", value, written)
		}
	})
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package printable

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    "",
		" \n\t ":                              "",
		"plain":                               "plain",
		"Zoë Müller, 山田":                      "Zoë Müller, 山田",
		" <title>\n\tUh oh!\r\n</title>\x00 ": "<title> Uh oh! </title>",
		"\x1b[31mred\x1b[0m":                  "[31mred [0m",
		"\x1b]8;;https://evil\x07link":        "]8;;https://evil link",
		"a\u202egnp.exe":                      "agnp.exe",
		"a\u200bb\ufeffc\u2066d":              "abcd",
		"one\u2028two\u0085three\u00a0four":   "one two three four",
		"caf\xe9":                             "caf�",
		strings.Repeat("a", 201):              strings.Repeat("a", 200) + " …",
		strings.Repeat("é", 150):              strings.Repeat("é", 100) + " …",
		"a" + strings.Repeat("é", 150):        "a" + strings.Repeat("é", 99) + " …",
		strings.Repeat("a", 199) + " b":       strings.Repeat("a", 199) + " …",
		strings.Repeat("a", 200) + "  ":       strings.Repeat("a", 200),
		"<html>" + strings.Repeat(" ", 1_000): "<html>",
		strings.Repeat("\n", 10<<20) + "a":    " …",
	} {
		if got := Line(text, 200); got != want {
			t.Errorf("Line(%.40q): got %q, want %q", text, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"":                             `""`,
		"Zoë":                          `"Zoë"`,
		"a\n\x1b[31m\u202e\"b":         `"a\n\x1b[31m\u202e\"b"`,
		"a\xff":                        `"a\xff"`,
		strings.Repeat("a", 200):       `"` + strings.Repeat("a", 200) + `"`,
		strings.Repeat("a", 201):       `"` + strings.Repeat("a", 200) + `" …`,
		"a" + strings.Repeat("é", 100): `"a` + strings.Repeat("é", 99) + `" …`,
		strings.Repeat("\xff", 201):    `"` + strings.Repeat(`\xff`, 200) + `" …`,
	} {
		if got := Quote(name); got != want {
			t.Errorf("Quote(%.40q): got %s, want %s", name, got, want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	for _, seed := range []string{"", "a b", "\x1b[31m\u202e\n", "caf\xe9", strings.Repeat("é", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, shown := range []string{Line(text, 100), Quote(text)} {
			if !utf8.ValidString(shown) || strings.ContainsFunc(shown, func(r rune) bool { return !unicode.IsPrint(r) }) {
				t.Errorf("%q: got %q, which has more than printable characters", text, shown)
			}
			if len(shown) > 6*maxName+10 {
				t.Errorf("%q: got %d bytes", text, len(shown))
			}
		}
	})
}

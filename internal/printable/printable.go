// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Package printable makes text from services fit for terminals and logs: without
// escape sequences, line breaks and characters that turn the direction of text,
// and no longer than a message may be.
package printable

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxName is the largest part of a name that is shown, in bytes.
	maxName = 200
	// maxSearched is how far a text is searched for something to show, in bytes.
	maxSearched = 64 << 10
)

// Line makes one line of a text, of at most so many bytes and an ellipsis.
func Line(text string, most int) string {
	var line strings.Builder
	space := false
	for i, r := range text {
		switch {
		case i > maxSearched:
			return line.String() + " …"
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = line.Len() > 0
			continue
		case !unicode.IsPrint(r):
			continue
		}
		length := utf8.RuneLen(r)
		if space {
			length++
		}
		if line.Len()+length > most {
			return line.String() + " …"
		}
		if space {
			line.WriteByte(' ')
		}
		space = false
		line.WriteRune(r) // U+FFFD for what is not UTF-8
	}
	return line.String()
}

// Quote quotes a name, shortened. What cannot be printed is escaped, so that two
// names that differ in nothing else look different.
func Quote(name string) string {
	if len(name) <= maxName {
		return strconv.Quote(name)
	}
	end := maxName
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return strconv.Quote(name[:end]) + " …"
}

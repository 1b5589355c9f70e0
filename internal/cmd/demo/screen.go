// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strings"
)

// screenWidth is how long a line may get.
const screenWidth = 96

// screen prints the story. It ignores errors: nothing more can be said to a terminal that is gone.
type screen struct{ io.Writer }

func (s screen) line(text string) { _, _ = fmt.Fprintln(s, strings.TrimRight(text, " \n")) }

func (s screen) heading(title string) {
	s.line("\n" + title + "\n" + strings.Repeat("-", len(title)))
}

// command prints a command as a user types it.
func (s screen) command(words ...string) { s.line("\n  $ " + strings.Join(words, " ")) }

// block prints a piece of configuration.
func (s screen) block(text string) {
	s.line("")
	for line := range strings.Lines(text) {
		s.line("    " + line)
	}
}

// names prints a name, the number of members, and as many members as fit on the line.
func (s screen) names(name string, members []string) {
	line := fmt.Sprintf("    %-22s %3d  ", name, len(members))
	for i, member := range members {
		member, _, _ = strings.Cut(member, "@")
		left := len(members) - i
		if rest := fmt.Sprintf("... %d more", left); len(line)+len(member)+len(rest) > screenWidth && left > 1 {
			line += rest
			break
		}
		line += member + " "
	}
	s.line(line)
}

// wrapped prints a long line as several.
func (s screen) wrapped(text string) {
	line := "   "
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > screenWidth && strings.TrimSpace(line) != "" {
			s.line(line)
			line = "     "
		}
		line += " " + word
	}
	s.line(line)
}

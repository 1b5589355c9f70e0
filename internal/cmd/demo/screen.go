// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"
)

// width is how long a line on the screen may get.
const width = 96

func heading(title string, lines ...string) {
	fmt.Printf("\n%s\n%s\n", title, strings.Repeat("-", len(title)))
	for _, line := range lines {
		fmt.Println("  " + line)
	}
}

// show prints a piece of configuration.
func show(text string) {
	fmt.Println()
	for line := range strings.Lines(text) {
		fmt.Println(strings.TrimRight("    "+line, " \n"))
	}
}

// list prints a name, a number and the people, as many as fit on one line.
func list(name string, items []string) {
	line := fmt.Sprintf("    %-22s %3d  ", name, len(items))
	for i, item := range items {
		item, _, _ = strings.Cut(item, "@")
		left := len(items) - i
		if rest := fmt.Sprintf("... %d more", left); len(line)+len(item)+len(rest) > width && left > 1 {
			line += rest
			break
		}
		line += item + " "
	}
	fmt.Println(strings.TrimRight(line, " "))
}

// expect reports everything that differs from the story.
func expect(differences ...error) error {
	if err := errors.Join(differences...); err != nil {
		return fmt.Errorf("this is not how the story goes:\n%w", err)
	}
	return nil
}

// wrap prints a long line as several.
func wrap(text string) {
	line := "   "
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > width && strings.TrimSpace(line) != "" {
			fmt.Println(line)
			line = "     "
		}
		line += " " + word
	}
	fmt.Println(strings.TrimRight(line, " "))
}

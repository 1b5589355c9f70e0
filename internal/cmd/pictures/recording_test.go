// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

func TestRecording(t *testing.T) {
	t.Parallel()
	printed := "Who?\n----\n\n  $ ask <who> & \"why\"\n" + strings.Repeat("an answer\n", terminalRows) + "the end\n"
	svg := recording(printed)
	var drawn struct {
		Lines []struct {
			Class string `xml:"class,attr"`
			Text  string `xml:",chardata"`
		} `xml:"svg>g>text"`
	}
	if err := xml.Unmarshal(svg, &drawn); err != nil {
		t.Fatalf("%v:\n%s", err, svg)
	}
	var text strings.Builder
	for _, line := range drawn.Lines {
		text.WriteString(line.Text + "\n")
	}
	if text.String() != printed {
		t.Errorf("got text\n%swant\n%s", &text, printed)
	}
	for i, want := range []string{"heading", "output", "output", "command", "output"} {
		if got := drawn.Lines[i].Class; got != want {
			t.Errorf("line %d: got class %s, want %s", i, got, want)
		}
	}
	// At the end the last line is the last of the terminal.
	if want := fmt.Sprintf("translateY(%dpx)}}", -lineHeight*5); !strings.Contains(string(svg), want) {
		t.Errorf("got\n%s\nwant it to contain %s", svg, want)
	}
}

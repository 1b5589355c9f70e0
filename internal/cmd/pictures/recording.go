// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// The terminal of the recording: its lines, and pixels of a character, of a line, and around all.
const (
	terminalRows    = 30
	charWidth       = 7.9
	lineHeight      = 18
	terminalPadding = 16
)

// recording draws what a program printed as an SVG that scrolls like a terminal. Where nothing moves, it shows the beginning.
func recording(printed string) []byte {
	lines := strings.Split(strings.TrimRight(printed, "\n"), "\n")
	total, columns := time.Duration(0), 0
	for i, line := range lines {
		total += pauseAfter(lines, i)
		columns = max(columns, utf8.RuneCountInString(line))
	}
	var svg, scroll bytes.Buffer
	at := time.Duration(0)
	for i := range lines {
		fmt.Fprintf(&scroll, "%.2f%%{transform:translateY(%dpx)}", 100*at.Seconds()/total.Seconds(), lineHeight*min(0, terminalRows-1-i))
		at += pauseAfter(lines, i)
	}
	width, height := charWidth*float64(columns)+2*terminalPadding, terminalRows*lineHeight+2*terminalPadding
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" role="img" aria-label="A recording of make demo">
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d5dae1;white-space:pre}
.command{fill:#7ee0a8}.heading{fill:#fff;font-weight:bold}
#lines{animation:scroll %.1fs step-end infinite}
@keyframes scroll{%s}
@media(prefers-reduced-motion){#lines{animation:none}}
</style>
<rect width="100%%" height="100%%" rx="8" fill="#1b1f26"/>
<svg y="%d" width="100%%" height="%d"><g id="lines" xml:space="preserve">
`, width, height, total.Seconds(), scroll.String(), terminalPadding, terminalRows*lineHeight)
	for i, line := range lines {
		fmt.Fprintf(&svg, `<text class="%s" x="%d" y="%d">`, lineClass(lines, i), terminalPadding, lineHeight*(i+1)-5)
		_ = xml.EscapeText(&svg, []byte(line)) // a buffer takes everything
		svg.WriteString("</text>\n")
	}
	svg.WriteString("</g></svg>\n</svg>\n")
	return svg.Bytes()
}

// pauseAfter is the time between a line and the next: enough to read what the line completes.
func pauseAfter(lines []string, i int) time.Duration {
	switch {
	case i == len(lines)-1:
		return 8 * time.Second
	case i+3 < len(lines) && lineClass(lines, i+2) == "heading":
		return 4 * time.Second
	case lineClass(lines, i) == "command":
		return time.Second
	default:
		return 60 * time.Millisecond
	}
}

// lineClass distinguishes commands and headings from other lines.
func lineClass(lines []string, i int) string {
	switch {
	case strings.HasPrefix(lines[i], "  $ "):
		return "command"
	case i+1 < len(lines) && lines[i] != "" && lines[i+1] == strings.Repeat("-", utf8.RuneCountInString(lines[i])):
		return "heading"
	default:
		return "output"
	}
}

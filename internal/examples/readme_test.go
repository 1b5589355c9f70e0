// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package examples

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// hclBlock is a block of HCL in Markdown: its indentation and its lines.
var hclBlock = regexp.MustCompile("(?s)\n( *)```hcl(\n.*?\n) *```\n")

// TestREADME applies each block of HCL in README.md, and wants it formatted.
func TestREADME(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := hclBlock.FindAllStringSubmatch(string(readme), -1)
	if want := strings.Count(string(readme), "```hcl"); len(blocks) != want || want == 0 {
		t.Fatalf("found %d blocks of HCL, want %d", len(blocks), want)
	}
	for i, block := range blocks {
		config := strings.TrimPrefix(strings.ReplaceAll(block[2], "\n"+block[1], "\n"), "\n")
		title, _, _ := strings.Cut(config, "\n")
		t.Run(fmt.Sprintf("%d %s", i+1, title), func(t *testing.T) {
			t.Parallel()
			w := newSnippet(t, config)
			w.write(t, "block/main.tf", config)
			if !olderThan(t, 8) { // older ones cannot parse provider functions
				if diff, code := w.run(t, terraform(), "fmt", "-check", "-diff", "block"); code != 0 {
					t.Errorf("not formatted:\n%s", diff)
				}
			}
			w.apply(t)
		})
	}
}

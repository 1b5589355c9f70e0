// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDemo runs the demo and compares with it what README.md shows of it: the recording, and quotes of its output.
func TestDemo(t *testing.T) {
	opa := os.Getenv("OPA")
	if opa == "" {
		t.Skip("OPA is not set to the path of Open Policy Agent; make test does so")
	}
	t.Chdir("../../..")
	var printed bytes.Buffer
	if err := run(t.Context(), &printed, cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"), opa); err != nil {
		t.Fatal(err)
	}
	output := withoutChance(printed.String())

	recording, err := os.ReadFile(".github/pictures/demo.svg")
	if err != nil {
		t.Fatal(err)
	}
	var drawn struct {
		Lines []string `xml:"svg>g>text"`
	}
	if err := xml.Unmarshal(recording, &drawn); err != nil {
		t.Fatal(err)
	}
	if got, want := len(drawn.Lines), strings.Count(output, "\n"); got != want {
		t.Errorf("demo.svg has %d lines, the demo printed %d", got, want)
	}
	for _, line := range drawn.Lines { // what runs side by side may end in another order
		if !strings.Contains(output, "\n"+withoutChance(line)+"\n") && !strings.HasPrefix(output, line) {
			t.Errorf("demo.svg has a line that the demo did not print; run make pictures:\n%s", line)
		}
	}

	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	quotes := regexp.MustCompile("(?s)```text\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(quotes) == 0 {
		t.Error("README.md quotes nothing of the demo")
	}
	for _, quote := range quotes {
		if !strings.Contains(unwrapped(output), unwrapped(string(quote[1]))) {
			t.Errorf("README.md quotes what the demo did not print:\n%s", quote[1])
		}
	}
}

// withoutChance replaces what differs from run to run, and from CLI to CLI.
func withoutChance(output string) string {
	output = regexp.MustCompile(`after \d+s( \[id=\w+\])?`).ReplaceAllString(output, "after 0s")
	return strings.NewReplacer("OpenTofu has", "Terraform has", "$ tofu", "$ terraform").Replace(output)
}

// unwrapped joins lines, which the demo wraps.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

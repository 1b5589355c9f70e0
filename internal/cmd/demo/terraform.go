// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
)

// terraform runs Terraform or OpenTofu in one directory.
type terraform struct {
	cli.Environment
	screen    screen
	name, dir string
}

// shownLines are the lines of the CLI's output that a reader needs.
var shownLines = regexp.MustCompile(`^(  # |Plan: |No changes|.*(Creation|Destruction) complete|Apply complete|Destroy complete|(Terraform|OpenTofu) has been successfully)`)

// run shows a command and the lines of its output that matter. If the command fails, the error contains all lines.
func (t *terraform) run(ctx context.Context, args ...string) error {
	t.screen.command(append([]string{t.word()}, args...)...)
	output, err := t.Command(ctx, t.dir, t.name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", t.word(), strings.Join(args, " "), err, output)
	}
	for line := range strings.Lines(string(output)) {
		if shownLines.MatchString(line) {
			t.screen.line("    " + strings.TrimSpace(line))
		}
	}
	return nil
}

// output reads an output value of the last apply.
func (t *terraform) output(ctx context.Context, name string, into any) error {
	value, err := t.Command(ctx, t.dir, t.name, "output", "-json", name).Output()
	if err != nil {
		return fmt.Errorf("reading the output %s: %w", name, err)
	}
	return json.Unmarshal(value, into)
}

// word is the command that a user types.
func (t *terraform) word() string {
	if strings.Contains(t.name, "tofu") {
		return "tofu"
	}
	return "terraform"
}

// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
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
	name, dir string
}

// telling are the lines of the CLI's output that a reader needs.
var telling = regexp.MustCompile(`^(  # |Plan: |No changes|.*(Creation|Destruction) complete|Apply complete|Destroy complete|(Terraform|OpenTofu) has been successfully)`)

// run shows a command and the telling lines of what it prints. When it fails,
// everything is shown.
func (t *terraform) run(ctx context.Context, args ...string) error {
	fmt.Printf("\n  $ %s %s\n", t.word(), strings.Join(args, " "))
	output, err := t.Command(ctx, t.dir, t.name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", t.word(), strings.Join(args, " "), err, output)
	}
	lines := bufio.NewScanner(strings.NewReader(string(output)))
	for lines.Scan() {
		if telling.MatchString(lines.Text()) {
			fmt.Println("    " + strings.TrimSpace(lines.Text()))
		}
	}
	return lines.Err()
}

// output reads an output value of the last apply.
func (t *terraform) output(ctx context.Context, name string, into any) error {
	value, err := t.Command(ctx, t.dir, t.name, "output", "-json", name).Output()
	if err != nil {
		return fmt.Errorf("reading the output %s: %w", name, err)
	}
	return json.Unmarshal(value, into)
}

// word is how a person would call the CLI.
func (t *terraform) word() string {
	if strings.Contains(t.name, "tofu") {
		return "tofu"
	}
	return "terraform"
}

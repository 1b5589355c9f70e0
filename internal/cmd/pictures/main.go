// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command pictures draws the pictures of README.md into a directory: demo.svg, a recording of the demo from what it
// printed, and access-review.png, the page that examples/access-review makes of the sandbox. It runs at the top of the
// source tree and needs Chromium on PATH for the page.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	name := flag.String("cli", "terraform", "name or path of the Terraform or OpenTofu CLI")
	printed := flag.String("demo", "", "`file` with what the demo printed")
	dir := flag.String("to", ".", "`directory` for the pictures")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := draw(ctx, *name, *printed, *dir)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func draw(ctx context.Context, name, printed, dir string) error {
	text, err := os.ReadFile(printed)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "demo.svg"), recording(string(text)), 0o600); err != nil {
		return err
	}
	page, err := reviewPage(ctx, name)
	if err != nil {
		return err
	}
	return screenshot(ctx, page, filepath.Join(dir, "access-review.png"))
}

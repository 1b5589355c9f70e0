// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

// Command bench times a real CLI with the provider at its main jobs, against a
// sandbox of the three services whose replies take 50 ms, and beside each the
// floor: the same with a provider that costs nothing. It fails where a command
// fails, and never because one is slow.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"

	"github.com/datastack-iam/terraform-provider-datastack/internal/cli"
	"github.com/datastack-iam/terraform-provider-datastack/internal/mirror"
)

// floorProvider is the provider that costs nothing.
var floorProvider = mirror.Plugin{
	Source:  "datastack-iam/floor",
	Package: "github.com/datastack-iam/terraform-provider-datastack/internal/cmd/bench/floor",
}

func main() {
	name := flag.String("cli", "terraform", "name or path of the Terraform or OpenTofu CLI")
	only := flag.String("only", "", "run the jobs whose names match this `regexp`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *name, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name, only string) (err error) {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "datastack-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	configFile, err := mirror.Build(ctx, filepath.Join(scratch, "mirror"), floorProvider)
	if err != nil {
		return err
	}
	var results []result
	for _, job := range jobs {
		if !wanted.MatchString(job.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench:", job.name)
		result, err := job.run(ctx, &terraform{Environment: cli.Environment{ConfigFile: configFile}, name: name, scratch: scratch})
		if err != nil {
			return fmt.Errorf("%s: %w", job.name, err)
		}
		results = append(results, result)
	}
	return report(os.Stdout, results)
}
